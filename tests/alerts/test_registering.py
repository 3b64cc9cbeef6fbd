"""Choosing what to hear of: one page, the same answer for every address, and nothing subscribed before a button."""

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alerts.models import LinkRequest, State, Subscriber, Subscription
from tests.alerts.factories import (
    ADDRESS,
    CHOOSE,
    LINK,
    add_a_chapter,
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


@pytest.fixture
def manual(chapter):
    return chapter.get_parent()


def choosing(manual, address=ADDRESS) -> dict:
    return filled_in(address, **{f"manual_{manual.pk}": "daily"})


class TestTheForm:
    def test_asks_for_an_address_and_nothing_else_of_a_person(self, client, chapter):
        form = client.get(CHOOSE).context["form"]
        assert {name for name in form.fields if not name.startswith("topic-")} == {"address", "website", "key"}

    def test_puts_first_what_somebody_came_for(self, client, chapter):
        response = client.get(f"{CHOOSE}?topic={key_of(chapter)}")
        assert [(field.label, field.value()) for field in response.context["first"]] == [("Neglect", "at_once")]
        assert "The page you came from" in response.content.decode()

    def test_offers_what_somebody_came_for_once(self, client, manual):
        response = client.get(f"{CHOOSE}?topic=manual:{manual.pk}")
        assert [field.label for field in response.context["first"]] == ["Every change in “Manual”"]
        assert response.content.decode().count("Every change in") == 1

    @pytest.mark.parametrize(
        "topic",
        ["", "page:", "page:0", "page:999999999999999", "page:x", "x" * 5000, "<script>", "page:٣", ":", "page"],
    )
    def test_takes_any_nonsense_in_its_address(self, client, chapter, topic):
        response = client.get(CHOOSE, {"topic": topic})
        assert response.status_code == 200
        assert response.context["first"] == []
        assert "<script>" not in response.content.decode().replace("<script type", "")

    def test_says_what_is_missing(self, client, manual):
        assert "Enter your e-mail address" in summary_of(client.post(CHOOSE, choosing(manual, "")))
        assert "Choose at least one thing" in summary_of(client.post(CHOOSE, filled_in()))
        odd = client.post(CHOOSE, filled_in(**{f"manual_{manual.pk}": "hourly"}))
        assert "Choose how often you want to hear of" in summary_of(odd)
        assert not LinkRequest.objects.exists()

    def test_sets_no_cookie_and_is_not_stored(self, client, chapter):
        for address in (CHOOSE, LINK, "/alerts/sent/"):
            response = client.get(address)
            assert not response.cookies
            assert "private" in response["Cache-Control"]
            assert "noindex" in response.content.decode()

    def test_sent_twice_asks_for_one_mail(self, client, manual):
        form = choosing(manual)
        assert [client.post(CHOOSE, form).status_code for _ in range(2)] == [302, 302]
        assert LinkRequest.objects.count() == 1


class TestTheAnswer:
    """To an address that gets alerts, one that waits, one that left, one that complained, and one we never heard of."""

    @pytest.fixture
    def known(self, manual):
        subscribed({f"manual:{manual.pk}": "daily"})
        waiting("waiting@agency.example")
        for state in (State.STOPPED, State.LEFT):
            subscriber = subscribed({f"manual:{manual.pk}": "daily"}, address=f"{state}@agency.example")
            left_at = subscriber.since if state == State.LEFT else None
            Subscriber.objects.filter(pk=subscriber.pk).update(state=state, left_at=left_at)
        return [ADDRESS, "waiting@agency.example", "stopped@agency.example", "left@agency.example"]

    @pytest.mark.parametrize("address", [CHOOSE, LINK])
    def test_is_the_same_in_words_and_work(self, client, manual, known, address):
        answers = set()
        for person in [*known, "nobody@agency.example", "ASH@agency.example"]:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                response = client.post(address, choosing(manual, person))
            page = client.get(response["Location"]).content
            shapes = tuple(query["sql"].partition(" ")[0] for query in queries)
            tables = any("alerts_subscriber" in query["sql"] for query in queries)
            answers.add((response.status_code, response["Location"], page, shapes, tables))
        assert len(answers) == 1
        assert not next(iter(answers))[-1], "nobody is looked up while they wait"

    def test_sends_no_mail_itself(self, client, manual):
        client.post(CHOOSE, choosing(manual))
        assert mail.outbox == []
        assert not Subscriber.objects.exists()

    def test_leads_to_a_mail_with_which_it_is_confirmed(self, client, manual):
        client.post(CHOOSE, choosing(manual, "Ash@AGENCY.example"))
        call_command("send_alert_links")
        assert mail.outbox[0].to == ["Ash@agency.example"]
        assert not Subscription.objects.exists()
        response = client.post(mailed("alerts.confirm"), follow=True)
        assert "Confirmed." in response.content.decode()
        assert list(Subscription.objects.values_list("topic", "frequency")) == [(f"manual:{manual.pk}", "daily")]
        assert Subscriber.objects.get().state == State.ACTIVE


class TestTooMany:
    def test_from_one_network_are_refused_and_other_forms_are_not(self, client, manual):
        statuses = [client.post(CHOOSE, choosing(manual, f"a{number}@b.example")).status_code for number in range(31)]
        assert statuses == [302] * 30 + [429]
        assert client.post(LINK, filled_in()).status_code == 429
        assert LinkRequest.objects.count() == 30

    def test_letters_are_refused(self, client, manual):
        assert client.post(CHOOSE, choosing(manual, "x" * 400_000)).status_code == 413
        assert "characters or fewer" in summary_of(client.post(CHOOSE, choosing(manual, "x" * 400)))
        assert not LinkRequest.objects.exists()

    @pytest.mark.parametrize(
        "address",
        ["a@b.example\r\nBcc: c@d.example", "a@b.example\nSubject: x", "a@b.example,c@d.example", "<a@b.example>"],
    )
    def test_addresses_at_once_are_none(self, client, manual, address):
        assert "usual form" in summary_of(client.post(CHOOSE, choosing(manual, address)))
        assert not LinkRequest.objects.exists()


def test_programs_are_kept_out_as_of_all_forms(client, manual):
    assert "people do not see" in summary_of(client.post(CHOOSE, choosing(manual) | {"website": "x"}))
    assert "open for a long time" in summary_of(client.post(CHOOSE, choosing(manual) | {"key": "x"}))
    assert not LinkRequest.objects.exists()
