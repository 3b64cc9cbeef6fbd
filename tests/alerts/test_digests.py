"""Digests: each page once with its latest change, to each person what they chose and have not been told."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from alerts.messages import making
from alerts.messages.digests import make_digest
from alerts.messages.times import last_due
from alerts.models import Contents, Delivery, DeliveryState, Kind, Message
from alerts.posting.worker import Worker
from alerts.services import choose, leave, undo
from pages.models import WithdrawnAs
from tests.alerts.factories import WORDS, add_a_chapter, forget_what_was_told, happens, key_of, subscriber_to
from tests.once import once
from tests.procedures.factories import add_chapter, change, london
from updates.withdrawing.services import withdraw_page

pytestmark = pytest.mark.django_db

chapter = once(add_a_chapter)
LONG_AGO = london(2029, 1, 1)
# A Saturday: the daily and the weekly digest are due at the same time.
DUE = london(2030, 1, 12, 8, 30)
YESTERDAY = london(2030, 1, 11, 15, 0)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def nothing_was_told(chapter):
    forget_what_was_told()


@pytest.fixture
def other(chapter):
    """Another chapter of the manual."""
    page = add_chapter(chapter.get_parent(), title="Bruises", slug="bruises")
    forget_what_was_told()
    return page


def manual_of(chapter) -> str:
    return f"manual:{chapter.get_parent().pk}"


def reader(choices, letter="a"):
    return subscriber_to(choices, address=f"{letter}@agency.example", since=LONG_AGO)


def make(frequency="daily", now=DUE) -> dict[str, set[str]]:
    """Make a digest; return what is on its way: {first letter of the address: notes}."""
    Message.objects.get_or_create(
        kind=Kind.DIGEST,
        frequency=frequency,
        moment=last_due(frequency, now=now) - (DAY if frequency == "daily" else 7 * DAY),
        defaults={"title": "The one before", "begins_at": LONG_AGO, "spread_at": now - DAY, "release_at": LONG_AGO},
    )
    make_digest(frequency, now=now)
    return on_its_way(last_due(frequency, now=now), frequency)


def on_its_way(moment, frequency="daily") -> dict[str, set[str]]:
    rows = Delivery.objects.filter(message__kind=Kind.DIGEST, message__moment=moment, message__frequency=frequency)
    return {
        row.subscriber.address[0]: set(row.contents.messages.values_list("edition__note", flat=True))
        for row in rows.select_related("subscriber", "contents")
    }


def send(now=DUE) -> list:
    mail.outbox.clear()
    Worker(clock=lambda: now).work()
    return [message for message in mail.outbox if "update" in message.subject or "digest" in message.body]


class TestADigest:
    def test_tells_each_person_what_they_chose(self, chapter, other):
        reader({manual_of(chapter): "daily", key_of(chapter): "daily"}, "a")
        reader({key_of(other): "daily"}, "b")
        reader({key_of(other): "weekly"}, "c")
        reader({"library": "daily"}, "d")
        happens(chapter, "One.", at=YESTERDAY)
        happens(other, "Two.", at=YESTERDAY)
        assert make() == {"a": {"One.", "Two."}, "b": {"Two."}}

    def test_has_a_page_once_with_its_latest_change(self, chapter, other):
        reader({manual_of(chapter): "daily"})
        for number in range(3):
            happens(chapter, f"Change {number}.", at=YESTERDAY + timedelta(minutes=number))
        happens(other, "Two.", at=YESTERDAY)
        make()
        (message,) = send()
        assert message.subject == "2 updates: Neglect, Bruises"
        assert "Change 2." in message.body
        assert "Change 1." not in message.body
        assert "It also changed 2 times before that." in message.body
        assert message.body.count("Changed: Chapter") == 2
        assert "You get this once a day because you chose: Procedures: Every change in “Manual”." in message.body

    def test_is_no_mail_where_there_is_nothing_new(self, chapter):
        reader({manual_of(chapter): "daily"})
        assert make() == {}
        assert Delivery.objects.count() == 0
        assert Message.objects.digests("daily").first().spread_at == DUE

    def test_leaves_minor_edits_out(self, chapter):
        reader({key_of(chapter): "daily"})
        change(chapter, significance="minor", search_description="A typo.")
        assert make() == {}

    def test_shares_its_contents_between_those_who_get_the_same(self, chapter):
        for letter in "abcd":
            reader({key_of(chapter): "daily"}, letter)
        happens(chapter, "One.", at=YESTERDAY)
        assert len(make()) == 4
        assert Contents.objects.count() == 1

    def test_is_made_once_however_often_it_is_asked_for(self, chapter):
        reader({key_of(chapter): "daily"})
        happens(chapter, "One.", at=YESTERDAY)
        assert make() == {"a": {"One."}}
        assert make_digest("daily", now=DUE + timedelta(hours=3)) == 0
        happens(chapter, "Two.", at=DUE + timedelta(hours=4))
        assert make_digest("daily", now=DUE + timedelta(hours=5)) == 0
        assert Delivery.objects.count() == 1

    def test_tells_the_next_day_what_came_while_it_was_being_made(self, chapter):
        reader({key_of(chapter): "daily"})
        happens(chapter, "One.", at=YESTERDAY)
        make()
        happens(chapter, "Two.", at=DUE)
        assert make_digest("daily", now=DUE + DAY) == 1
        assert on_its_way(DUE + DAY) == {"a": {"Two."}}

    def test_goes_on_where_it_was_killed(self, chapter, monkeypatch):
        monkeypatch.setattr(making, "TOGETHER", 2)
        for letter in "abcde":
            reader({key_of(chapter): "daily"}, letter)
        happens(chapter, "One.", at=YESTERDAY)
        original = making.Making._write

        def killed(self, told):
            if Delivery.objects.exists():
                raise KeyboardInterrupt
            return original(self, told)

        monkeypatch.setattr(making.Making, "_write", killed)
        with pytest.raises(KeyboardInterrupt):
            make()
        assert Delivery.objects.count() == 2
        monkeypatch.setattr(making.Making, "_write", original)
        assert len(make()) == 5
        assert Delivery.objects.count() == 5

    def test_that_was_never_finished_is_made_up_for_by_the_next(self, chapter, monkeypatch):
        monkeypatch.setattr(making, "TOGETHER", 2)
        for letter in "abcd":
            reader({key_of(chapter): "daily"}, letter)
        happens(chapter, "One.", at=YESTERDAY)
        make()
        late = Delivery.objects.filter(subscriber__address__in=["c@agency.example", "d@agency.example"])
        late.delete()
        Message.objects.digests("daily").filter(moment=DUE).update(spread_at=None)
        happens(chapter, "Two.", at=DUE + timedelta(hours=2))
        make_digest("daily", now=DUE + DAY)
        assert on_its_way(DUE + DAY) == {
            "a": {"Two."},
            "b": {"Two."},
            "c": {"One.", "Two."},
            "d": {"One.", "Two."},
        }

    def test_after_a_week_off_is_one(self, chapter):
        reader({key_of(chapter): "daily"})
        make()
        for day in range(1, 7):
            happens(chapter, f"Day {day}.", at=DUE + day * DAY)
        make_digest("daily", now=DUE + 7 * DAY)
        assert Delivery.objects.count() == 1
        assert on_its_way(DUE + 7 * DAY) == {"a": {f"Day {day}." for day in range(1, 7)}}

    def test_costs_as_many_queries_for_few_as_for_many(self, chapter):
        def queries(people, day):
            for number in range(people):
                subscriber_to({key_of(chapter): "daily"}, address=f"{people}-{number}@agency.example", since=LONG_AGO)
            happens(chapter, f"For {people}.", at=DUE + day * DAY)
            with CaptureQueriesContext(connection) as captured:
                assert make_digest("daily", now=DUE + (day + 1) * DAY) >= people
            return len(captured)

        make()
        queries(1, 0)
        assert queries(3, 1) == queries(30, 2)


class TestWhatWasToldAlready:
    def test_at_once_is_not_told_again(self, chapter):
        reader({key_of(chapter): "at_once", manual_of(chapter): "daily"})
        happens(chapter, "One.", at=YESTERDAY)
        assert Delivery.objects.count() == 1
        assert make() == {}

    def test_daily_is_not_told_again_weekly(self, chapter):
        reader({key_of(chapter): "daily", manual_of(chapter): "weekly"})
        happens(chapter, "One.", at=YESTERDAY)
        assert make("daily") == {"a": {"One."}}
        assert make("weekly") == {}

    def test_but_was_not_sent_because_they_had_left_is_not_told_when_they_are_back(self, chapter):
        somebody = reader({key_of(chapter): "daily"})
        happens(chapter, "One.", at=YESTERDAY)
        leave(somebody, now=YESTERDAY)
        undo(somebody, now=DUE - timedelta(hours=1))
        assert make() == {}


class TestWhoChangesHowOften:
    @pytest.mark.parametrize("then", ["daily", "at_once"])
    def test_is_told_what_lies_between_when_it_becomes_more_often(self, chapter, then):
        somebody = reader({key_of(chapter): "weekly"})
        happens(chapter, "On Wednesday.", at=DUE - 3 * DAY)
        choose(somebody, choices={key_of(chapter): then}, words=WORDS, now=YESTERDAY)
        assert make("daily") == {"a": {"On Wednesday."}}
        assert make("weekly") == {}

    def test_is_told_what_lies_between_when_it_becomes_less_often(self, chapter):
        somebody = reader({key_of(chapter): "daily"})
        happens(chapter, "On Friday.", at=YESTERDAY)
        choose(somebody, choices={key_of(chapter): "weekly"}, words=WORDS, now=YESTERDAY + timedelta(hours=1))
        assert make("daily") == {}
        assert make("weekly") == {"a": {"On Friday."}}

    def test_is_told_nothing_twice_for_it(self, chapter):
        somebody = reader({key_of(chapter): "daily"})
        happens(chapter, "On Thursday.", at=DUE - 2 * DAY)
        assert make("daily", now=DUE - DAY) == {"a": {"On Thursday."}}
        choose(somebody, choices={key_of(chapter): "weekly"}, words=WORDS, now=YESTERDAY)
        happens(chapter, "On Friday.", at=YESTERDAY)
        assert make("weekly") == {"a": {"On Friday."}}

    def test_is_told_nothing_from_before_they_chose_it(self, chapter, other):
        somebody = reader({key_of(chapter): "daily"})
        happens(other, "Before.", at=YESTERDAY)
        both = {key_of(chapter): "daily", key_of(other): "daily"}
        choose(somebody, choices=both, words=WORDS, now=YESTERDAY + timedelta(minutes=1))
        happens(other, "After.", at=YESTERDAY + timedelta(minutes=2))
        assert make() == {"a": {"After."}}


class TestWhatIsGone:
    def test_before_it_is_made_is_left_out(self, chapter, other):
        reader({manual_of(chapter): "daily"})
        happens(chapter, "One.", at=YESTERDAY)
        happens(other, "Two.", at=YESTERDAY)
        other.unpublish()
        assert make() == {"a": {"One."}}

    def test_before_it_is_sent_is_left_out(self, chapter, other):
        reader({manual_of(chapter): "daily"})
        happens(chapter, "One.", at=YESTERDAY)
        happens(other, "Two.", at=YESTERDAY)
        make()
        PageViewRestriction.objects.create(page=other, restriction_type="login")
        Worker(clock=lambda: DUE).work()
        (message,) = mail.outbox
        assert message.subject == "Changed: Neglect"
        assert "Two." not in message.body + message.alternatives[0][0]
        assert "Bruises" not in message.body + message.alternatives[0][0]

    def test_altogether_is_not_sent(self, chapter):
        reader({key_of(chapter): "daily"})
        happens(chapter, "One.", at=YESTERDAY)
        make()
        PageViewRestriction.objects.create(page=chapter, restriction_type="login")
        Worker(clock=lambda: DUE).work()
        assert mail.outbox == []
        assert Delivery.objects.get().state == DeliveryState.DROPPED

    def test_because_it_was_withdrawn_is_told_to_those_who_chose_the_manual(self, chapter, other):
        reader({manual_of(chapter): "daily"})
        happens(other, "Two.", at=YESTERDAY)
        withdraw_page(page=other, way=WithdrawnAs.WITHDRAWN, reason="The law has changed.", now=YESTERDAY)
        make()
        Worker(clock=lambda: DUE).work()
        (message,) = mail.outbox
        assert message.subject == "Withdrawn: Bruises"
        assert "The law has changed." in message.body
        assert "Two." not in message.body


class TestAnUrgentUpdate:
    def test_that_has_gone_out_is_not_in_the_digest(self, chapter):
        reader({key_of(chapter): "daily"})
        urgent = happens(chapter, "One.", at=YESTERDAY)
        Message.objects.filter(pk=urgent.pk).update(urgent_at=YESTERDAY)
        Worker(clock=lambda: YESTERDAY).work()
        (message,) = mail.outbox
        assert message.subject == "Urgent: Changed: Neglect"
        assert make() == {}


def test_the_scheduler_may_come_at_any_time_of_the_day(chapter):
    assert make_digest("daily", now=timezone.now()) == 0


class TestAClockThatWasWrong:
    def test_does_not_keep_digests_from_being_made_until_that_day(self, chapter):
        reader({key_of(chapter): "daily"})
        make(now=DUE + 365 * DAY)
        happens(chapter, "A new form.", at=YESTERDAY)
        assert make() == {"a": {"A new form."}}

    def test_does_not_hold_back_what_was_made_then(self, chapter):
        reader({key_of(chapter): "daily"})
        happens(chapter, "A new form.", at=YESTERDAY + 3 * DAY)
        make(now=DUE + 3 * DAY)
        mail.outbox.clear()
        assert Worker(clock=lambda: DUE).work() == 1
        assert [message.subject for message in mail.outbox] == ["Changed: Neglect"]
        assert make(now=DUE + DAY) == {}, "they have been told"
