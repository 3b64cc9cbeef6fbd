"""How long addresses are kept, and what staff do for somebody who asks."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from wagtail.models import ModelLogEntry

from alerts.mail import send_owed
from alerts.models import Consent, LinkRequest, State, Subscriber, Subscription
from alerts.services import choose, erase_old, leave, stop
from tests.alerts.factories import ADDRESS, NOW, WORDS, add_a_chapter, asked, key_of, subscribed, waiting
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
        response = desk.post(self.address(subscriber, "export"))
        assert response["Content-Disposition"].startswith("attachment")
        assert "no-store" in response["Cache-Control"]
        data = json.loads(response.content)
        assert data["address"] == ADDRESS
        assert data["alerts"][0]["topic"] == key_of(chapter)
        assert data["consents"][0]["words"] == WORDS
        assert len(data["links_asked_for"]) == 2
        assert ModelLogEntry.objects.get(action="alerts.export").user.email.startswith("staff")

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
