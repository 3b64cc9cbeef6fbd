"""What staff see of messages and deliveries, and how they send again what failed."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from alerts.messages.spreading import spread_due
from alerts.models import Contents, Delivery, DeliveryState, Frequency, Kind, Leaving, Message, State, Subscriber
from alerts.retrying import HasLeft, HasNotFailed, retry, retry_all
from alerts.staff.message_list import _how_far
from tests.alerts.factories import add_a_chapter, key_of, subscriber_to
from tests.enquiries.factories import make_staff
from tests.once import once
from tests.procedures.factories import change

pytestmark = pytest.mark.django_db

chapter = once(add_a_chapter)
NOW = datetime(2035, 1, 8, 12, tzinfo=UTC)
LATER = datetime(2035, 1, 9, 12, tzinfo=UTC)
REASON = "554 5.7.0 Not today"
LIST = "/admin/alert-messages/"
SEES = ["view_message"]
RETRIES = ["view_message", "retry_message"]


def put(letter: str, state: str, **values) -> Delivery:
    """Put the delivery to somebody into a state."""
    done = {} if state == DeliveryState.WAITING else {"done_at": NOW}
    row = Delivery.objects.get(subscriber__address__startswith=letter)
    Delivery.objects.filter(pk=row.pk).update(state=state, **{"reason": REASON} | done | values)
    row.refresh_from_db()
    return row


@pytest.fixture
def message(chapter) -> Message:
    """An update on its way to four people, of whom none has got it yet."""
    spread_due(now=timezone.now())
    for letter in "abcd":
        subscriber_to({key_of(chapter): "at_once"}, address=f"{letter}@agency.example")
    change(chapter, note="A new form is used from now on.", search_description="How to see neglect.")
    spread_due(now=NOW)
    return Message.objects.latest("pk")


@pytest.fixture
def user():
    return make_staff(*RETRIES)


@pytest.fixture
def desk(client, user):
    client.force_login(user)
    return client


def screen(message, action="inspect") -> str:
    return f"{LIST}{action}/{message.pk}/"


class TestTryingAgain:
    def test_lets_it_wait_as_if_it_were_new(self, message, user):
        row = put("a", "failed", attempts=7)
        retry(row, user=user, now=LATER)
        row.refresh_from_db()
        assert (row.state, row.attempts, row.reason, row.done_at) == ("waiting", 0, "", None)
        assert (row.not_before, row.made_at) == (LATER, LATER)
        assert list(Delivery.objects.due(now=LATER).filter(pk=row.pk)) == [row]

    def test_is_logged_without_the_person(self, message, user):
        retry(put("a", "failed"), user=user, now=LATER)
        entry = ModelLogEntry.objects.get(action="alerts.retry")
        assert (entry.user, entry.data, entry.object_id) == (user, {"deliveries": 1}, str(message.pk))

    @pytest.mark.parametrize("state", [State.LEFT, State.STOPPED, State.WAITING])
    def test_does_not_revive_what_is_for_somebody_who_has_left(self, message, user, state):
        row = put("a", "failed")
        left_at = NOW if state == State.LEFT else None
        Subscriber.objects.filter(pk=row.subscriber_id).update(state=state, left_at=left_at)
        with pytest.raises(HasLeft):
            retry(row, user=user, now=LATER)
        row.refresh_from_db()
        assert (row.state, row.reason) == ("failed", REASON)
        assert not ModelLogEntry.objects.filter(action="alerts.retry").exists()

    @pytest.mark.parametrize("state", ["waiting", "sent", "dropped"])
    def test_touches_nothing_but_what_failed(self, message, user, state):
        row = put("a", state)
        with pytest.raises(HasNotFailed):
            retry(row, user=user, now=LATER)
        row.refresh_from_db()
        assert (row.state, row.made_at) == (state, NOW)

    def test_of_all_that_failed_says_how_many_wait_and_how_many_have_left(self, message, user):
        put("a", "failed")
        gone = put("b", "failed")
        put("c", "sent")
        put("d", "dropped")
        Subscriber.objects.filter(pk=gone.subscriber_id).update(state=State.LEFT, left_at=NOW)
        done = retry_all(message, user=user, now=LATER)
        assert (done.waiting, done.left) == (1, 1)
        states = Delivery.objects.order_by("subscriber__address").values_list("state", flat=True)
        assert list(states) == ["waiting", "failed", "sent", "dropped"]

    def test_of_one_message_leaves_others_alone(self, message, user, chapter):
        put("a", "failed")
        other = Message.objects.exclude(pk=message.pk).first()
        assert retry_all(other, user=user, now=LATER).waiting == 0
        assert Delivery.objects.failed().count() == 1
        assert not ModelLogEntry.objects.filter(action="alerts.retry").exists()


class TestTheList:
    def test_counts_each_state(self, desk, message):
        for letter, state in zip("abc", ["sent", "sent", "failed"], strict=True):
            put(letter, state)
        row = next(row for row in desk.get(LIST).context["object_list"] if row.pk == message.pk)
        assert row.counts == {"waiting": 1, "sent": 2, "failed": 1}
        assert _how_far(row) == "1 waiting, 2 sent, 1 failed"

    def test_is_narrowed_by_kind_state_and_day_and_searched_by_title(self, desk, message):
        put("a", "failed")
        put("b", "sent")
        Message.objects.filter(pk=message.pk).update(moment=NOW)
        found = {
            "?kind=update": True,
            "?kind=digest": False,
            "?holds=failed": True,
            "?holds=waiting": True,
            "?holds=sent": True,
            "?holds=dropped": False,
            "?moment_from=2035-01-08&moment_to=2035-01-08": True,
            "?moment_from=2035-01-09": False,
            "?q=negl": True,
            "?q=nowhere": False,
            "?holds=nonsense": True,
        }
        for query, is_found in found.items():
            keys = [row.pk for row in desk.get(LIST + query).context["object_list"]]
            assert (message.pk in keys) is is_found, query

    def test_asks_as_often_for_many_as_for_few(self, desk, message, django_assert_max_num_queries):
        for number in range(25):
            if number in (2, 24):
                with django_assert_max_num_queries(24):
                    desk.get(LIST)
            values = {"kind": Kind.DIGEST, "frequency": Frequency.DAILY, "begins_at": NOW, "release_at": NOW}
            moment = datetime(2036, 1, 1 + number, tzinfo=UTC)
            digest = Message.objects.create(title=f"Digest {number}", moment=moment, **values)
            someone = subscriber_to({}, address=f"n{number}@agency.example")
            Delivery.objects.create(message=digest, subscriber=someone, rank=2, made_at=NOW, not_before=NOW)


class TestTheScreen:
    def test_says_what_is_told_and_how_far_it_has_come(self, desk, message):
        put("a", "sent")
        put("b", "failed")
        text = desk.get(screen(message)).content.decode()
        for said in ("A new form is used from now on.", REASON, "Failed (1)", "Waiting (2)", "was worked out on"):
            assert said in text, said

    def test_lists_one_state_at_a_time(self, desk, message):
        failed = put("b", "failed")
        waits = put("c", "waiting", attempts=3, not_before=LATER, reason="452 Full")
        text = desk.get(screen(message)).content.decode()
        assert str(failed.subscriber) in text
        assert str(waits.subscriber) not in text
        text = desk.get(screen(message) + "?state=waiting").content.decode()
        assert str(failed.subscriber) not in text
        assert "Tried again on 9 January 2035, 12:00" in text
        assert "3 times" in text

    def test_shows_addresses_only_to_those_who_may_see_them(self, client, message):
        row = put("b", "failed")
        client.force_login(make_staff(*SEES))
        text = client.get(screen(message)).content.decode()
        assert "b@agency.example" not in text
        assert str(row.subscriber) in text
        client.force_login(make_staff(*SEES, "view_subscriber"))
        text = client.get(screen(message)).content.decode()
        assert "b@agency.example" in text
        assert f"/admin/alert-subscribers/inspect/{row.subscriber_id}/" in text

    def test_says_why_nobody_is_told(self, desk, message):
        Message.objects.filter(pk=message.pk).update(not_told="The page is not public.")
        assert "The page is not public." in desk.get(screen(message)).content.decode()

    def test_of_a_digest_says_what_it_tells(self, desk, message):
        values = {"kind": Kind.DIGEST, "frequency": Frequency.DAILY, "begins_at": NOW, "release_at": NOW}
        digest = Message.objects.create(title="Daily digest", moment=NOW, spread_at=NOW, **values)
        for fingerprint in ("a", "b"):
            Contents.objects.create(digest=digest, fingerprint=fingerprint).messages.add(message)
        assert desk.get(screen(digest)).content.decode().count("A new form is used from now on.") == 1

    @pytest.mark.parametrize("query", ["?p=999", "?p=x", "?state=sent", "?state=%00", "?state=failed&p=-1"])
    def test_bears_any_question(self, desk, message, query):
        put("a", "failed")
        assert desk.get(screen(message) + query).status_code in (200, 400)

    def test_pages_through_many(self, desk, message):
        people = [
            Subscriber(address=f"n{n}@x.example", address_key=f"n{n}@x.example", state="active", since=NOW)
            for n in range(60)
        ]
        Subscriber.objects.bulk_create(people)
        Delivery.objects.bulk_create(
            Delivery(message=message, subscriber=who, rank=1, state="failed", made_at=NOW, not_before=NOW, done_at=NOW)
            for who in people
        )
        assert "Page 1 of 2" in desk.get(screen(message)).content.decode()
        assert len(desk.get(screen(message) + "?state=failed&p=2").context["rows"]) == 10


class TestTheButtons:
    def test_send_one_again(self, desk, message):
        row = put("a", "failed")
        text = desk.post(f"{LIST}retry/{row.pk}/", follow=True).content.decode()
        assert "sent again within" in text
        row.refresh_from_db()
        assert row.state == "waiting"
        assert (
            "may have had it sent again just now" in desk.post(f"{LIST}retry/{row.pk}/", follow=True).content.decode()
        )

    def test_say_that_somebody_has_left(self, desk, message):
        row = put("a", "failed")
        Subscriber.objects.filter(pk=row.subscriber_id).update(state=State.LEFT, left_at=NOW)
        assert "this person has left" in desk.post(f"{LIST}retry/{row.pk}/", follow=True).content.decode()
        row.refresh_from_db()
        assert row.state == "failed"

    def test_ask_before_all_is_sent_again(self, desk, message):
        for letter in "ab":
            put(letter, "failed")
        text = desk.get(screen(message, "retry-all")).content.decode()
        assert "2 people" in text
        assert Delivery.objects.failed().count() == 2
        assert "2 sent again" in desk.post(screen(message, "retry-all"), follow=True).content.decode()
        assert not Delivery.objects.failed().exists()
        assert "Nothing is sent again" in desk.post(screen(message, "retry-all"), follow=True).content.decode()

    def test_of_one_answer_nothing_but_a_press(self, desk, message):
        row = put("a", "failed")
        assert desk.get(f"{LIST}retry/{row.pk}/").status_code == 405
        row.refresh_from_db()
        assert row.state == "failed"

    def test_of_what_is_gone_answer_that(self, desk):
        assert desk.post(f"{LIST}retry/99999/").status_code == 404
        assert desk.post(f"{LIST}retry-all/99999/").status_code == 404


class TestRights:
    @pytest.mark.parametrize("rights", [["view_message"], ["retry_message"], ["view_subscriber", "retry_message"]])
    def test_to_retry_need_both_to_see_and_to_retry(self, client, message, rights):
        row = put("a", "failed")
        client.force_login(make_staff(*rights))
        for address in (f"{LIST}retry/{row.pk}/", screen(message, "retry-all")):
            assert client.post(address).status_code in (302, 403)
            assert "a@agency.example" not in client.get(address, follow=True).content.decode()
        row.refresh_from_db()
        assert row.state == "failed"
        assert "Send again" not in client.get(screen(message), follow=True).content.decode()

    def test_of_others_show_no_message(self, client, message):
        client.force_login(make_staff("view_subscriber"))
        for address in (LIST, screen(message), f"{LIST}results/"):
            assert "A new form" not in client.get(address, follow=True).content.decode()
        assert "alert-messages" not in client.get("/admin/").content.decode()

    def test_are_needed_by_strangers_too(self, client, message):
        row = put("a", "failed")
        for address in (LIST, screen(message), f"{LIST}retry/{row.pk}/", screen(message, "retry-all")):
            response = client.post(address)
            assert response.status_code == 302
            assert "/sign-in/" in response["Location"]

    def test_let_nobody_write_or_change_messages(self, client, message):
        client.force_login(make_staff(*RETRIES, "view_subscriber"))
        for action in ("new", f"edit/{message.pk}", f"delete/{message.pk}", f"history/{message.pk}"):
            assert client.get(f"{LIST}{action}/").status_code == 404
        menu = client.get("/admin/").content.decode()
        assert "alert-messages" in menu
        assert "alert-subscribers" in menu


class TestTheScreenOfAPerson:
    def test_says_what_they_were_sent_and_why_they_left(self, client, message):
        row = put("a", "failed")
        gone = {"state": State.LEFT, "left_at": NOW, "left_because": Leaving.REFUSED}
        Subscriber.objects.filter(pk=row.subscriber_id).update(**gone)
        address = f"/admin/alert-subscribers/inspect/{row.subscriber_id}/"
        client.force_login(make_staff("view_subscriber"))
        text = client.get(address).content.decode()
        for said in ("Neglect", REASON, "Their mail server does not take mail for the address"):
            assert said in text
        assert screen(message) not in text
        client.force_login(make_staff("view_subscriber", *SEES))
        assert screen(message) in client.get(address).content.decode()
