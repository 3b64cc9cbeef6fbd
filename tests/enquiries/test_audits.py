"""Questions about school audits go to the education lead, and there is no form while there is none."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from enquiries.mail import send_owed
from enquiries.models import AuditQuestion, EnquirySettings
from enquiries.services import decide
from enquiries.states import State
from tests.enquiries.factories import (
    AUDITS,
    add_education_lead,
    audit_filled_in,
    audit_url,
    make_closed,
    make_question,
    make_staff,
)
from tests.enquiries.test_form import read
from tests.enquiries.test_mail import both_texts
from tests.enquiries.test_queue import text
from tests.factories import add_home
from tests.once import once

pytestmark = pytest.mark.django_db

lead = once(add_education_lead)


class TestTheForm:
    def test_is_not_there_while_nobody_is_named(self, client):
        add_home()
        for response in (client.get(audit_url()), client.post(audit_url(), audit_filled_in())):
            assert response.status_code == 404
        assert not AuditQuestion.objects.exists()

    def test_goes_with_the_contact(self, client, lead):
        assert client.get(audit_url()).status_code == 200
        EnquirySettings.load().education_lead.delete()
        assert client.get(audit_url()).status_code == 404

    def test_names_the_contact_to_ask_instead(self, client, lead):
        assert "Education adviser" in text(client.get(audit_url()))

    def test_needs_school_question_and_address(self, client, lead):
        response = client.post(audit_url(), audit_filled_in(question="", sender_agency="", sender_email=""))
        assert [link.text for link in read(response).select(".govuk-error-summary a")] == [
            "Write your question",
            "Enter the name of your school or college",
            "Enter your e-mail address, so that we can answer",
        ]

    def test_keeps_what_was_asked(self, client, lead):
        thanks = client.post(audit_url(), audit_filled_in(), follow=True)
        sent = AuditQuestion.objects.get()
        assert (sent.question, sent.sender_agency) == ("Does part 3 apply to nurseries?", "A school")
        assert "We have your question" in text(thanks)


class TestTheLead:
    def test_hears_of_it_without_a_word_of_the_sender(self, lead):
        question = make_question(question="Secret", sender_name="Ash", sender_agency="Hill School")
        send_owed(now=timezone.now())
        told = next(message for message in mail.outbox if message.to == ["schools@board.example"])
        assert f"/admin/school-audits/edit/{question.pk}/" in told.body
        for private in ("Secret", "Ash", "Hill School", "ash@agency"):
            assert private not in both_texts(told)

    def test_without_an_address_hears_nothing_and_the_sender_does(self, lead):
        contact = EnquirySettings.load().education_lead
        contact.email = ""
        contact.save()
        make_question()
        send_owed(now=timezone.now())
        assert [message.to for message in mail.outbox] == [["ash@agency.example"]]


class TestTheAnswer:
    def test_reaches_the_sender(self):
        question = make_question(acknowledged_at=timezone.now(), staff_told_at=timezone.now(), question="Secret")
        decide(question, state=State.ACCEPTED, outcome="It does.", user=None, now=timezone.now())
        send_owed(now=timezone.now())
        assert mail.outbox[0].subject == f"Your question {question.reference_display}: our answer"
        assert "This is our answer:\n\nIt does." in mail.outbox[0].body
        assert "Secret" not in both_texts(mail.outbox[0])

    def test_needs_words(self, client):
        client.force_login(make_staff(AUDITS.handles))
        question = make_question()
        form = {"notes": "", "assigned_to": "", "draft": " ", "action-accept": "1"}
        assert "Write the answer." in text(client.post(AUDITS.screen(question), form, follow=True))
        with pytest.raises(IntegrityError, match="answer_has_words"), transaction.atomic():
            make_closed(make_question, days_ago=1).__class__.objects.update(outcome="")
