"""Asking for a file in another format: for files that are offered, with a day to answer by, answered as people can."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from enquiries.mail import send_owed
from enquiries.models import AccessibleFormatRequest, AmendmentSuggestion, EnquirySettings
from enquiries.services import decide, receive
from enquiries.states import State
from tests.enquiries.factories import (
    FORMATS,
    add_chapter,
    add_shelf,
    aged_key,
    format_filled_in,
    format_url,
    make_closed,
    make_request,
    make_staff,
    make_suggestion,
)
from tests.enquiries.test_form import read, summary_of, value_of
from tests.enquiries.test_mail import both_texts, subjects
from tests.factories import make_contact
from tests.pagetypes.models import ShelfPage
from tests.updates.factories import make_chapter

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return add_shelf()


def text(response) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def answer_within(days: int):
    settings = EnquirySettings.load()
    settings.formats_answer_within_days = days
    settings.save()


class TestTheForm:
    def test_names_the_file_and_its_page(self, client, page):
        main = read(client.get(format_url(page))).main
        assert "“Screening tool”, from Toolkit" in main.get_text(" ", strip=True)
        assert main.select_one(f'a[href="{page.url}"]')

    @pytest.mark.parametrize("key", ["0", "99999999", "9" * 30, "x", "-1", "1%00", "9" * 5000])
    def test_is_not_there_for_a_file_that_is_not_offered(self, client, page, key):
        assert client.get(f"/accessible-format/{page.pk}/{key}/").status_code in (400, 404)

    def test_is_not_there_for_a_file_of_another_page(self, client, page):
        other = make_chapter(page.get_parent(), published=True, model=ShelfPage)
        assert client.get(format_url(other, page.files.get().pk)).status_code == 404

    def test_is_not_there_once_the_file_is_gone(self, client, page):
        address = format_url(page)
        page.files.all().delete()
        for response in (client.get(address), client.post(address, format_filled_in())):
            assert response.status_code == 404
        assert not AccessibleFormatRequest.objects.exists()

    def test_is_not_there_for_a_page_that_offers_no_files(self, client):
        assert client.get(format_url(add_chapter(), 1)).status_code == 404

    def test_shows_the_title_of_a_file_never_as_html(self, client):
        page = add_shelf("<script>alert(1)</script>")
        assert b"<script>alert(1)" not in client.get(format_url(page)).content
        assert "<script>alert(1)" in text(client.get(format_url(page)))

    def test_names_the_team_to_ask_instead_where_there_is_one(self, client, page):
        assert "directly" not in text(client.get(format_url(page)))
        page.keeper = make_contact(team="Formats team", phone="01632 960009", email="formats@board.example")
        page.save()
        shown = text(client.get(format_url(page)))
        assert "Or ask us directly: Formats team" in shown
        assert "01632 960009" in shown

    def test_says_what_the_way_to_reach_somebody_is_for(self, client, page):
        shown = text(client.get(format_url(page)))
        assert "We use it to answer this request, and for nothing else." in shown
        assert "We erase what you send 3 months after we have answered." in shown


class TestAMistake:
    def test_says_what_is_missing_and_leads_there(self, client, page):
        response = client.post(format_url(page), {"key": aged_key()})
        html = read(response)
        links = {link.text: link["href"] for link in html.select(".govuk-error-summary a")}
        assert set(links) == {"Choose the format that you need", "Enter an e-mail address, or another way to reach you"}
        assert all(html.select_one(href) for href in links.values())

    @pytest.mark.parametrize(("wanted", "said"), [("language", "Say which language"), ("other", "Say what you need")])
    def test_is_a_choice_that_says_nothing_without_words(self, client, page, wanted, said):
        response = client.post(format_url(page), format_filled_in(wanted=wanted, details=" "))
        assert summary_of(response) == f"There is a problem {said}"
        assert not AccessibleFormatRequest.objects.exists()

    def test_in_one_way_is_not_taken_for_none(self, client, page):
        response = client.post(format_url(page), format_filled_in(sender_email="ash"))
        assert "usual form" in summary_of(response)
        assert "another way" not in summary_of(response)

    def test_keeps_what_was_typed_and_chosen(self, client, page):
        typed = {"wanted": "language", "details": "", "sender_email": "no", "other_way": "<b>Ring</b>\n“after six”"}
        response = client.post(format_url(page), format_filled_in(**typed))
        assert read(response).select_one("[name=wanted][checked]")["value"] == "language"
        assert value_of(response, "other_way") == typed["other_way"]
        assert value_of(response, "sender_email") == "no"
        assert b"<b>Ring" not in response.content

    @pytest.mark.parametrize("wanted", ["", "nonsense", "x" * 5000, "Braille\x00", ["braille", "nonsense"]])
    def test_is_a_format_that_is_not_in_the_list(self, client, page, wanted):
        assert client.post(format_url(page), format_filled_in(wanted=wanted)).status_code == 200
        assert not AccessibleFormatRequest.objects.exists()

    @pytest.mark.parametrize(("name", "limit"), [("other_way", 500), ("details", 5000)])
    def test_of_length_says_how_long_it_is(self, client, page, name, limit):
        response = client.post(format_url(page), format_filled_in(**{name: "é" * (limit + 1)}))
        assert f"{limit:,} characters or fewer. It has {limit + 1}" in summary_of(response)
        assert value_of(response, name) == "é" * (limit + 1)

    def test_is_none_where_an_address_has_a_postcode(self, client, page):
        form = format_filled_in(sender_email="", other_way="4 Mill Lane, AB12 3DE")
        assert client.post(format_url(page), form).status_code == 302
        assert not AccessibleFormatRequest.objects.get().may_hold_details


class TestSending:
    def test_keeps_the_file_as_it_was_called(self, client):
        page = add_shelf("T" * 300)
        client.post(format_url(page), format_filled_in())
        sent = AccessibleFormatRequest.objects.get()
        assert (sent.page_id, sent.page_title) == (page.pk, "Toolkit")
        assert (sent.file_key, sent.file_title) == (page.files.get().pk, "T" * 255)
        assert (sent.wanted, sent.details, sent.sender_name) == ("large print", "18 point, please.", "Ash")

    def test_needs_nothing_but_a_format_and_one_way(self, client, page):
        only = {"wanted": "audio", "other_way": "01632 960123", "key": aged_key()}
        assert client.post(format_url(page), only).status_code == 302
        sent = AccessibleFormatRequest.objects.get()
        assert (sent.sender_email, sent.other_way) == ("", "01632 960123")

    def test_outlives_the_file_and_the_page(self, client, page):
        client.post(format_url(page), format_filled_in())
        page.delete()
        assert AccessibleFormatRequest.objects.get().subject() == "Screening tool, Toolkit"

    def test_says_file_and_page_once_where_they_are_called_alike(self):
        assert make_request(page_title="Toolkit", file_title="Toolkit").subject() == "Toolkit"


class TestTheDay:
    def test_is_so_many_working_days_after_it_came(self):
        # A Wednesday; ten working days pass over two weekends.
        now = datetime(2026, 11, 25, 12, tzinfo=UTC)
        asked = {"page_title": "T", "file_key": 1, "file_title": "T", "wanted": "audio", "other_way": "01632 960123"}
        sent = receive(AccessibleFormatRequest, form_key=uuid4(), now=now, **asked)
        assert sent.answer_by == date(2026, 12, 9)

    def test_is_counted_on_the_wall_in_london(self):
        answer_within(1)
        # Half past midnight on a Tuesday there.
        now = datetime(2026, 7, 6, 23, 30, tzinfo=UTC)
        assert AccessibleFormatRequest.fields_on_receipt(now=now) == {"answer_by": date(2026, 7, 8)}

    def test_is_said_before_and_after_and_does_not_move(self, client, page):
        answer_within(3)
        expected = AccessibleFormatRequest.answer_day(on=timezone.localdate())
        said = f"{expected.day} {expected:%B %Y}"
        assert f"we will answer by {said}" in text(client.get(format_url(page)))
        thanks = client.post(format_url(page), format_filled_in()).url
        answer_within(30)
        assert f"We answer by {said}" in text(client.get(thanks))
        assert AccessibleFormatRequest.objects.get().answer_by == expected


class TestTheDatabase:
    @pytest.mark.parametrize(
        ("fields", "broken"),
        [
            ({"sender_email": ""}, "can_be_answered"),
            ({"wanted": "language", "details": ""}, "says_which"),
            ({"state": "accepted", "closed_at": timezone.now()}, "made_comes_with_how"),
        ],
    )
    def test_knows_what_a_request_needs(self, fields, broken):
        with pytest.raises(IntegrityError, match=broken), transaction.atomic():
            make_request(**fields)


class TestTheTeam:
    def give_keeper(self, page, **fields):
        page.keeper = make_contact(**{"team": "Formats team", "email": "formats@board.example"} | fields)
        page.save()

    def told(self) -> list[str]:
        send_owed(now=timezone.now())
        return [address for message in mail.outbox for address in message.to if address != "ash@agency.example"]

    def test_hears_of_it_without_a_word_of_the_sender(self, page):
        self.give_keeper(page)
        request = make_request(page, wanted="braille", details="Secret", sender_name="Ash", other_way="01632 960123")
        assert self.told() == ["formats@board.example"]
        told = next(message for message in mail.outbox if message.to == ["formats@board.example"])
        assert f"/admin/accessible-formats/edit/{request.pk}/" in told.body
        assert f"answer by {request.answer_by.day} {request.answer_by:%B %Y}" in told.body
        assert "Screening tool, Toolkit" in told.body
        for private in ("Secret", "Ash", "ash@agency", "01632", "raille"):
            assert private not in both_texts(told)

    def test_and_the_owner_hear_of_it_once_each(self, page):
        page.owner = make_staff(FORMATS.handles, email="formats@board.example")
        self.give_keeper(page, email="Formats@board.example")
        make_request(page)
        assert [address.casefold() for address in self.told()] == ["formats@board.example"]

    @pytest.mark.parametrize("fields", [{"email": ""}, None])
    def test_without_an_address_leaves_it_to_the_owner(self, page, fields):
        page.owner = make_staff(FORMATS.handles, email="owner@board.example")
        page.save()
        if fields:
            self.give_keeper(page, **fields)
        make_request(page)
        assert self.told() == ["owner@board.example"]

    def test_of_a_page_that_is_gone_hears_nothing_and_the_sender_does(self):
        make_request()
        assert self.told() == []
        assert [message.to for message in mail.outbox] == [["ash@agency.example"]]


class TestTheAnswer:
    @pytest.fixture
    def request_sent(self, page):
        return make_request(page, acknowledged_at=timezone.now(), staff_told_at=timezone.now())

    def told(self, request, state, outcome="Here: https://board.example/large.pdf & more") -> str:
        decide(request, state=state, outcome=outcome, user=None, now=timezone.now())
        send_owed(now=timezone.now())
        return both_texts(mail.outbox[-1])

    def test_made_says_how_to_get_it(self, request_sent):
        said = self.told(request_sent, State.ACCEPTED)
        assert subjects() == [f"Your request {request_sent.reference_display}: how you get it"]
        assert "We have made it. This is how you get it:" in mail.outbox[0].body
        assert 'href="https://board.example/large.pdf"' in said
        assert "large.pdf & more" in said
        assert "next update" not in said
        assert "18 point" not in said

    def test_no_says_why(self, request_sent):
        said = self.told(request_sent, State.DECLINED, "The film it shows is not ours.")
        assert "We cannot make it in the format that you asked for. This is why:" in mail.outbox[0].body
        assert "The film it shows is not ours." in said
        assert "change" not in said

    def test_a_question_says_where_to_answer(self, request_sent, settings):
        assert settings.DEFAULT_FROM_EMAIL in self.told(request_sent, State.ASKED, "Which size?")

    def test_acknowledged_says_by_when(self):
        request = make_request()
        send_owed(now=timezone.now())
        assert f"We will answer by {request.answer_by.day} {request.answer_by:%B %Y}." in mail.outbox[0].body

    def test_to_who_gave_no_address_is_no_mail(self):
        request = make_request(sender_email="", other_way="01632 960123")
        decide(request, state=State.ACCEPTED, outcome="Posted", user=None, now=timezone.now())
        assert send_owed(now=timezone.now()) == (0, 0)


class TestTheQueue:
    @pytest.fixture
    def staff(self, client):
        user = make_staff(FORMATS.handles)
        client.force_login(user)
        return user

    def press(self, client, request, button, **fields):
        form = {"notes": "", "assigned_to": "", "draft": "", f"action-{button}": "1"} | fields
        return client.post(FORMATS.screen(request), form, follow=True)

    def make_some(self) -> dict:
        today = timezone.localdate()
        late = {"answer_by": today - timedelta(days=1)}
        return {
            "today": make_request(answer_by=today),
            "late": make_request(wanted="audio", **late),
            "asked": make_request(state="asked", outcome="?", **late),
            "done": make_closed(make_request, **late),
        }

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("overdue=yes", {"late", "asked"}),
            ("wanted=audio", {"late"}),
            ("wanted=nonsense", {"today", "late", "asked", "done"}),
        ],
    )
    def test_is_narrowed(self, client, staff, query, found):
        made = self.make_some()
        shown = client.get(f"{FORMATS.queue}?{query}").content.decode()
        assert {name for name, request in made.items() if request.reference_display in shown} == found

    def test_tells_file_format_and_what_is_overdue(self, client, staff):
        made = self.make_some()
        rows = read(client.get(FORMATS.queue)).select("tbody tr")
        said = {name: next(row for row in rows if made[name].reference_display in row.text).text for name in made}
        day = made["late"].answer_by
        assert {name for name in said if f"Overdue since {day.day} {day:%B %Y}" in said[name]} == {"late", "asked"}
        assert "Screening tool, A page of long ago" in said["late"]
        assert "Audio" in said["late"]

    def test_is_counted_on_the_first_page_beside_the_other_for_who_has_both(self, client):
        client.force_login(make_staff(FORMATS.handles, "change_amendmentsuggestion"))
        self.make_some(), make_suggestion(received_at=timezone.now() - timedelta(days=40))
        home = text(client.get("/admin/"))
        assert "Accessible formats : 3 waiting , 2 past the day to answer by" in home
        assert "Suggested amendments : 1 waiting , 1 for more than 28 days" in home

    def test_shows_what_was_sent_and_never_as_html(self, client, staff):
        evil = "<script>alert(1)</script>"
        request = make_request(details=evil, sender_name=evil, other_way=evil, file_title=evil, page_title=evil)
        for address in (FORMATS.screen(request), FORMATS.queue, f"{FORMATS.queue}history/{request.pk}/"):
            assert evil not in client.get(address).content.decode()
        assert evil in text(client.get(FORMATS.screen(request)))

    def test_made_needs_words_on_how_to_get_it(self, client, staff):
        request = make_request()
        assert "We have made it" in text(client.get(FORMATS.screen(request)))
        response = self.press(client, request, "accept", draft=" ", notes="Kept")
        assert "Say how the sender gets it." in text(response)
        assert "Kept" in text(response)
        request.refresh_from_db()
        assert (request.state, request.notes) == ("new", "")

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({}, "An e-mail goes out within a minute."),
            ({"sender_email": "", "other_way": "01632 960123"}, "tell the sender yourself"),
        ],
    )
    def test_says_whether_the_sender_will_hear(self, client, staff, fields, said):
        assert said in text(self.press(client, make_request(**fields), "accept", draft="Posted"))

    def test_does_not_let_staff_change_what_was_sent(self, client, staff):
        request = make_request()
        self.press(client, request, "edit", wanted="braille", details="x", sender_email="", answer_by="2030-01-01")
        again = AccessibleFormatRequest.objects.get()
        assert (again.wanted, again.details, again.answer_by) == (request.wanted, request.details, request.answer_by)

    def test_of_one_kind_does_not_open_the_other(self, client, staff):
        suggestion = make_suggestion()
        assert client.get("/admin/suggested-amendments/").status_code in (302, 403)
        client.post(f"/admin/suggested-amendments/edit/{suggestion.pk}/", {"draft": "x", "action-accept": "1"})
        assert AmendmentSuggestion.objects.get().state == "new"

    def test_is_narrowed_to_a_page(self, client, staff, page):
        here, there = make_request(page), make_request()
        shown = client.get(f"{FORMATS.queue}?page={page.pk}").content.decode()
        assert here.reference_display in shown
        assert there.reference_display not in shown
