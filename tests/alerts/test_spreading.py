"""Who hears of what is published: once each, at once, and nobody who should not."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from alerts.messages import held_back
from alerts.messages.spreading import spread_due
from alerts.messages.telling import PAUSE_BEFORE_WITHDRAWAL
from alerts.models import Delivery, DeliveryState, Kind, Message, Rank, State, Subscriber, Subscription
from alerts.services import leave, undo
from pages.models import WithdrawnAs
from tests.alerts.factories import add_a_chapter, key_of, subscriber_to
from tests.documents.factories import add_library, add_resource
from tests.factories import add_archive, add_bulletin, add_home
from tests.once import once
from tests.priorities.factories import add_area, add_priorities, add_year, make_topic
from tests.procedures.factories import change
from updates.withdrawing.services import withdraw_page

pytestmark = pytest.mark.django_db

chapter = once(add_a_chapter)
LATER = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def nothing_is_waiting(request):
    """Let what was published to begin with have been told to nobody."""
    if "chapter" in request.fixturenames:
        request.getfixturevalue("chapter")
    spread_due(now=timezone.now())


def manual_of(chapter) -> str:
    return f"manual:{chapter.get_parent().pk}"


def publish(chapter, note, **fields):
    """Publish a change that says what changed."""
    change(chapter, note=note, search_description=note, **fields)


def told() -> list[str]:
    """Return the addresses of those for whom something is on its way."""
    spread_due(now=timezone.now())
    waiting = Delivery.objects.waiting().order_by("subscriber__address_key")
    return list(waiting.values_list("subscriber__address_key", flat=True))


class TestAnUpdate:
    def test_reaches_everybody_once_who_hears_of_it_at_once(self, chapter):
        everything = {key_of(chapter): "at_once", manual_of(chapter): "at_once", "library": "at_once"}
        subscriber_to(everything, address="all@agency.example")
        subscriber_to({manual_of(chapter): "at_once"}, address="manual@agency.example")
        subscriber_to({key_of(chapter): "daily"}, address="daily@agency.example")
        subscriber_to({"library": "at_once"}, address="other@agency.example")
        publish(chapter, "A new form.")
        assert told() == ["all@agency.example", "manual@agency.example"]
        assert told() == ["all@agency.example", "manual@agency.example"]

    def test_says_by_which_topics_it_came(self, chapter):
        publish(chapter, "A new form.")
        spread_due(now=timezone.now())
        message = Message.objects.latest("pk")
        assert dict(message.topics.values_list("topic", "title")) == {
            key_of(chapter): "Procedures: Neglect",
            manual_of(chapter): "Procedures: Every change in “Manual”",
        }

    def test_reaches_nobody_when_it_is_minor(self, chapter):
        subscriber_to({key_of(chapter): "at_once"})
        change(chapter, significance="minor", title="Neglect.")
        assert told() == []

    def test_reaches_nobody_who_chose_it_later_or_has_left(self, chapter):
        gone = subscriber_to({key_of(chapter): "at_once"}, address="gone@agency.example")
        leave(gone, now=timezone.now())
        publish(chapter, "A new form.")
        subscriber_to({key_of(chapter): "at_once"}, since=timezone.now() + LATER, address="late@agency.example")
        undo(gone, now=timezone.now() + LATER)
        assert told() == []

    def test_is_told_twice_when_there_are_two_in_one_minute(self, chapter):
        subscriber_to({key_of(chapter): "at_once"})
        publish(chapter, "A new form.")
        publish(chapter, "A new number.")
        assert told() == ["ash@agency.example"] * 2
        assert set(Delivery.objects.values_list("message__edition__note", flat=True)) == {
            "A new form.",
            "A new number.",
        }

    def test_is_not_told_of_what_was_taken_down_before(self, chapter):
        subscriber_to({key_of(chapter): "at_once"})
        publish(chapter, "By mistake.")
        chapter.refresh_from_db()
        chapter.unpublish()
        assert told() == []
        assert Message.objects.latest("pk").not_told == held_back.NOT_PUBLIC

    def test_is_told_once_when_it_is_published_taken_down_and_published(self, chapter):
        subscriber_to({key_of(chapter): "at_once"})
        publish(chapter, "By mistake.")
        chapter.refresh_from_db()
        chapter.unpublish()
        chapter.refresh_from_db()
        publish(chapter, "As it should be.")
        assert told() == ["ash@agency.example"]
        assert Delivery.objects.get().message.edition.note == "As it should be."
        assert Message.objects.get(edition__note="By mistake.").not_told == held_back.TAKEN_DOWN

    def test_is_not_told_of_a_private_page(self, chapter):
        subscriber_to({manual_of(chapter): "at_once"})
        PageViewRestriction.objects.create(page=chapter.get_parent(), restriction_type="login")
        publish(chapter, "For staff.")
        assert told() == []

    def test_reaches_those_who_chose_the_library_or_its_type(self, chapter):
        subscriber_to({"library": "at_once", "library:tool": "at_once"}, address="both@agency.example")
        subscriber_to({"library:tool": "at_once"}, address="tools@agency.example")
        subscriber_to({"library:form": "at_once"}, address="forms@agency.example")
        add_resource(add_library(chapter.get_parent().get_parent()), resource_type="tool")
        assert told() == ["both@agency.example", "tools@agency.example"]

    def test_reaches_those_who_chose_a_priority_about_its_topic(self, chapter):
        topic = make_topic("Neglect")
        home = chapter.get_parent().get_parent()
        area = add_area(add_year(add_priorities(home)), topics=[topic])
        spread_due(now=timezone.now())
        subscriber_to({f"priority:{area.pk}": "at_once"})
        publish(chapter, "Nothing about neglect.")
        assert told() == []
        publish(chapter, "Something about neglect.", topics=[topic])
        assert told() == ["ash@agency.example"]


class TestAnIssue:
    def test_waits_until_somebody_sends_it(self):
        archive = add_archive(add_home())
        subscriber_to({"bulletins": "at_once"})
        issue = add_bulletin(archive)
        assert told() == []
        message = Message.objects.get(kind=Kind.ISSUE)
        assert (message.page_id, message.release_at) == (issue.pk, None)
        Message.objects.update(release_at=timezone.now(), moment=timezone.now())
        assert told() == ["ash@agency.example"]
        assert Delivery.objects.get().rank == Rank.ISSUE


class TestAWithdrawal:
    def withdraw(self, chapter, way=WithdrawnAs.WITHDRAWN, ago=PAUSE_BEFORE_WITHDRAWAL):
        return withdraw_page(page=chapter, way=way, reason="The law has changed.", now=timezone.now() - ago)

    def test_tells_those_who_chose_the_page_however_often_and_ends_what_they_chose(self, chapter):
        keeps = subscriber_to({key_of(chapter): "weekly", manual_of(chapter): "weekly"}, address="a@agency.example")
        loses = subscriber_to({key_of(chapter): "at_once"}, address="b@agency.example")
        subscriber_to({manual_of(chapter): "at_once"}, address="c@agency.example")
        subscriber_to({manual_of(chapter): "daily"}, address="d@agency.example")
        self.withdraw(chapter)
        assert told() == ["a@agency.example", "b@agency.example", "c@agency.example"]
        assert [row.topic for row in keeps.subscriptions.all()] == [manual_of(chapter)]
        assert not loses.subscriptions.exists()

    def test_waits_a_while_in_case_it_was_a_mistake(self, chapter):
        subscriber_to({key_of(chapter): "at_once"})
        self.withdraw(chapter, ago=timedelta())
        assert told() == []
        chapter.refresh_from_db()
        chapter.get_latest_revision().publish()
        spread_due(now=timezone.now() + 2 * PAUSE_BEFORE_WITHDRAWAL)
        assert Subscription.objects.count() == 1
        assert Message.objects.get(kind=Kind.WITHDRAWAL).not_told == held_back.PUBLISHED_AGAIN

    def test_of_what_was_published_in_error_is_not_told(self, chapter):
        subscriber_to({key_of(chapter): "at_once"})
        self.withdraw(chapter, way=WithdrawnAs.ERROR)
        assert told() == []
        assert Subscription.objects.count() == 1


class TestUrgent:
    def test_reaches_those_who_get_digests_but_for_whom_it_is_on_its_way(self, chapter):
        subscriber_to({key_of(chapter): "at_once"}, address="once@agency.example")
        subscriber_to({manual_of(chapter): "daily"}, address="daily@agency.example")
        subscriber_to({key_of(chapter): "weekly", "library": "daily"}, address="weekly@agency.example")
        publish(chapter, "A new form.")
        assert told() == ["once@agency.example"]
        Message.objects.filter(edition__note="A new form.").update(urgent_at=timezone.now())
        assert told() == ["daily@agency.example", "once@agency.example", "weekly@agency.example"]
        assert set(Delivery.objects.values_list("rank", flat=True)) == {Rank.URGENT}
        assert told() == ["daily@agency.example", "once@agency.example", "weekly@agency.example"]

    def test_nobody_gets_it_again_who_had_it(self, chapter):
        subscriber_to({key_of(chapter): "at_once"})
        publish(chapter, "A new form.")
        told()
        Delivery.objects.update(state=DeliveryState.SENT, done_at=timezone.now())
        Message.objects.filter(edition__note="A new form.").update(urgent_at=timezone.now())
        assert told() == []


class TestRows:
    def test_are_written_by_one_statement_for_however_many(self, chapter):
        def statements(people):
            for number in range(people):
                subscriber_to({key_of(chapter): "at_once"}, address=f"p{people}-{number}@agency.example")
            publish(chapter, f"For {people} more.")
            with CaptureQueriesContext(connection) as captured:
                assert spread_due(now=timezone.now()) >= people
            return len(captured)

        assert statements(3) == statements(30)
        assert Subscriber.objects.filter(state=State.ACTIVE).count() == 33
