"""Mail goes out once, to whom it is for, with nothing in it that somebody else wrote; what cannot go waits."""

import smtplib
import threading
from datetime import timedelta
from unittest import mock

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from wagtail.models import PageViewRestriction

from enquiries.mail import TAKEN_FOR, MailServerAway, send_owed
from enquiries.models import AmendmentSuggestion, EnquirySettings
from enquiries.services import decide
from enquiries.states import State
from tests.enquiries.factories import (
    HANDLES,
    add_chapter,
    filled_in,
    form_url,
    make_closed,
    make_staff,
    make_suggestion,
    of_each_kind,
    of_each_kind_about_a_page,
)
from tests.factories import make_manager

pytestmark = pytest.mark.django_db


def send(now=None):
    return send_owed(now=now or timezone.now())


def subjects() -> list[str]:
    return [message.subject for message in mail.outbox]


def both_texts(message) -> str:
    return message.body + message.alternatives[0][0]


def decided(enquiry, state, outcome="", **fields):
    type(enquiry).objects.filter(pk=enquiry.pk).update(**fields)
    decide(enquiry, state=state, outcome=outcome, user=None, now=timezone.now())
    return enquiry


class TestTheAcknowledgement:
    def test_is_not_sent_by_the_request_but_soon_after(self, client):
        client.post(form_url(add_chapter()), filled_in())
        assert mail.outbox == []
        call_command("send_enquiry_mail")
        sent = AmendmentSuggestion.objects.get()
        assert [message.to for message in mail.outbox] == [["ash@agency.example"]]
        assert subjects() == [f"We have your suggestion {sent.reference_display}"]
        assert sent.acknowledged_at

    def test_goes_once(self):
        make_suggestion()
        assert [send(), send()] == [(1, 0), (0, 0)]
        assert len(mail.outbox) == 1

    def test_holds_nothing_that_a_stranger_typed(self):
        make_suggestion(change="Cheap pills", reason="https://spam.example", sender_name="Pills", sender_agency="Pills")
        send()
        for word in ("pills", "Pills", "spam.example"):
            assert word not in both_texts(mail.outbox[0])

    @of_each_kind
    def test_goes_once_whatever_it_acknowledges(self, kind):
        enquiry = kind.make(**{kind.written: "Cheap pills", "sender_name": "Pills"})
        assert [send(), send()] == [(1, 0), (0, 0)]
        assert subjects() == [f"We have your {enquiry.noun} {enquiry.reference_display}"]
        assert enquiry.reference_display in mail.outbox[0].body
        assert "pills" not in both_texts(mail.outbox[0]).casefold()

    def test_goes_to_nobody_without_an_address(self):
        make_suggestion(sender_email="")
        assert send() == (0, 0)
        assert mail.outbox == []

    def test_is_not_sent_for_what_was_closed_as_rubbish(self):
        decided(make_suggestion(), State.CLOSED)
        send()
        assert mail.outbox == []

    def test_is_text_and_html_and_answered_by_no_machine(self):
        EnquirySettings(pk=EnquirySettings.load().pk, reply_to="office@board.example").save()
        make_suggestion(page_title="Signs & <b>symptoms</b>")
        send()
        message = mail.outbox[0]
        assert message.alternatives[0][1] == "text/html"
        assert message.extra_headers["Auto-Submitted"] == "auto-generated"
        assert message.reply_to == ["office@board.example"]
        assert "Signs & <b>symptoms</b>" in message.body
        assert "Signs &amp; &lt;b&gt;symptoms" in message.alternatives[0][0]
        assert "src=" not in message.alternatives[0][0]

    def test_cannot_be_given_another_header(self):
        """What the database holds is not trusted either."""
        enquiry = make_suggestion()
        AmendmentSuggestion.objects.update(sender_email="a@b.example\nBcc: c@d.example")
        assert send() == (0, 1)
        assert mail.outbox == []
        enquiry.refresh_from_db()
        assert enquiry.acknowledged_at is None


class TestTheOwner:
    @of_each_kind_about_a_page
    def test_hears_of_it_if_the_queue_is_for_them(self, kind):
        page = kind.add_page()
        page.owner = make_staff(kind.handles, email="owner@board.example")
        page.save()
        enquiry = kind.make(page, **{kind.written: "Secret"}, acknowledged_at=timezone.now())
        send()
        assert [message.to for message in mail.outbox] == [["owner@board.example"]]
        assert kind.screen(enquiry) in mail.outbox[0].body
        assert "Secret" not in both_texts(mail.outbox[0])

    @pytest.mark.parametrize("fields", [{"is_active": False}, {"email": ""}])
    def test_hears_nothing_when_gone(self, fields):
        page = add_chapter()
        page.owner = make_staff(HANDLES)
        type(page.owner).objects.filter(pk=page.owner.pk).update(**fields)
        page.save()
        make_suggestion(page, sender_email="")
        send()
        assert mail.outbox == []

    def test_without_the_right_hears_nothing(self):
        page = add_chapter()
        page.owner = make_staff("add_basepage")
        page.save()
        make_suggestion(page, sender_email="")
        send()
        assert mail.outbox == []


class TestTheOutcome:
    @pytest.fixture
    def enquiry(self):
        return make_suggestion(add_chapter(), acknowledged_at=timezone.now(), staff_told_at=timezone.now())

    def test_accepted_says_it_will_be_in_the_next_update(self, enquiry):
        decided(enquiry, State.ACCEPTED, "Thank you & well spotted")
        send()
        assert subjects() == [f"Your suggestion {enquiry.reference_display}: accepted"]
        assert "in the next update" in mail.outbox[0].body
        assert "Thank you & well spotted" in mail.outbox[0].body
        assert "Thank you &amp; well" in mail.outbox[0].alternatives[0][0]
        assert enquiry.page.url in both_texts(mail.outbox[0])

    def test_done_already_names_the_edition(self, enquiry):
        decided(enquiry, State.ACCEPTED, done_in=enquiry.page.editions.first())
        send()
        assert "edition 1 of “Neglect”" in mail.outbox[0].body

    def test_declined_gives_the_reason(self, enquiry):
        decided(enquiry, State.DECLINED, "The Act says seven.")
        send()
        assert "not to make this change" in mail.outbox[0].body
        assert "The Act says seven." in mail.outbox[0].body

    def test_a_question_says_where_to_answer_and_what_came_after_is_sent_too(self, enquiry, settings):
        decided(enquiry, State.ASKED, "Which paragraph?")
        send()
        assert settings.DEFAULT_FROM_EMAIL in mail.outbox[0].body
        decided(enquiry, State.ACCEPTED)
        send()
        assert [subject.rpartition(": ")[2] for subject in subjects()] == ["a question", "accepted"]

    def test_links_to_no_page_that_became_private(self, enquiry):
        PageViewRestriction.objects.create(page=enquiry.page, restriction_type="login")
        decided(enquiry, State.ACCEPTED)
        send()
        assert enquiry.page.url not in both_texts(mail.outbox[0])

    def test_holds_nothing_the_sender_wrote(self, enquiry):
        decided(enquiry, State.ACCEPTED, change="Cheap pills")
        send()
        assert "pills" not in both_texts(mail.outbox[0])

    def test_of_closing_is_no_mail(self, enquiry):
        decided(enquiry, State.CLOSED)
        assert send() == (0, 0)

    def test_needs_words_where_the_database_says_so(self, enquiry):
        with pytest.raises(IntegrityError), transaction.atomic():
            decided(enquiry, State.DECLINED, "")

    def test_changed_while_it_was_on_its_way_is_owed_again(self, enquiry):
        decided(enquiry, State.ASKED, "Which?")
        real = EmailBackend.send_messages

        def decide_meanwhile(self, messages):
            if not mail.outbox:
                decided(enquiry, State.ACCEPTED)
            return real(self, messages)

        with mock.patch.object(EmailBackend, "send_messages", decide_meanwhile):
            send()
        send()
        assert [subject.rpartition(": ")[2] for subject in subjects()] == ["a question", "accepted"]


class TestAMailServer:
    @pytest.fixture
    def broken(self, monkeypatch):
        """Let the server fail with an error, at each mail."""

        def fail(error):
            monkeypatch.setattr(EmailBackend, "send_messages", mock.Mock(side_effect=error))

        return fail

    def test_that_is_away_loses_nothing(self, settings):
        make_suggestion()
        settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
            "django.core.mail.backends.smtp.EmailBackend",
            "127.0.0.1",
            1,
        )
        with pytest.raises(MailServerAway):
            send()
        with pytest.raises(CommandError, match="Everything waits"):
            call_command("send_enquiry_mail")
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        assert send() == (1, 0)

    def test_that_fails_at_one_does_not_keep_others_waiting(self, monkeypatch):
        make_suggestion(sender_email="bad@agency.example")
        second = make_suggestion()
        real = EmailBackend.send_messages

        def fail_for_one(self, messages):
            if messages[0].to == ["bad@agency.example"]:
                raise smtplib.SMTPDataError(451, b"later")
            return real(self, messages)

        monkeypatch.setattr(EmailBackend, "send_messages", fail_for_one)
        assert send() == (1, 1)
        second.refresh_from_db()
        assert second.acknowledged_at

    def test_that_goes_on_failing_is_asked_less_and_less_often(self, broken):
        enquiry = make_suggestion()
        broken(smtplib.SMTPServerDisconnected("gone"))
        now, pauses = timezone.now(), []
        for _ in range(12):
            assert send(now) == (0, 1)
            enquiry.refresh_from_db()
            pauses.append((enquiry.mail_not_before - now).total_seconds() / 60)
            assert send(now) == (0, 0)
            now = enquiry.mail_not_before
        assert pauses[:4] == [1, 2, 4, 8]
        assert max(pauses) == 60

    def test_that_refuses_an_address_for_good_is_not_asked_again(self, broken):
        enquiry = make_suggestion()
        broken(smtplib.SMTPRecipientsRefused({"ash@agency.example": (550, b"no such user")}))
        send()
        enquiry.refresh_from_db()
        assert "does not take mail for this address (550)" in enquiry.mail_problem
        assert send(timezone.now() + timedelta(days=1)) == (0, 0)

    def test_that_refuses_an_address_for_now_is_asked_again(self, broken, monkeypatch):
        make_suggestion()
        broken(smtplib.SMTPRecipientsRefused({"ash@agency.example": (450, b"greylisted")}))
        send()
        monkeypatch.undo()
        assert send(timezone.now() + timedelta(minutes=2)) == (1, 0)

    def test_that_refuses_the_owner_does_not_harm_the_sender(self, monkeypatch):
        page = add_chapter()
        page.owner = make_manager(email="owner@board.example")
        page.save()
        enquiry = make_suggestion(page)
        real = EmailBackend.send_messages

        def refuse_owner(self, messages):
            if messages[0].to == ["owner@board.example"]:
                raise smtplib.SMTPRecipientsRefused({"owner@board.example": (550, b"no")})
            return real(self, messages)

        monkeypatch.setattr(EmailBackend, "send_messages", refuse_owner)
        send()
        enquiry.refresh_from_db()
        assert (enquiry.mail_problem, [message.to for message in mail.outbox]) == ("", [["ash@agency.example"]])

    def test_is_not_named_with_an_address_in_the_log(self, broken, caplog):
        make_suggestion()
        broken(smtplib.SMTPDataError(554, b"ash@agency.example is not wanted"))
        send()
        assert "ash@agency.example" not in caplog.text


class TestTwoAtOnce:
    def test_row_that_is_taken_is_left_alone_until_its_time_is_over(self):
        """The other process was killed after it took the row: the mail goes, a little later."""
        enquiry = make_suggestion()
        now = timezone.now()
        AmendmentSuggestion.objects.update(mail_not_before=now + TAKEN_FOR)
        assert send(now) == (0, 0)
        assert send(now + TAKEN_FOR) == (1, 0)
        enquiry.refresh_from_db()
        assert enquiry.mail_not_before is None

    @pytest.mark.django_db(transaction=True)
    def test_send_each_mail_once(self):
        for _ in range(10):
            make_suggestion(sender_email="ash@agency.example")
        failures = []

        def run():
            try:
                send()
            except Exception as error:
                failures.append(error)
            finally:
                connection.close()

        # One outbox for all threads.
        threads = [threading.Thread(target=run) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []
        assert len(mail.outbox) == len(set(subjects())) == 10


class TestOldOnes:
    def test_that_were_never_answered_by_mail_owe_nothing_once_closed_as_rubbish(self):
        make_closed(sender_email="")
        assert send() == (0, 0)
