"""The links in mails: opening one changes nothing, a button does, and what was made up or is too old does not."""

import itertools
from datetime import timedelta
from unittest import mock

import pytest
from django.core import mail
from django.utils import timezone
from wagtail.models import PageViewRestriction

from alerts import links
from alerts.mail import send_owed
from alerts.models import LinkRequest, State, Subscriber, Subscription
from alerts.services import AlreadyConfirmed, TooLateToUndo, confirm, leave, undo
from tests.alerts.factories import (
    NOW,
    WORDS,
    add_a_chapter,
    address_of,
    aged_address_of,
    asked,
    filled_in,
    key_of,
    mailed,
    subscribed,
    waiting,
)
from tests.enquiries.test_form import summary_of
from tests.once import once

pytestmark = pytest.mark.django_db

chapter = once(add_a_chapter)
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
PURPOSES = [links.CONFIRM, links.MANAGE, links.LEAVE, links.NEVER]


def rows() -> list:
    """Return everything that a link could change."""
    models = (Subscriber, Subscription, LinkRequest)
    return [list(model.objects.order_by("pk").values()) for model in models]


def had(subscriber) -> dict:
    return dict(subscriber.subscriptions.values_list("topic", "frequency"))


@pytest.fixture
def manual(chapter):
    return f"manual:{chapter.get_parent().pk}"


@pytest.fixture
def subscriber(chapter, manual):
    return subscribed({key_of(chapter): "at_once", manual: "weekly"})


class TestAnyLink:
    @pytest.mark.parametrize("purpose", PURPOSES)
    def test_changes_nothing_when_it_is_opened(self, client, chapter, purpose):
        owner = subscribed({key_of(chapter): "daily"})
        request = asked({key_of(chapter): "weekly"})
        send_owed(now=NOW)
        address = address_of(request.form_key if purpose == links.CONFIRM else owner.public_id, purpose)
        before = rows()
        for opened in (client.get, client.head, client.options):
            assert opened(address).status_code == 200
        assert rows() == before

    @pytest.mark.parametrize("purpose", [*PURPOSES, "undo"])
    def test_that_was_made_up_is_no_page(self, client, subscriber, purpose):
        right = address_of(subscriber.public_id, links.LEAVE).split("/")[3]
        name = purpose.removeprefix("alerts.")
        others = [other for other in PURPOSES if other not in (purpose, links.LEAVE)]
        made_up = [
            subscriber.public_id.hex,
            str(subscriber.pk),
            right[:-1] + ("A" if right[-1] != "A" else "B"),
            right.swapcase(),
            "x" * 3000,
            ":::",
            "%00",
            "é:é:é",
            *(links.token(subscriber.public_id, purpose=other) for other in others),
        ]
        before = rows()
        for token, ask in itertools.product(made_up, (client.get, client.post)):
            assert ask(f"/alerts/{name}/{token}/").status_code in (400, 404)
        assert rows() == before

    @pytest.mark.parametrize(
        ("purpose", "days", "leads_to"), [(links.CONFIRM, 7, "/alerts/"), (links.MANAGE, 28, "/alerts/link/")]
    )
    def test_that_is_too_old_says_so_and_offers_a_new_one(self, client, chapter, purpose, days, leads_to):
        owner = subscribed({key_of(chapter): "daily"})
        request = asked({key_of(chapter): "weekly"})
        public_id = request.form_key if purpose == links.CONFIRM else owner.public_id
        before = rows()
        for ask in (client.get, client.post):
            response = ask(aged_address_of(public_id, purpose, days=days))
            assert response.status_code == 410
            assert "This link has expired" in response.content.decode()
            assert f'href="{leads_to}"' in response.content.decode()
        assert rows() == before
        assert client.get(aged_address_of(public_id, purpose, days=days - 1)).status_code == 200

    @pytest.mark.parametrize("purpose", PURPOSES)
    def test_of_who_was_erased_says_so(self, client, subscriber, purpose):
        address = address_of(subscriber.public_id, purpose)
        Subscriber.objects.all().delete()
        LinkRequest.objects.all().delete()
        for ask in (client.get, client.post):
            response = ask(address, follow=True)
            assert response.status_code == 200
            assert "erased" in response.content.decode()

    def test_leaves_nothing_on_a_shared_computer(self, client, subscriber):
        for purpose in PURPOSES[1:]:
            response = client.get(address_of(subscriber.public_id, purpose))
            assert "no-store" in response["Cache-Control"]
            assert not response.cookies
            assert "noindex" in response.content.decode()


class TestConfirming:
    def test_keeps_the_words_and_the_moment(self, client, chapter):
        request = asked({key_of(chapter): "daily"}, now=timezone.now())
        send_owed(now=timezone.now())
        page = client.get(mailed(links.CONFIRM))
        assert "Procedures: Neglect" in page.content.decode()
        client.post(mailed(links.CONFIRM))
        consent = Subscriber.objects.get().consents.get()
        assert consent.words == page.context["words"]
        assert consent.words in page.content.decode()
        assert consent.choices == request.choices
        assert Subscription.objects.get().consent == consent

    def test_twice_says_so_and_gives_no_link_away(self, client, chapter):
        asked({key_of(chapter): "daily"}, now=timezone.now())
        send_owed(now=timezone.now())
        client.post(mailed(links.CONFIRM))
        leave(Subscriber.objects.get(), now=timezone.now())
        response = client.post(mailed(links.CONFIRM), follow=True)
        assert "You have confirmed this already" in response.content.decode()
        assert "/alerts/manage/" not in response.content.decode()
        assert Subscriber.objects.get().state == State.LEFT

    def test_adds_to_what_somebody_has(self, chapter, manual):
        subscribed({key_of(chapter): "at_once"})
        subscriber = subscribed({manual: "weekly", key_of(chapter): "daily"})
        assert had(subscriber) == {key_of(chapter): "daily", manual: "weekly"}
        assert Subscriber.objects.count() == 1

    def test_after_leaving_brings_back_only_what_was_chosen_now(self, chapter, manual):
        leave(subscribed({key_of(chapter): "at_once"}), now=NOW)
        subscriber = subscribed({manual: "weekly"}, now=NOW + timedelta(days=1))
        assert subscriber.state == State.ACTIVE
        assert had(subscriber) == {manual: "weekly"}

    def test_in_two_windows_happens_once(self, chapter):
        request = asked({key_of(chapter): "daily"})
        send_owed(now=NOW)
        request.refresh_from_db()
        confirm(request, choices=request.choices, words=WORDS, now=NOW)
        with pytest.raises(AlreadyConfirmed):
            confirm(request, choices=request.choices, words=WORDS, now=NOW)

    def test_leaves_out_what_was_hidden_meanwhile(self, client, chapter, manual):
        asked({key_of(chapter): "daily", manual: "daily"}, now=timezone.now())
        send_owed(now=timezone.now())
        PageViewRestriction.objects.create(page=chapter, restriction_type="login")
        assert "Neglect" not in client.get(mailed(links.CONFIRM)).content.decode()
        client.post(mailed(links.CONFIRM))
        assert had(Subscriber.objects.get()) == {manual: "daily"}

    def test_of_nothing_that_is_left_subscribes_to_nothing(self, client, chapter):
        asked({key_of(chapter): "daily"}, now=timezone.now())
        send_owed(now=timezone.now())
        chapter.unpublish()
        assert "nothing to confirm" in client.post(mailed(links.CONFIRM)).content.decode()
        assert Subscriber.objects.get().state == State.WAITING


class TestManaging:
    def test_shows_and_keeps_exactly_what_is_chosen(self, client, subscriber, chapter, manual):
        address = address_of(subscriber.public_id, links.MANAGE)
        page = client.get(address)
        assert "ash@agency.example" in page.content.decode()
        form = page.context["form"]
        assert {field.label: field.value() for field in form if field.value()} == {
            "Neglect": "at_once",
            "Every change in “Manual”": "weekly",
        }
        response = client.post(address, {f"topic-page-{chapter.pk}": "daily"}, follow=True)
        assert "Saved." in response.content.decode()
        assert had(subscriber) == {key_of(chapter): "daily"}

    def test_keeps_a_consent_for_what_is_new_or_different_alone(self, client, subscriber, chapter, manual):
        first = subscriber.consents.get()
        name = f"topic-manual-{manual.partition(':')[2]}"
        client.post(
            address_of(subscriber.public_id, links.MANAGE), {f"topic-page-{chapter.pk}": "daily", name: "weekly"}
        )
        assert subscriber.subscriptions.get(topic=manual).consent == first
        assert subscriber.subscriptions.get(topic=key_of(chapter)).consent.choices == {key_of(chapter): "daily"}

    def test_nothing_is_to_leave(self, client, subscriber):
        response = client.post(address_of(subscriber.public_id, links.MANAGE), {}, follow=True)
        assert "You get no more alerts" in response.content.decode()
        assert "Get them again" in response.content.decode()

    def test_refuses_what_is_not_offered(self, client, subscriber, chapter, manual):
        address = address_of(subscriber.public_id, links.MANAGE)
        response = client.post(address, {f"topic-page-{chapter.pk}": "hourly"})
        assert "Choose how often" in summary_of(response)
        client.post(address, {f"topic-page-{chapter.pk}": "daily", "topic-page-1": "daily", "topic-x": "daily"})
        assert had(subscriber) == {key_of(chapter): "daily"}

    def test_does_not_name_a_page_that_was_hidden_and_lets_it_go(self, client, subscriber, chapter, manual):
        PageViewRestriction.objects.create(page=chapter, restriction_type="login")
        address = address_of(subscriber.public_id, links.MANAGE)
        page = client.get(address).content.decode()
        assert "Neglect" not in page
        assert "A page that is not public at the moment" in page
        client.post(address, {f"topic-manual-{manual.partition(':')[2]}": "weekly"})
        assert had(subscriber) == {manual: "weekly"}

    def test_of_who_left_leads_to_taking_that_back(self, client, subscriber):
        leave(subscriber, now=timezone.now())
        response = client.get(address_of(subscriber.public_id, links.MANAGE), follow=True)
        assert "Get them again" in response.content.decode()

    def test_far_too_much_at_once_is_refused(self, client, subscriber):
        response = client.post(address_of(subscriber.public_id, links.MANAGE), {"topic-page-1": "x" * 400_000})
        assert response.status_code == 413
        assert had(subscriber)


class TestLeaving:
    def test_by_button_says_so_and_is_taken_back(self, client, subscriber):
        before = had(subscriber)
        address = address_of(subscriber.public_id, links.LEAVE)
        assert "You get no more alerts" in client.post(address, follow=True).content.decode()
        assert Subscriber.objects.active().count() == 0
        response = client.post(address.replace("/leave/", "/undo/"), follow=True)
        assert "You get alerts again" in response.content.decode()
        assert Subscriber.objects.active().get() == subscriber
        assert had(subscriber) == before

    @pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
    def test_by_one_click_works_at_once_without_a_redirect(self, client, subscriber, kind):
        body = "List-Unsubscribe=One-Click"
        if kind.startswith("multipart"):
            body = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
        for _ in range(2):
            response = client.post(address_of(subscriber.public_id, links.LEAVE), body, content_type=kind)
            assert response.status_code == 200
        assert Subscriber.objects.get().state == State.LEFT

    @pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=\xff", "nothing", ""])
    def test_by_one_click_is_not_refused_for_a_body_that_cannot_be_read(self, client, subscriber, kind):
        address = address_of(subscriber.public_id, links.LEAVE)
        assert client.generic("POST", address, b"\0garbage", content_type=kind).status_code == 302
        assert Subscriber.objects.get().state == State.LEFT

    def test_is_not_brought_about_by_a_put(self, client, subscriber):
        for purpose in PURPOSES[1:]:
            assert client.put(address_of(subscriber.public_id, purpose)).status_code == 405
        assert Subscriber.objects.get().state == State.ACTIVE

    def test_works_from_the_oldest_mail(self, client, subscriber):
        client.post(aged_address_of(subscriber.public_id, links.LEAVE, days=5000), ONE_CLICK)
        assert Subscriber.objects.get().state == State.LEFT

    def test_of_many_from_one_network_is_never_slowed(self, client, chapter):
        """Mail programs of many people press it from one address."""
        address = address_of(subscribed({key_of(chapter): "daily"}).public_id, links.LEAVE)
        assert {client.post(address, ONE_CLICK).status_code for _ in range(40)} == {200}

    def test_is_taken_back_for_28_days(self, subscriber):
        leave(subscriber, now=NOW)
        with pytest.raises(TooLateToUndo):
            undo(subscriber, now=NOW + timedelta(days=28))
        undo(subscriber, now=NOW + timedelta(days=27, hours=23))
        assert Subscriber.objects.get().state == State.ACTIVE

    def test_and_coming_back_sends_nothing_from_between(self, subscriber):
        leave(subscriber, now=NOW)
        undo(subscriber, now=NOW + timedelta(days=3))
        assert set(subscriber.subscriptions.values_list("since", flat=True)) == {NOW + timedelta(days=3)}

    def test_is_not_taken_back_by_opening_a_page(self, client, subscriber):
        leave(subscriber, now=timezone.now())
        address = address_of(subscriber.public_id, links.LEAVE).replace("/leave/", "/undo/")
        for ask in (client.get, client.head):
            assert ask(address).status_code == 302
        assert Subscriber.objects.get().state == State.LEFT


class TestNever:
    def test_again_means_no_mail_whatever_is_asked_for(self, client, chapter):
        owner = waiting()
        response = client.post(address_of(owner.public_id, links.NEVER), follow=True)
        assert "We will not write to you again" in response.content.decode()
        asked({key_of(chapter): "daily"})
        asked()
        assert send_owed(now=NOW) == (0, 0)
        assert mail.outbox == []

    def test_keeps_the_address_and_nothing_else(self, client, subscriber):
        client.post(address_of(subscriber.public_id, links.NEVER))
        stopped = Subscriber.objects.get()
        assert stopped.state == State.STOPPED
        assert not stopped.subscriptions.exists()
        assert not stopped.consents.exists()
        assert not LinkRequest.objects.exists()

    def test_cannot_be_undone_by_an_old_link(self, client, subscriber):
        client.post(address_of(subscriber.public_id, links.NEVER))
        for purpose in (links.MANAGE, links.LEAVE):
            client.post(address_of(subscriber.public_id, purpose))
        client.post(address_of(subscriber.public_id, links.LEAVE).replace("/leave/", "/undo/"))
        assert Subscriber.objects.get().state == State.STOPPED

    def test_holds_for_a_link_to_confirm_that_was_sent_before(self, client, chapter):
        request = asked({key_of(chapter): "daily"})
        send_owed(now=NOW)
        request.refresh_from_db()
        with mock.patch("alerts.link_views.LinkRequest.objects.filter") as found:
            found.return_value.first.return_value = request
            Subscriber.objects.update(state=State.STOPPED)
            client.post(address_of(request.form_key, links.CONFIRM))
        assert not Subscription.objects.exists()


def test_forms_are_found_by_people_who_have_no_link(client, chapter):
    assert b"/alerts/link/" in client.get("/alerts/").content
    assert client.post("/alerts/link/", filled_in()).status_code == 302
