"""The mailed links: what is in them, how many there are, and what happens while mail cannot be sent."""

import smtplib
from datetime import timedelta
from unittest import mock

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from wagtail.models import PageViewRestriction

from alerts import links
from alerts.mail import MOST_A_DAY, MailServerAway, send_owed
from alerts.models import LinkRequest, State, Subscriber
from alerts.services import leave
from tests.alerts.factories import ADDRESS, NOW, add_a_chapter, asked, key_of, mailed, subscribed, waiting
from tests.once import once

pytestmark = pytest.mark.django_db

chapter = once(add_a_chapter)


def both_texts(message) -> str:
    return message.body + message.alternatives[0][0]


class TestTheMail:
    def test_to_confirm_names_what_was_chosen(self, chapter):
        asked({key_of(chapter): "daily", "x": "daily", "page:1": "weekly"})
        assert [send_owed(now=NOW), send_owed(now=NOW)] == [(1, 0), (0, 0)]
        message = mail.outbox[0]
        assert message.subject == "Please confirm the alerts that you asked for"
        assert "- Procedures: Neglect (once a day)" in message.body
        assert "Procedures: Neglect (once a day)" in message.alternatives[0][0]
        assert message.alternatives[0][1] == "text/html"
        assert message.extra_headers == {"Auto-Submitted": "auto-generated"}

    def test_to_manage_has_a_way_out_in_its_head_and_text(self, client, chapter):
        subscribed({key_of(chapter): "daily"})
        asked()
        send_owed(now=NOW)
        message = mail.outbox[0]
        assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        address = mailed(links.LEAVE)
        assert message.extra_headers["List-Unsubscribe"].endswith(f"{address}>")
        assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
        assert Subscriber.objects.get().state == State.LEFT

    def test_to_an_address_without_alerts_says_so(self, chapter):
        asked()
        leave(subscribed({key_of(chapter): "daily"}, address="left@agency.example"), now=NOW)
        asked(address="left@agency.example")
        send_owed(now=NOW)
        assert {message.subject for message in mail.outbox} == {"There are no alerts to this address"}
        assert "/alerts/manage/" not in both_texts(mail.outbox[-1])

    def test_says_that_it_is_a_service_message_and_how_to_stop_it(self, chapter):
        subscribed({key_of(chapter): "daily"})
        asked()
        asked({key_of(chapter): "weekly"})
        asked(address="nobody@agency.example")
        send_owed(now=NOW)
        assert len(mail.outbox) == 3
        for message in mail.outbox:
            for text in (message.body, message.alternatives[0][0]):
                assert "This is a service message, not an alert" in text
                assert "/alerts/never/" in text
                assert "{{" not in text
            assert "src=" not in message.alternatives[0][0]

    def test_names_no_page_that_is_hidden(self, chapter):
        PageViewRestriction.objects.create(page=chapter, restriction_type="login")
        asked({key_of(chapter): "daily"})
        send_owed(now=NOW)
        assert "Neglect" not in both_texts(mail.outbox[0])

    def test_shows_what_a_title_says_as_text(self, chapter):
        chapter.title = "Signs & <b>symptoms</b>"
        chapter.save()
        asked({key_of(chapter): "daily"})
        send_owed(now=NOW)
        assert "Signs & <b>symptoms</b>" in mail.outbox[0].body
        assert "Signs &amp; &lt;b&gt;symptoms" in mail.outbox[0].alternatives[0][0]

    def test_goes_to_where_the_subscriber_gets_mail_and_not_to_another_spelling(self, chapter):
        subscribed({key_of(chapter): "daily"})
        asked(address="ASH@agency.example")
        send_owed(now=NOW)
        assert mail.outbox[0].to == [ADDRESS]

    def test_goes_to_the_spelling_that_is_to_be_confirmed(self, chapter):
        """A few servers tell them apart: who typed a wrong one first must not keep the right one out."""
        waiting("ASH@agency.example")
        subscriber = subscribed({key_of(chapter): "daily"}, address="Ash@agency.example")
        assert subscriber.address == "Ash@agency.example"
        assert Subscriber.objects.count() == 1

    def test_cannot_be_given_another_header(self, chapter):
        """What the database holds is not trusted either."""
        request = asked({key_of(chapter): "daily"})
        LinkRequest.objects.update(address="a@b.example\nBcc: c@d.example")
        assert send_owed(now=NOW) == (0, 1)
        request.refresh_from_db()
        assert request.sent_at is None


class TestNobody:
    def test_gets_more_than_three_a_day(self, chapter):
        for number in range(5):
            asked({key_of(chapter): "daily"}, address=f"{'aA'[number % 2]}sh@AGENCY.example")
            asked()
            send_owed(now=NOW + timedelta(hours=number))
        assert len(mail.outbox) == MOST_A_DAY == 3
        # What was not sent is not kept for later.
        assert send_owed(now=NOW + timedelta(days=2)) == (0, 0)
        asked(now=NOW + timedelta(days=2))
        assert send_owed(now=NOW + timedelta(days=2)) == (1, 0)

    def test_keeps_others_from_theirs(self, chapter):
        for _ in range(5):
            asked()
        asked(address="lee@agency.example")
        send_owed(now=NOW)
        assert [message.to for message in mail.outbox].count(["lee@agency.example"]) == 1

    def test_who_complained_gets_any(self, chapter):
        Subscriber.objects.filter(pk=waiting().pk).update(state=State.STOPPED)
        asked()
        asked({key_of(chapter): "daily"}, address="ASH@agency.example")
        assert send_owed(now=NOW) == (0, 0)
        assert mail.outbox == []
        assert not LinkRequest.objects.filter(sent_at=None, refused_at=None).exists()

    def test_gets_the_same_mail_from_two_who_send_at_once(self, chapter):
        request = asked({key_of(chapter): "daily"})
        with mock.patch("alerts.mail._letter_for") as letter_for:
            letter_for.return_value.send.side_effect = lambda: send_owed(now=NOW)
            assert send_owed(now=NOW) == (1, 0)
        assert letter_for.call_count == 1
        request.refresh_from_db()
        assert request.sent_at == NOW


class TestAMailServer:
    def test_that_is_away_keeps_everything_waiting(self, chapter):
        asked({key_of(chapter): "daily"})
        with mock.patch.object(EmailBackend, "open", side_effect=OSError):
            with pytest.raises(MailServerAway):
                send_owed(now=NOW)
            with pytest.raises(CommandError, match="waits for the next run"):
                call_command("send_alert_links")
        assert send_owed(now=NOW) == (1, 0)

    def test_that_fails_is_tried_again_after_growing_waits_and_keeps_no_other_waiting(self, chapter):
        asked({key_of(chapter): "daily"})
        asked(address="lee@agency.example")
        real = EmailBackend.send_messages

        def send(backend, messages):
            if messages[0].to == [ADDRESS]:
                raise smtplib.SMTPDataError(451, b"later")
            return real(backend, messages)

        with mock.patch.object(EmailBackend, "send_messages", send):
            assert send_owed(now=NOW) == (1, 1)
            assert send_owed(now=NOW) == (0, 0)
            assert send_owed(now=NOW + timedelta(minutes=1)) == (0, 1)
            assert send_owed(now=NOW + timedelta(minutes=2)) == (0, 0)
        assert send_owed(now=NOW + timedelta(minutes=3)) == (1, 0)

    @pytest.mark.parametrize(("code", "tried_again"), [(550, False), (450, True)])
    def test_that_refuses_an_address_for_good_is_not_asked_again(self, chapter, code, tried_again):
        asked({key_of(chapter): "daily"})
        refused = smtplib.SMTPRecipientsRefused({ADDRESS: (code, b"no")})
        with mock.patch.object(EmailBackend, "send_messages", side_effect=refused):
            send_owed(now=NOW)
        assert send_owed(now=NOW + timedelta(hours=1)) == (int(tried_again), 0)

    def test_that_fails_leaves_nothing_of_the_person_in_the_log(self, chapter, caplog):
        asked({key_of(chapter): "daily"})
        with mock.patch.object(EmailBackend, "send_messages", side_effect=OSError(ADDRESS)):
            send_owed(now=NOW)
        assert "could not be mailed" in caplog.text
        assert ADDRESS not in caplog.text
