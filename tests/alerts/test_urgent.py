"""Sending an update at once to those who get digests."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageViewRestriction

from alerts.messages.audience import reached_if_urgent
from alerts.messages.digests import make_digest
from alerts.messages.spreading import spread_due
from alerts.models import Delivery, DeliveryState, Frequency, Message, Rank, Subscription
from alerts.services import leave
from alerts.urgent import NEWS_FOR, NotUrgent, send_as_urgent, urgent_message
from pages.models import WithdrawnAs
from tests.alerts.factories import add_a_chapter, key_of, subscriber_to
from tests.enquiries.factories import make_staff
from tests.factories import add_archive, add_bulletin, add_home, add_information, make_manager
from tests.once import once
from tests.procedures.factories import change
from updates.withdrawing.services import withdraw_page

pytestmark = pytest.mark.django_db

chapter = once(add_a_chapter)
RIGHT = "send_urgent_message"
NOTE = "Ring the new number from today."


def screen(page) -> str:
    return f"/admin/alert-messages/urgent/{page.pk}/"


@pytest.fixture
def changed(chapter):
    """A change that is told at once to one of four, and has been."""
    spread_due(now=timezone.now())
    for often, letter in (("at_once", "a"), ("daily", "b"), ("weekly", "c")):
        subscriber_to({key_of(chapter): often}, address=f"{letter}@agency.example")
    gone = subscriber_to({key_of(chapter): "daily"}, address="gone@agency.example")
    leave(gone, now=timezone.now())
    change(chapter, note=NOTE, search_description="How to see neglect.")
    spread_due(now=timezone.now())
    return chapter


@pytest.fixture
def desk(client):
    client.force_login(make_staff(RIGHT, "view_message"))
    return client


def reached() -> list[str]:
    spread_due(now=timezone.now())
    return [row.subscriber.address for row in Delivery.objects.order_by("subscriber__address")]


def refusal(page, **time) -> str:
    with pytest.raises(NotUrgent) as caught:
        urgent_message(page, now=timezone.now() + timedelta(**time))
    return str(caught.value)


class TestSending:
    def test_reaches_those_who_get_digests_first_of_all_and_once(self, changed):
        user = make_staff(RIGHT)
        message = send_as_urgent(changed, user=user, now=timezone.now())
        assert (message.urgent_by, message.urgent_at is not None) == (user, True)
        assert reached() == ["a@agency.example", "b@agency.example", "c@agency.example"]
        assert reached() == ["a@agency.example", "b@agency.example", "c@agency.example"]
        assert set(Delivery.objects.values_list("rank", flat=True)) == {Rank.URGENT}

    def test_is_logged(self, changed):
        user = make_staff(RIGHT)
        message = send_as_urgent(changed, user=user, now=timezone.now())
        entry = ModelLogEntry.objects.get(action="alerts.urgent")
        assert (entry.user, entry.object_id) == (user, str(message.pk))

    def test_twice_is_refused_and_keeps_who_did_it_first(self, changed):
        first = make_staff(RIGHT)
        send_as_urgent(changed, user=first, now=timezone.now())
        with pytest.raises(NotUrgent, match="already"):
            send_as_urgent(changed, user=make_staff(RIGHT), now=timezone.now())
        assert Message.objects.get(edition__note=NOTE).urgent_by == first
        assert ModelLogEntry.objects.filter(action="alerts.urgent").count() == 1

    def test_by_two_at_once_marks_it_once(self, changed, monkeypatch):
        """The second has looked before the first was done."""
        seen = urgent_message(changed, now=timezone.now())
        send_as_urgent(changed, user=make_staff(RIGHT), now=timezone.now())
        monkeypatch.setattr("alerts.urgent.urgent_message", lambda page, now: seen)
        with pytest.raises(NotUrgent, match="already"):
            send_as_urgent(changed, user=make_staff(RIGHT), now=timezone.now())
        assert ModelLogEntry.objects.filter(action="alerts.urgent").count() == 1


class TestCounting:
    def message(self) -> Message:
        return Message.objects.get(edition__note=NOTE)

    def test_counts_those_who_get_digests(self, changed):
        assert reached_if_urgent(self.message()) == 2

    def test_counts_the_same_before_anybody_was_told(self, changed):
        Delivery.objects.all().delete()
        Message.objects.filter(edition__note=NOTE).update(spread_at=None)
        assert reached_if_urgent(self.message()) == 2

    def test_counts_nobody_whom_a_digest_has_told(self, changed):
        make_digest(Frequency.DAILY, now=timezone.now() + timedelta(days=1))
        assert reached_if_urgent(self.message()) == 1

    def test_counts_as_many_as_are_written_to(self, changed):
        make_digest(Frequency.DAILY, now=timezone.now() + timedelta(days=1))
        Delivery.objects.filter(contents__isnull=False).update(state=DeliveryState.DROPPED, done_at=timezone.now())
        before, more = len(reached()), reached_if_urgent(self.message())
        send_as_urgent(changed, user=make_staff(RIGHT), now=timezone.now())
        assert more == 2
        assert len(reached()) == before + more


class TestRefusals:
    def test_of_a_page_that_was_never_published(self, chapter):
        draft = add_information(chapter.get_parent().get_parent(), publish=False)
        assert "never been published" in refusal(draft)

    def test_of_a_minor_edition(self, changed):
        change(changed, significance="minor", title="Neglect.")
        assert "minor" in refusal(changed)

    def test_of_a_page_that_readers_may_not_see(self, changed):
        PageViewRestriction.objects.create(page=changed.get_parent(), restriction_type="login")
        assert "may not see" in refusal(changed)

    def test_of_what_is_old(self, changed):
        assert urgent_message(changed, now=timezone.now() + NEWS_FOR - timedelta(hours=1))
        assert "14 days" in refusal(changed, days=14, hours=1)

    def test_of_a_withdrawn_page(self, changed):
        withdraw_page(page=changed, way=WithdrawnAs.WITHDRAWN, reason="The law has changed.", now=timezone.now())
        changed.refresh_from_db()
        assert "withdrawn" in refusal(changed)

    def test_of_a_bulletin_that_nobody_has_sent(self):
        issue = add_bulletin(add_archive(add_home()))
        assert "its own screen" in refusal(issue)

    def test_of_an_edition_that_nobody_is_told_of(self, changed):
        Message.objects.filter(edition__note=NOTE).delete()
        assert "Nobody is told" in refusal(changed)


class TestTheScreen:
    def test_says_to_how_many_and_what(self, desk, changed):
        text = desk.get(screen(changed)).content.decode()
        assert "<strong>2 more people</strong>" in text
        assert NOTE in text
        assert "Urgent: Changed: Neglect" in text
        assert not Message.objects.filter(urgent_at__isnull=False).exists()

    def test_offers_no_button_where_there_is_nobody_more(self, desk, changed):
        Subscription.objects.exclude(frequency="at_once").delete()
        text = desk.get(screen(changed)).content.decode()
        assert "there is nobody to send it to" in text
        assert "0 more people" not in text

    def test_shows_the_mail_in_a_frame_where_nothing_runs(self, desk, changed):
        response = desk.get(screen(changed) + "html/")
        assert NOTE in response.content.decode()
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert "sandbox" in response["Content-Security-Policy"]

    def test_needs_the_box_to_be_ticked(self, desk, changed):
        assert "Tick the box" in desk.post(screen(changed)).content.decode()
        assert not Message.objects.filter(urgent_at__isnull=False).exists()

    def test_sends_it_and_the_second_time_says_that_it_was_sent(self, desk, changed):
        assert "It goes out now" in desk.post(screen(changed), {"sure": "on"}, follow=True).content.decode()
        assert "already" in desk.post(screen(changed), {"sure": "on"}, follow=True).content.decode()
        assert len(reached()) == 3

    def test_says_why_it_cannot_be_sent_and_offers_no_button(self, desk, changed):
        change(changed, significance="minor", title="Neglect.")
        text = desk.get(screen(changed)).content.decode()
        assert "minor" in text
        assert "id_sure" not in text
        assert desk.get(screen(changed) + "html/").status_code == 404

    def test_of_what_is_no_such_page_answers_that(self, desk, changed):
        for key in (changed.get_parent().get_parent().get_parent().pk, 99999):
            assert desk.get(f"/admin/alert-messages/urgent/{key}/").status_code == 404


class TestTheRight:
    @pytest.mark.parametrize("rights", [[], ["view_message", "retry_message", "send_issue_message"]])
    def test_is_needed(self, client, changed, rights):
        client.force_login(make_staff(*rights))
        for address in (screen(changed), screen(changed) + "html/"):
            assert client.post(address, {"sure": "on"}).status_code in (302, 403)
            assert NOTE not in client.get(address, follow=True).content.decode()
        assert not Message.objects.filter(urgent_at__isnull=False).exists()

    def test_shows_the_way_to_the_screen(self, client, changed):
        message = Message.objects.get(edition__note=NOTE)
        for rights, is_offered in ((["view_message"], False), (["view_message", RIGHT], True)):
            client.force_login(make_staff(*rights))
            text = client.get(f"/admin/alert-messages/inspect/{message.pk}/").content.decode()
            assert (screen(changed) in text) is is_offered

    def test_shows_the_way_in_the_menu_of_a_page(self, client, changed):
        client.force_login(make_manager())
        edit = f"/admin/pages/{changed.pk}/edit/"
        assert screen(changed) in client.get(edit).content.decode()
        draft = add_information(changed.get_parent().get_parent(), publish=False)
        assert screen(draft) not in client.get(f"/admin/pages/{draft.pk}/edit/").content.decode()
