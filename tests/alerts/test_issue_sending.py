"""Sending an issue of the bulletin to its subscribers: once, now or at a time, by somebody who may."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageViewRestriction
from wagtail.users.models import UserProfile

from alerts.issues import CannotSend, cancel, issue_message, not_sent_yet, send_issue
from alerts.messages.digests import make_digest
from alerts.messages.spreading import spread_due
from alerts.models import Delivery, DeliveryState, Frequency, Kind, Message
from tests.alerts.factories import subscriber_to
from tests.enquiries.factories import make_staff
from tests.factories import add_archive, add_bulletin, add_home, make_manager
from tests.once import once

pytestmark = pytest.mark.django_db

RIGHT = "send_issue_message"


@once
def issue():
    return add_bulletin(add_archive(add_home()))


@pytest.fixture
def readers():
    for often, letter in (("at_once", "a"), ("at_once", "b"), ("daily", "c"), ("weekly", "d")):
        subscriber_to({"bulletins": often}, address=f"{letter}@agency.example")
    subscriber_to({"library": "at_once"}, address="other@agency.example")


@pytest.fixture
def user():
    return make_manager()


@pytest.fixture
def desk(client, user):
    client.force_login(user)
    return client


def send(issue, user, *, after=timedelta()) -> Message:
    now = timezone.now()
    return send_issue(issue, at=now + after, user=user, now=now)


def told(**after) -> list[str]:
    spread_due(now=timezone.now() + timedelta(**after))
    return [row.subscriber.address for row in Delivery.objects.order_by("subscriber__address")]


def screen(issue) -> str:
    return f"/admin/bulletins/{issue.pk}/mail/"


def panel(client, issue) -> str:
    soup = BeautifulSoup(client.get(screen(issue)).content, "html.parser")
    return " ".join(soup.select_one("[id*=sending]").get_text(" ").split())


def press(client, issue, action="send", **data):
    return client.post(f"/admin/alert-messages/issue/{issue.pk}/{action}/", data, follow=True).content.decode()


def change(issue, **fields):
    """Publish another edition of an issue."""
    issue.refresh_from_db()
    draft = issue.get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.change_significance, draft.change_note = "major", "A date was wrong."
    draft.save_revision().publish()
    issue.refresh_from_db()


class TestSending:
    def test_tells_those_at_once_and_others_by_their_digest(self, issue, readers, user):
        message = send(issue, user)
        assert message.released_by == user
        assert told() == ["a@agency.example", "b@agency.example"]
        make_digest(Frequency.DAILY, now=timezone.now() + timedelta(days=1))
        digest = Delivery.objects.filter(message__kind=Kind.DIGEST)
        assert [row.subscriber.address for row in digest] == ["c@agency.example"]

    def test_waits_for_its_time(self, issue, readers, user):
        send(issue, user, after=timedelta(hours=2))
        assert told(hours=1) == []
        assert told(hours=3) == ["a@agency.example", "b@agency.example"]

    def test_reaches_who_came_before_its_time(self, issue, user):
        send(issue, user, after=timedelta(hours=2))
        in_an_hour, in_three = (timezone.now() + timedelta(hours=hours) for hours in (1, 3))
        subscriber_to({"bulletins": "at_once"}, since=in_an_hour, address="early@agency.example")
        subscriber_to({"bulletins": "at_once"}, since=in_three, address="late@agency.example")
        assert told(hours=4) == ["early@agency.example"]

    def test_is_logged(self, issue, user):
        message = send(issue, user)
        entry = ModelLogEntry.objects.get(action="alerts.send_issue")
        assert (entry.user, entry.object_id) == (user, str(message.pk))

    def test_is_refused_the_second_time(self, issue, readers, user):
        send(issue, user)
        for _ in range(2):
            with pytest.raises(CannotSend, match="already"):
                send(issue, make_staff(RIGHT))
            assert told() == ["a@agency.example", "b@agency.example"]
        assert issue_message(issue).released_by == user
        assert ModelLogEntry.objects.filter(action="alerts.send_issue").count() == 1

    def test_makes_a_message_for_an_issue_from_before_there_were_alerts(self, issue, readers, user):
        Message.objects.all().delete()
        message = send(issue, user)
        assert message.edition.number == 1
        assert told() == ["a@agency.example", "b@agency.example"]

    @pytest.mark.parametrize("after", [timedelta(minutes=-1), timedelta(days=93)])
    def test_is_for_times_to_come_that_are_not_far_away(self, issue, user, after):
        with pytest.raises(CannotSend, match="to come"):
            send(issue, user, after=after)
        assert issue_message(issue).release_at is None

    def test_is_for_public_issues(self, issue, user):
        restriction = PageViewRestriction.objects.create(page=issue, restriction_type="login")
        with pytest.raises(CannotSend, match="public"):
            send(issue, user)
        restriction.delete()
        draft = add_bulletin(issue.get_parent().specific, publish=False, slug="draft")
        with pytest.raises(CannotSend, match="public"):
            send(draft, user)
        assert not Message.objects.filter(release_at__isnull=False).exists()

    def test_sends_nothing_of_what_is_hidden_by_then_and_can_be_done_again(self, issue, readers, user):
        send(issue, user)
        restriction = PageViewRestriction.objects.create(page=issue, restriction_type="login")
        assert told() == []
        assert issue_message(issue).not_told == "The page is not public."
        restriction.delete()
        send(issue, user)
        assert told() == ["a@agency.example", "b@agency.example"]
        with pytest.raises(CannotSend):
            send(issue, user)

    def test_sends_what_was_taken_down_and_published_again(self, issue, readers, user):
        issue.unpublish()
        change(issue, title="Once more")
        assert send(issue, user).edition.number == 2
        assert told() == ["a@agency.example", "b@agency.example"]

    def test_does_not_tell_of_a_correction_before_its_time(self, issue, readers, user):
        send(issue, user, after=timedelta(hours=2))
        change(issue, title="Corrected")
        assert told(hours=1) == []
        assert told(hours=3) == ["a@agency.example", "b@agency.example"]


class TestCancelling:
    def test_takes_it_back_and_lets_it_be_sent_later(self, issue, readers, user):
        send(issue, user, after=timedelta(hours=2))
        cancel(issue, user=user)
        assert told(hours=3) == []
        assert issue_message(issue).released_by is None
        assert ModelLogEntry.objects.get(action="alerts.cancel_issue").user == user
        send(issue, user)
        assert told() == ["a@agency.example", "b@agency.example"]

    def test_is_refused_when_it_has_begun_or_is_not_planned(self, issue, readers, user):
        with pytest.raises(CannotSend):
            cancel(issue, user=user)
        send(issue, user)
        told()
        with pytest.raises(CannotSend):
            cancel(issue, user=user)
        assert issue_message(issue).release_at is not None


class TestThePanel:
    def test_says_how_many_get_it_and_how(self, desk, issue, readers):
        text = panel(desk, issue)
        assert "It has not been sent." in text
        assert "2 people would get the issue itself, and 2 would find it" in text

    def test_says_how_many_where_there_are_none(self, desk, issue):
        assert "0 people would get the issue itself" in panel(desk, issue)

    def test_says_when_it_goes_out_and_who_said_so(self, desk, issue, user):
        Message.objects.update(release_at=datetime(2035, 7, 8, 12, tzinfo=UTC), released_by=user)
        text = panel(desk, issue)
        assert f"It goes out on 8 July 2035, 13:00, set by {user}." in text
        assert "Do not send it after all" in text
        assert "Send this issue" not in text

    def test_says_how_far_it_has_come(self, desk, issue, readers, user):
        send(issue, user)
        told()
        first = Delivery.objects.first()
        done = {"state": DeliveryState.SENT, "done_at": timezone.now()}
        Delivery.objects.filter(pk=first.pk).update(**done)
        assert "It is being sent: 1 of 2 are done." in panel(desk, issue)
        Delivery.objects.exclude(pk=first.pk).update(**done | {"state": DeliveryState.FAILED})
        text = panel(desk, issue)
        assert "It was sent to 1 on" in text
        assert "1 failed." in text
        assert "See each delivery" in text
        assert "would get" not in text

    def test_says_why_it_went_to_nobody(self, desk, issue, user):
        send(issue, user)
        restriction = PageViewRestriction.objects.create(page=issue, restriction_type="login")
        told()
        assert "The page is not public." in panel(desk, issue)
        restriction.delete()
        assert "Send this issue" in panel(desk, issue)


class TestTheForm:
    def test_sends_now(self, desk, issue, readers):
        assert "It goes out now" in press(desk, issue, when="now", sure="on")
        assert told() == ["a@agency.example", "b@agency.example"]

    def test_reads_a_time_as_clocks_in_london_show_it_wherever_somebody_sits(self, desk, issue, user):
        profile = UserProfile.get_for_user(user)
        profile.current_time_zone = "Asia/Tokyo"
        profile.save()
        day = (timezone.now() + timedelta(days=30)).strftime("%Y-%m-%d")
        press(desk, issue, when="at", at=f"{day}T09:00", sure="on")
        moment = issue_message(issue).release_at
        assert moment.astimezone(ZoneInfo("Europe/London")).strftime("%Y-%m-%d %H:%M") == f"{day} 09:00"

    @pytest.mark.parametrize(
        "data",
        [
            {},
            {"when": "now"},
            {"sure": "on"},
            {"when": "then", "sure": "on"},
            {"when": "at", "sure": "on"},
            {"when": "at", "at": "soon", "sure": "on"},
            {"when": "at", "at": "2001-01-01T09:00", "sure": "on"},
            {"when": "at", "at": "9999-12-31T23:59", "sure": "on"},
            {"when": "at", "at": "0001-01-01T00:00", "sure": "on"},
            {"when": "at", "at": "2035-01-01T09:00+05:00", "sure": "on"},
            {"when": "at", "at": "2027-03-28T01:30", "sure": "on"},
            {"when": "at", "at": "x" * 5000, "sure": "on"},
        ],
    )
    def test_sends_nothing_that_was_not_said_clearly(self, desk, issue, data):
        press(desk, issue, **data)
        assert issue_message(issue).release_at is None

    def test_cancels(self, desk, issue, user):
        send(issue, user, after=timedelta(hours=2))
        assert "Nobody has got this issue" in press(desk, issue, "cancel")
        assert "Nothing was cancelled" in press(desk, issue, "cancel")
        assert issue_message(issue).release_at is None

    def test_answers_nothing_but_a_press(self, desk, issue):
        for action in ("send", "cancel"):
            assert desk.get(f"/admin/alert-messages/issue/{issue.pk}/{action}/").status_code == 405
            assert desk.post(f"/admin/alert-messages/issue/{issue.get_parent().pk}/{action}/").status_code == 404


class TestTheRight:
    @pytest.mark.parametrize("rights", [[], ["view_message", "retry_message", "send_urgent_message"], [RIGHT]])
    def test_is_needed_and_so_is_that_to_edit_the_issue(self, client, issue, user, rights):
        send(issue, user, after=timedelta(hours=2))
        client.force_login(make_staff(*rights))
        press(client, issue, "cancel")
        assert issue_message(issue).release_at is not None
        cancel(issue, user=user)
        press(client, issue, when="now", sure="on")
        assert issue_message(issue).release_at is None


class TestTheReminder:
    def test_names_public_issues_that_nobody_has_sent(self, desk, issue, readers, user):
        now = datetime(issue.issue_date.year, issue.issue_date.month, issue.issue_date.day, tzinfo=UTC)
        assert list(not_sent_yet(now=now + timedelta(days=92), today=(now + timedelta(days=92)).date())) == [issue]
        assert not not_sent_yet(now=now + timedelta(days=94), today=(now + timedelta(days=94)).date()).exists()
        send(issue, user, after=timedelta(hours=2))
        assert not not_sent_yet(now=now, today=now.date()).exists()

    def test_stands_on_the_dashboard_of_those_who_may_send_it(self, client, issue, readers, user):
        type(issue).objects.filter(pk=issue.pk).update(issue_date=timezone.localdate())
        client.force_login(user)
        assert "has not been sent to <strong>4 people</strong>" in client.get("/admin/").content.decode()
        client.force_login(make_staff("view_message"))
        assert "has not been sent to" not in client.get("/admin/").content.decode()
