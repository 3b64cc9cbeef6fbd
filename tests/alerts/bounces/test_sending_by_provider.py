"""Alerts that go by a provider's web interface, and what each of its answers means."""

import pytest
from django.conf import settings
from django.utils import timezone

from alerts.messages.spreading import spread_due
from alerts.models import Delivery, State, Subscriber
from alerts.posting.names import delivery_named
from alerts.posting.worker import Worker
from enquiries.letters import MailServerAway
from tests.alerts.bounces.provider import provider
from tests.alerts.factories import add_a_chapter, key_of, subscriber_to
from tests.once import once
from tests.procedures.factories import change

pytestmark = pytest.mark.django_db

chapter = once(add_a_chapter)
B = "b@agency.example"


@pytest.fixture
def told(chapter):
    """Let two people have something on its way."""
    spread_due(now=timezone.now())
    for letter in "ab":
        subscriber_to({key_of(chapter): "at_once"}, address=f"{letter}@agency.example")
    change(chapter, note="A new form is used from now on.", search_description="How to see neglect.")


def work():
    return Worker(clock=timezone.now).work()


def states() -> dict[str, str]:
    return dict(Delivery.objects.values_list("subscriber__address", "state"))


class TestAProvider:
    def test_is_given_each_mail_with_its_name_and_the_links_to_leave(self, told):
        with provider() as taking:
            assert work() == 2
        assert {mail["To"] for mail in taking.mails} == {"a@agency.example", B}
        for mail in taking.mails:
            assert delivery_named(mail["Metadata"]["delivery"]) in Delivery.objects.values_list("pk", flat=True)
            headers = {header["Name"]: header["Value"] for header in mail["Headers"]}
            assert delivery_named(headers["Message-ID"]) == delivery_named(mail["Metadata"]["delivery"])
            assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert set(states().values()) == {"sent"}

    def test_that_knows_no_such_address_ends_its_alerts(self, told):
        with provider() as taking:
            taking.answers[B] = (422, {"ErrorCode": 300, "Message": f"Invalid 'To' address: '{B}'."})
            assert work() == 1
        assert states()[B] == "failed"
        assert Subscriber.objects.get(address=B).state == State.LEFT

    def test_that_does_not_write_to_somebody_only_marks_it(self, told):
        with provider() as taking:
            said = "You tried to send to a recipient that has been marked as inactive."
            said += f"\nFound inactive addresses: {B}.\nInactive recipients are ones that have generated a hard bounce."
            taking.answers[B] = (422, {"ErrorCode": 406, "Message": said})
            assert work() == 1
        assert states()[B] == "failed"
        assert "agency" not in Delivery.objects.get(subscriber__address=B).reason
        assert Subscriber.objects.get(address=B).state == State.ACTIVE

    def test_that_does_not_like_one_mail_is_asked_again_and_sends_the_others(self, told):
        with provider() as taking:
            taking.answers["a@agency.example"] = (422, {"ErrorCode": 1, "Message": "Not for a@agency.example"})
            assert work() == 1
        refused = Delivery.objects.get(subscriber__address="a@agency.example")
        assert (refused.state, refused.attempts) == ("waiting", 1)
        assert "422" in refused.reason
        assert "agency" not in refused.reason
        assert states()[B] == "sent"

    @pytest.mark.parametrize("status", [401, 403, 429])
    def test_that_takes_nothing_at_present_is_waited_for(self, told, status):
        with provider() as taking:
            taking.answers["everybody"] = (status, {"ErrorCode": 10, "Message": "No."})
            with pytest.raises(MailServerAway):
                work()
            assert set(Delivery.objects.values_list("state", "attempts", "holder")) == {("waiting", 0, "")}
            taking.answers.clear()
            assert work() == 2

    @pytest.mark.parametrize("answer", [(500, {}), (503, {}), None], ids=["500", "503", "hung up"])
    def test_that_may_have_taken_it_is_asked_again_later_under_the_same_name(self, told, answer):
        with provider() as taking:
            taking.answers["everybody"] = answer
            with pytest.raises(MailServerAway):
                work()
            assert set(Delivery.objects.values_list("state", "holder")) == {("waiting", "")}
            assert sorted(Delivery.objects.values_list("attempts", flat=True)) == [0, 1]
            taking.answers.clear()
            assert work() == 1

    def test_that_is_not_there_loses_nothing(self, told):
        with provider() as taking:
            settings.ANYMAIL["POSTMARK_API_URL"] = "http://127.0.0.1:9/"
            with pytest.raises(MailServerAway):
                work()
        assert taking.mails == []
        assert set(states().values()) == {"waiting"}
