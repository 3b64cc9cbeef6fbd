"""How long addresses are kept, and what staff do for somebody who asks."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from wagtail.models import ModelLogEntry

from alerts import keeping
from alerts.mail import send_owed
from alerts.models import (
    Consent,
    Contents,
    Delivery,
    DeliveryState,
    Kind,
    Leaving,
    LinkRequest,
    Message,
    State,
    Subscriber,
    Subscription,
)
from alerts.people import erase
from alerts.posting import taking
from alerts.services import TooLateToUndo, choose, end_for_refusal, erase_old, leave, stop, undo
from tests.alerts.bounces.factories import a_digest, an_update, delivery_to
from tests.alerts.factories import (
    ADDRESS,
    NOW,
    WORDS,
    add_a_chapter,
    asked,
    key_of,
    subscribed,
    subscriber_to,
    waiting,
)
from tests.enquiries.factories import make_staff
from tests.factories import make_manager
from tests.once import once

pytestmark = pytest.mark.django_db

chapter = once(add_a_chapter)
RIGHTS = [f"{action}_subscriber" for action in ("view", "export", "erase", "stop")]


def after(**time):
    return erase_old(now=NOW + timedelta(**time))


class TestTheDailyTask:
    def test_erases_what_was_not_confirmed_for_7_days(self, chapter):
        waiting()
        after(days=7)
        assert Subscriber.objects.exists()
        assert after(days=7, seconds=1)["addresses that were never confirmed"] == 1
        assert not LinkRequest.objects.exists()
        assert not Subscriber.objects.exists()

    def test_keeps_an_address_while_another_link_to_it_works(self, chapter):
        waiting()
        asked({key_of(chapter): "daily"}, now=NOW + timedelta(days=5))
        send_owed(now=NOW + timedelta(days=5))
        after(days=8)
        assert Subscriber.objects.get().requests.count() == 1

    def test_erases_what_could_not_be_mailed(self, chapter):
        asked({key_of(chapter): "daily"})
        after(days=7, seconds=1)
        assert not LinkRequest.objects.exists()

    def test_erases_addresses_28_days_after_they_left(self, chapter):
        leave(subscribed({key_of(chapter): "daily"}), now=NOW)
        after(days=28)
        assert Subscription.objects.count() == 1
        assert after(days=28, seconds=1)["addresses that left"] == 1
        assert [model.objects.count() for model in (Subscriber, Subscription, Consent)] == [0, 0, 0]

    def test_keeps_who_gets_alerts_and_who_must_get_none(self, chapter):
        subscribed({key_of(chapter): "daily"})
        stop(subscribed({key_of(chapter): "daily"}, address="lee@agency.example"), now=NOW)
        after(days=5000)
        assert Subscriber.objects.count() == 2
        assert Consent.objects.count() == 1

    def test_erases_consent_a_year_after_it_was_given_if_nothing_rests_on_it(self, chapter):
        subscriber = subscribed({key_of(chapter): "daily"})
        choose(subscriber, choices={key_of(chapter): "weekly"}, words=WORDS, now=NOW + timedelta(days=1))
        after(days=366)
        assert Consent.objects.count() == 2
        after(days=367)
        assert Consent.objects.get().choices == {key_of(chapter): "weekly"}

    def test_says_how_many(self, capsys):
        call_command("erase_old_subscribers")
        assert "addresses that left: 0 erased." in capsys.readouterr().out


class TestMails:
    @pytest.fixture
    def somebody(self):
        return subscriber_to({"library": "daily"}, since=NOW - timedelta(days=9))

    def test_are_forgotten_a_year_after_they_were_made(self, somebody):
        delivery_to(somebody, now=NOW)
        assert after(days=366)["deliveries"] == 0
        erased = after(days=366, seconds=1)
        assert (erased["deliveries"], erased["messages that nothing is left of"]) == (1, 1)
        assert not Message.objects.exists()

    def test_are_found_some_at_a_time_among_newer_ones(self, somebody, monkeypatch):
        monkeypatch.setattr(keeping, "TOGETHER", 3)
        for day in (0, 1, 2, 400, 3, 4, 401, 402, 403, 404):
            delivery_to(somebody, now=NOW + timedelta(days=day))
        assert after(days=380)["deliveries"] == 5
        assert Delivery.objects.count() == 5

    def test_stay_told_while_a_digest_that_told_them_stays(self, somebody):
        """What somebody has been told is read from the digest's contents: without them it would be told again."""
        told = an_update(now=NOW)
        late = NOW + timedelta(days=300)
        digest = a_digest(now=late)
        contents = Contents.objects.create(digest=digest, fingerprint="f")
        contents.messages.add(told)
        delivery = delivery_to(somebody, now=late, message=digest)
        Delivery.objects.filter(pk=delivery.pk).update(contents=contents)
        after(days=400)
        assert list(contents.messages.all()) == [told]
        after(days=700)
        assert [model.objects.count() for model in (Delivery, Contents, Message)] == [0, 0, 0]

    def test_of_an_issue_stay_known_so_that_it_is_never_sent_twice(self, somebody):
        issue = an_update(now=NOW, kind=Kind.ISSUE)
        delivery_to(somebody, now=NOW, message=issue)
        erased = after(days=5000)
        assert (erased["deliveries"], erased["messages that nothing is left of"]) == (1, 0)
        assert Message.objects.get() == issue

    def test_that_are_still_to_be_spread_stay(self):
        an_update(now=NOW, spread_at=None)
        after(days=5000)
        assert Message.objects.exists()

    def test_go_with_the_person(self, somebody):
        delivery_to(somebody, now=NOW)
        leave(somebody, now=NOW)
        after(days=29)
        assert [model.objects.count() for model in (Subscriber, Delivery)] == [0, 0]


class TestWhoHasNothingLeft:
    @pytest.fixture
    def somebody(self):
        somebody = subscriber_to({"library": "daily"}, since=NOW - timedelta(days=9))
        somebody.subscriptions.all().delete()
        return somebody

    def state(self) -> tuple:
        return Subscriber.objects.values_list("state", "left_at", "left_because").get()

    def test_has_left(self, somebody):
        after(days=1)
        assert self.state() == (State.LEFT, NOW + timedelta(days=1), Leaving.NOTHING_LEFT)
        after(days=30)
        assert not Subscriber.objects.exists()

    def test_has_not_while_something_is_on_its_way(self, somebody):
        waits = delivery_to(somebody, now=NOW, state=DeliveryState.WAITING)
        after(days=1)
        assert self.state() == (State.ACTIVE, None, "")
        Delivery.objects.filter(pk=waits.pk).update(state=DeliveryState.SENT, done_at=NOW)
        after(days=1)
        assert self.state()[0] == State.LEFT

    def test_cannot_take_that_back_but_may_choose_anew(self, somebody):
        after(days=1)
        with pytest.raises(TooLateToUndo):
            undo(somebody, now=NOW + timedelta(days=1))
        subscribed({"library": "weekly"}, now=NOW + timedelta(days=1))
        after(days=40)
        assert self.state()[0] == State.ACTIVE

    def test_leaves_all_others_alone(self, chapter):
        subscribed({key_of(chapter): "daily"})
        waiting("lee@agency.example")
        stop(subscribed({key_of(chapter): "daily"}, address="kim@agency.example"), now=NOW)
        after(days=1)
        assert set(Subscriber.objects.values_list("state", flat=True)) == {State.ACTIVE, State.WAITING, State.STOPPED}

    def test_is_asked_again_about_who_chooses_something_meanwhile(self, somebody, monkeypatch):
        original = keeping._in_groups

        def chooses_meanwhile(subscribers):
            groups = list(original(subscribers))
            subscribed({"library": "weekly"})
            return groups

        monkeypatch.setattr(keeping, "_in_groups", chooses_meanwhile)
        assert keeping.end_with_nothing_left(now=NOW) == 0
        assert self.state()[0] == State.ACTIVE


class TestWhatIsOnItsWay:
    @pytest.fixture
    def on_its_way(self):
        somebody = subscriber_to({"library": "daily"}, since=NOW - timedelta(days=9))
        sent = delivery_to(somebody, now=NOW - timedelta(days=1))
        waits = delivery_to(somebody, now=NOW, state=DeliveryState.WAITING)
        Delivery.objects.filter(pk=waits.pk).update(holder="worker")
        delivery_to(subscriber_to({}, address="lee@agency.example"), now=NOW, state=DeliveryState.WAITING)
        return sent, waits

    @pytest.mark.parametrize(
        "ends",
        [
            leave,
            stop,
            lambda somebody, now: choose(somebody, choices={}, words=WORDS, now=now),
            lambda somebody, now: end_for_refusal(somebody.pk, now=now),
        ],
        ids=["leaving", "stopping", "choosing nothing", "refused"],
    )
    def test_is_dropped_at_once_for_who_gets_no_more(self, on_its_way, ends):
        sent, waits = on_its_way
        ends(waits.subscriber, now=NOW)
        states = dict(Delivery.objects.values_list("pk", "state"))
        assert [states.pop(sent.pk), states.pop(waits.pk)] == ["sent", "dropped"]
        assert list(states.values()) == ["waiting"]
        assert Delivery.objects.get(pk=waits.pk).reason

    def test_is_not_sent_after_leaving_was_undone(self, on_its_way):
        _, waits = on_its_way
        leave(waits.subscriber, now=NOW)
        undo(waits.subscriber, now=NOW)
        assert Delivery.objects.get(pk=waits.pk).state == "dropped"
        assert [taken.address for taken in taking.take(holder="worker", now=NOW)] == ["lee@agency.example"]

    def test_is_erased_with_the_person(self, on_its_way):
        erase(on_its_way[1].subscriber, user=None)
        assert Delivery.objects.get().subscriber.address == "lee@agency.example"


class TestStaff:
    @pytest.fixture
    def subscriber(self, chapter):
        return subscribed({key_of(chapter): "daily"})

    @pytest.fixture
    def desk(self, client):
        client.force_login(make_staff(*RIGHTS))
        return client

    def address(self, subscriber, action="inspect") -> str:
        return f"/admin/alert-subscribers/{action}/{subscriber.pk}/"

    def test_find_somebody_by_address_state_and_choice(self, desk, subscriber, chapter):
        waiting("lee@agency.example")
        manual = f"manual:{chapter.get_parent().pk}"
        found = {"?q=ASH": 1, "?q=lee": 1, "?q=agency": 2, "?state=waiting": 1, "?state=left": 0, f"?topic={manual}": 0}
        for query, number in found.items():
            text = desk.get(f"/admin/alert-subscribers/{query}").content.decode()
            assert text.count("@agency.example</a>") + text.count("@agency.example\n") == number, query

    def test_see_what_somebody_chose_and_agreed_to(self, desk, subscriber):
        text = desk.get(self.address(subscriber)).content.decode()
        for said in ("Neglect: once a day", WORDS, ADDRESS, "Gets alerts"):
            assert said in text

    def test_list_many_with_as_many_queries_as_few(self, desk, chapter, django_assert_max_num_queries):
        for number in range(30):
            if number in (2, 29):
                with django_assert_max_num_queries(24):
                    desk.get("/admin/alert-subscribers/")
            subscribed({key_of(chapter): "daily"}, address=f"a{number}@agency.example")

    def test_export_everything_and_that_is_logged(self, desk, subscriber, chapter):
        asked(address="ASH@agency.example")
        delivery_to(subscriber, now=NOW)
        response = desk.post(self.address(subscriber, "export"))
        assert response["Content-Disposition"].startswith("attachment")
        assert "no-store" in response["Cache-Control"]
        data = json.loads(response.content)
        assert data["address"] == ADDRESS
        assert data["alerts"][0]["topic"] == key_of(chapter)
        assert data["consents"][0]["words"] == WORDS
        assert len(data["links_asked_for"]) == 2
        (mail,) = data["mails"]
        assert (mail["title"], mail["kind"], mail["state"]) == ("Daily digest", "Digest", "Sent")
        assert mail["made_at"].startswith("2030-01-08T12:00:00")
        assert data["left_because"] == ""
        assert ModelLogEntry.objects.get(action="alerts.export").user.email.startswith("staff")

    def test_export_why_somebody_left(self, desk, subscriber):
        end_for_refusal(subscriber.pk, now=NOW)
        data = json.loads(desk.post(self.address(subscriber, "export")).content)
        assert data["left_because"] == "Their mail server does not take mail for the address"

    def test_erase_everything_and_only_that_is_logged(self, desk, subscriber):
        asked(address="ASH@agency.example")
        address = self.address(subscriber, "erase")
        assert "erased for good" in desk.get(address).content.decode()
        assert Subscriber.objects.exists()
        desk.post(address)
        assert [model.objects.count() for model in (Subscriber, Subscription, Consent, LinkRequest)] == [0, 0, 0, 0]
        entry = ModelLogEntry.objects.get(action="alerts.erase")
        assert entry.user
        assert "agency" not in f"{entry.label}{entry.data}"

    def test_stop_all_mail_and_that_is_logged(self, desk, subscriber):
        desk.post(self.address(subscriber, "stop"))
        assert Subscriber.objects.get().state == State.STOPPED
        assert ModelLogEntry.objects.filter(action="alerts.stop").exists()
        assert "Gets no mail at all" in desk.get(self.address(subscriber)).content.decode()

    @pytest.mark.parametrize("action", ["export", "erase", "stop"])
    def test_each_need_the_right_to(self, client, subscriber, action):
        rights = [f"{other}_subscriber" for other in ("view", "export", "erase", "stop") if other != action]
        client.force_login(make_staff(*rights))
        screen = client.get(self.address(subscriber)).content.decode()
        assert f"/alert-subscribers/{action}/" not in screen
        assert client.post(self.address(subscriber, action)).status_code in (302, 403)
        subscriber.refresh_from_db()
        assert subscriber.state == State.ACTIVE
        assert not ModelLogEntry.objects.filter(action=f"alerts.{action}").exists()

    def test_without_the_right_to_see_addresses_see_none(self, client, subscriber):
        client.force_login(make_staff("export_subscriber", "erase_subscriber", "stop_subscriber"))
        for action in ("inspect", "export", "erase", "stop"):
            response = client.post(self.address(subscriber, action), follow=True)
            assert ADDRESS not in response.content.decode()
        response = client.get("/admin/alert-subscribers/", follow=True)
        assert ADDRESS not in response.content.decode()
        assert Subscriber.objects.get().state == State.ACTIVE
        assert "alert-subscribers" not in client.get("/admin/").content.decode()

    def test_neither_add_nor_change_anybody(self, client, subscriber):
        client.force_login(make_manager())
        for action in ("new", f"edit/{subscriber.pk}", f"delete/{subscriber.pk}", f"history/{subscriber.pk}"):
            assert client.get(f"/admin/alert-subscribers/{action}/").status_code == 404
        assert "alert-subscribers" in client.get("/admin/").content.decode()
