"""What staff and monitoring are told of what has waited for too long."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from alerts.alarms import FEW, ONE_IN, failed_lately, what_waits
from alerts.jobs import ALARMS
from alerts.messages.spreading import spread_due
from alerts.models import Delivery, DeliveryState, Frequency, Kind, LinkRequest, Message
from tests.alerts.factories import ADDRESS, add_a_chapter, asked, key_of, subscriber_to
from tests.enquiries.factories import make_staff
from tests.once import once
from tests.procedures.factories import change

pytestmark = pytest.mark.django_db

chapter = once(add_a_chapter)
NOW = datetime(2035, 1, 8, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def delivery(chapter) -> Delivery:
    """A delivery that was made now."""
    spread_due(now=timezone.now())
    subscriber_to({key_of(chapter): "at_once"})
    change(chapter, note="A new form is used from now on.", search_description="How to see neglect.")
    spread_due(now=NOW)
    return Delivery.objects.get()


class TestWhatWaits:
    def test_is_nothing_where_all_is_well(self, chapter):
        spread_due(now=NOW)
        assert what_waits(now=NOW) == ""

    def test_is_a_delivery_after_an_hour(self, delivery):
        assert what_waits(now=NOW + HOUR) == ""
        assert what_waits(now=NOW + HOUR + SECOND) == "1 alert by e-mail has waited for over an hour."

    def test_is_no_delivery_that_is_done(self, delivery):
        for state in ("sent", "failed", "dropped"):
            Delivery.objects.update(state=state, done_at=NOW)
            assert what_waits(now=NOW + 5 * HOUR) == ""

    def test_is_no_full_mailbox_until_its_next_try_is_late(self, delivery):
        Delivery.objects.update(attempts=4, not_before=NOW + 3 * HOUR)
        assert what_waits(now=NOW + 2 * HOUR) == ""
        assert what_waits(now=NOW + 3 * HOUR).startswith("1 alert")

    def test_is_what_the_mail_server_takes_for_hardly_anybody(self, delivery):
        people = [subscriber_to({}, address=f"a{number}@agency.example") for number in range(FEW)]
        common = {"message": delivery.message, "rank": delivery.rank, "made_at": NOW}
        Delivery.objects.bulk_create(
            Delivery(subscriber=person, **common, attempts=1, not_before=NOW + 3 * HOUR) for person in people
        )
        Delivery.objects.filter(pk=delivery.pk).update(state="sent", done_at=NOW)
        assert what_waits(now=NOW + 2 * HOUR) == "", "so few may all have full mailboxes"
        Delivery.objects.filter(pk=delivery.pk).update(
            state="waiting", done_at=None, attempts=1, not_before=NOW + 3 * HOUR
        )
        assert what_waits(now=NOW + 2 * HOUR) == f"{FEW + 1} alerts by e-mail have waited for over an hour."
        for number in range(FEW * ONE_IN + ONE_IN):
            subscriber_to({}, address=f"b{number}@agency.example")
        assert what_waits(now=NOW + 2 * HOUR) == ""

    def test_is_what_a_worker_holds_for_hours(self, delivery):
        Delivery.objects.update(holder="a" * 32, not_before=NOW + 5 * HOUR)
        assert what_waits(now=NOW + 2 * HOUR).startswith("1 alert")

    def test_is_what_was_told_to_nobody_yet(self, delivery):
        Message.objects.filter(pk=delivery.message_id).update(spread_at=None, release_at=NOW)
        Delivery.objects.all().delete()
        assert what_waits(now=NOW + HOUR - SECOND) == ""
        assert what_waits(now=NOW + HOUR) == "1 update that is told to nobody yet has waited for over an hour."

    def test_is_a_digest_that_was_not_finished(self, chapter):
        spread_due(now=NOW)
        values = {"frequency": Frequency.DAILY, "begins_at": NOW, "release_at": NOW}
        Message.objects.create(kind=Kind.DIGEST, title="Daily digest", moment=NOW, **values)
        assert what_waits(now=NOW + HOUR).startswith("1 update")

    def test_is_no_issue_that_nobody_has_sent(self, delivery):
        Delivery.objects.all().delete()
        Message.objects.filter(pk=delivery.message_id).update(kind=Kind.ISSUE, spread_at=None, release_at=None)
        assert what_waits(now=NOW + 100 * HOUR) == ""

    def test_is_a_link_that_is_owed(self, chapter):
        spread_due(now=NOW)
        asked(now=NOW)
        assert what_waits(now=NOW + HOUR) == ""
        words = "1 link to confirm or change alerts has waited for over an hour."
        assert what_waits(now=NOW + HOUR + SECOND) == words
        LinkRequest.objects.update(sent_at=NOW)
        assert what_waits(now=NOW + 2 * HOUR) == ""

    def test_is_said_in_one_sentence_of_no_person(self, delivery):
        asked(now=NOW)
        asked(now=NOW)
        said = what_waits(now=NOW + 2 * HOUR)
        assert said == "1 alert by e-mail and 2 links to confirm or change alerts have waited for over an hour."
        assert ADDRESS not in said

    def test_costs_few_queries(self, delivery, django_assert_num_queries):
        with django_assert_num_queries(3):
            what_waits(now=NOW)

    def test_is_an_alarm_of_the_room(self):
        assert [alarm.raised for alarm in ALARMS] == [what_waits]


class TestTheDashboard:
    @pytest.fixture
    def late(self, delivery):
        Delivery.objects.update(made_at=timezone.now() - 2 * HOUR, not_before=timezone.now())

    def test_says_what_waits_to_those_who_may_see_messages(self, client, late):
        client.force_login(make_staff("view_message"))
        text = client.get("/admin/").content.decode()
        assert "1 alert by e-mail has waited for over an hour." in text
        assert "/admin/alert-messages/?holds=waiting" in text

    def test_says_how_many_failed_lately(self, client, delivery):
        now = timezone.now()
        Delivery.objects.update(state=DeliveryState.FAILED, done_at=now)
        assert [failed_lately(now=now + timedelta(days=days)).count() for days in (0, 7)] == [1, 0]
        client.force_login(make_staff("view_message"))
        assert "1 alert failed" in client.get("/admin/").content.decode()

    @pytest.mark.parametrize("rights", [[], ["view_subscriber"], ["retry_message"]])
    def test_says_nothing_to_others(self, client, late, rights):
        client.force_login(make_staff(*rights))
        text = client.get("/admin/").content.decode()
        assert "waited for over an hour" not in text
        assert "alert-messages" not in text
