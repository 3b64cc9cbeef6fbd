"""The forms: who gets one, what it says, what it does with what people type. What is one kind's own is said there."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from enquiries.models import REFERENCE_LENGTH, REFERENCE_LETTERS, AmendmentSuggestion, new_reference
from tests.enquiries.factories import (
    add_chapter,
    aged_key,
    filled_in,
    form_url,
    of_each_kind,
    of_each_kind_about_a_page,
)
from tests.once import once
from tests.pagetypes.models import LeafletPage
from tests.test_privacy import WAYS
from tests.updates.factories import make_chapter, make_plain

pytestmark = pytest.mark.django_db


page = once(add_chapter)


def read(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def summary_of(response) -> str:
    box = read(response).select_one(".govuk-error-summary")
    return box.get_text(" ", strip=True) if box else ""


def value_of(response, name) -> str:
    field = read(response).select_one(f"[name={name}]")
    # A browser leaves out the first new line of a textarea.
    return field.text.removeprefix("\n") if field.name == "textarea" else field.get("value", "")


class TestTheForm:
    def test_is_there_for_a_public_page_that_keeps_editions(self, client, page):
        response = client.get(form_url(page))
        assert response.status_code == 200
        assert "Neglect" in response.content.decode()

    @of_each_kind_about_a_page
    @pytest.mark.parametrize("hide", WAYS.values(), ids=WAYS)
    def test_is_not_there_for_a_page_that_readers_may_not_see(self, client, kind, hide):
        page = kind.add_page(title="Zebra")
        hide(page)
        for response in (client.get(kind.form_url(page)), client.post(kind.form_url(page), kind.filled_in())):
            assert response.status_code == 404
            assert b"Zebra" not in response.content
        assert not kind.model.objects.exists()

    def test_is_not_there_below_a_private_page(self, client, page):
        below = make_chapter(page, published=True, title="Below")
        PageViewRestriction.objects.create(page=page, restriction_type="login")
        assert client.get(form_url(below)).status_code == 404

    def test_is_not_there_for_a_page_without_editions(self, client, page):
        plain = make_plain(page.get_parent(), published=True)
        assert client.get(plain.url).status_code == 200
        assert client.get(form_url(plain)).status_code == 404

    @pytest.mark.parametrize("pk", ["0", "99999999", "9" * 30, "x", "-1", "1%00"])
    def test_is_not_there_for_numbers_of_no_page(self, client, page, pk):
        assert client.get(f"/suggest-an-amendment/{pk}/").status_code in (400, 404)

    def test_names_the_section(self, client, page, monkeypatch):
        monkeypatch.setattr(
            LeafletPage, "section_title", lambda page, code: {"abcd1234": "Thresholds"}.get(code), False
        )
        response = client.get(form_url(page, "abcd1234"))
        assert "“Thresholds”" in response.content.decode()
        assert f'href="{page.url}#s-abcd1234"' in response.content.decode()
        client.post(form_url(page, "abcd1234"), filled_in())
        sent = AmendmentSuggestion.objects.get()
        assert (sent.section_code, sent.section_title) == ("abcd1234", "Thresholds")

    @pytest.mark.parametrize("code", ["nothere1", "x" * 5000, "<script>", "' OR 1=1 --", "😀"])
    def test_ignores_a_section_that_is_not_there(self, client, page, code, monkeypatch):
        monkeypatch.setattr(LeafletPage, "section_title", lambda page, code: None, False)
        for response in (client.get(form_url(page), {"section": code}), client.get(form_url(page, code))):
            assert response.status_code == 200
            assert b"<script>" not in response.content
            assert b"#s-" not in response.content

    @pytest.mark.parametrize(
        ("days", "said"), [(1, "Send it by"), (0, "Send it by"), (-1, "Suggestions for the next update closed on")]
    )
    def test_says_by_when_it_is_in_time(self, client, page, days, said, monkeypatch):
        closes = timezone.localdate() + timedelta(days=days)
        monkeypatch.setattr(LeafletPage, "suggestions_close", lambda page: closes, False)
        text = read(client.get(form_url(page))).get_text(" ", strip=True)
        assert said in text
        assert f"{closes.day} {closes:%B %Y}" in text
        assert client.post(form_url(page), filled_in()).status_code == 302

    def test_without_a_cut_off_says_none(self, client, page):
        assert "the next time we work on this page" in client.get(form_url(page)).content.decode()

    @of_each_kind
    def test_points_at_the_emergency_route_and_refuses_referrals(self, client, kind):
        main = read(client.get(kind.form_url(kind.add_page()))).main
        assert "Do not use this form to tell us about a child" in main.text
        assert main.select_one('a[href="tel:999"]')

    @of_each_kind
    def test_is_for_no_search_engine_and_no_store(self, client, kind):
        address = kind.form_url(kind.add_page())
        response = client.get(address)
        assert read(response).select_one("meta[name=robots][content=noindex]")
        assert "private" in response["Cache-Control"]
        assert client.get(address).context is not None, "rendered anew, not taken from the stored pages"
        assert value_of(client.get(address), "key") != value_of(response, "key")


class TestCookies:
    @of_each_kind
    def test_are_never_set(self, client, kind):
        address = kind.form_url(kind.add_page())
        for response in (
            client.get(address),
            client.post(address, {}),
            sent := client.post(address, kind.filled_in()),
            client.get(sent.url),
        ):
            assert not response.cookies
            assert "Cookie" not in response.get("Vary", "")

    @of_each_kind
    def test_are_not_needed_to_send(self, kind):
        address = kind.form_url(kind.add_page())
        assert Client(enforce_csrf_checks=True).post(address, kind.filled_in()).status_code == 302


class TestSending:
    def test_keeps_what_was_typed_with_the_page_as_it_read(self, client, page):
        client.post(form_url(page), filled_in(change="Line one\r\nLine two", reason="New guidance"))
        sent = AmendmentSuggestion.objects.get()
        assert (sent.page_id, sent.page_title, sent.edition_number) == (page.pk, "Neglect", 1)
        assert (sent.change, sent.reason) == ("Line one\nLine two", "New guidance")
        assert (sent.sender_name, sent.sender_agency, sent.sender_email) == ("Ash", "A school", "ash@agency.example")
        assert sent.state == "new"
        assert not sent.may_hold_details

    @of_each_kind
    def test_leads_to_thanks_with_a_reference_nobody_can_guess(self, client, kind):
        form = kind.filled_in()
        response = client.post(kind.form_url(kind.add_page()), form, follow=True)
        sent = kind.model.objects.get()
        assert response.redirect_chain[0][1] == 302
        assert sent.reference_display in response.content.decode()
        assert re.fullmatch(f"[{REFERENCE_LETTERS}]{{{REFERENCE_LENGTH}}}", sent.reference)
        for private in ("Ash", "A school", "agency.example", form[kind.written]):
            assert private not in response.content.decode()
        assert read(response).select_one("meta[name=robots][content=noindex]")

    def test_gives_no_two_references_alike(self):
        # Chance alone would repeat one of 2,000 once in 300 million runs; anything counted or timed repeats or runs on.
        references = {new_reference() for _ in range(2_000)}
        assert len(references) == 2_000
        assert len({reference[:4] for reference in references}) > 1_900

    def test_needs_nothing_but_the_change(self, client, page):
        only = {"change": "x", "key": aged_key()}
        assert client.post(form_url(page), only).status_code == 302

    @of_each_kind
    def test_the_same_form_twice_makes_one_row(self, client, kind):
        address, form = kind.form_url(kind.add_page()), kind.filled_in()
        first, second = client.post(address, form), client.post(address, form)
        assert kind.model.objects.count() == 1
        assert first.url == second.url

    def test_two_people_at_once_makes_two_rows(self, client, page):
        client.post(form_url(page), filled_in())
        client.post(form_url(page), filled_in())
        assert AmendmentSuggestion.objects.count() == 2

    def test_says_so_when_it_could_not_be_stored(self, page, client, monkeypatch):
        """A fault that is not a form sent twice is not taken for one."""

        def fail(*args, **kwargs):
            raise IntegrityError("something else")

        monkeypatch.setattr(AmendmentSuggestion.objects, "create", fail)
        with pytest.raises(IntegrityError):
            client.post(form_url(page), filled_in())


class TestThanks:
    @pytest.mark.parametrize("form", ["suggest-an-amendment", "accessible-format"])
    @pytest.mark.parametrize("reference", ["AAAAAAAAAA", "1", "a" * 500])
    def test_are_not_there_for_others(self, client, page, form, reference):
        assert client.get(f"/{form}/sent/{reference}/").status_code == 404

    @of_each_kind_about_a_page
    def test_do_not_name_a_page_that_became_private(self, client, kind):
        page = kind.add_page(title="Zebra")
        address = client.post(kind.form_url(page), kind.filled_in()).url
        assert b"Zebra" in client.get(address).content
        PageViewRestriction.objects.create(page=page, restriction_type="login")
        response = client.get(address)
        assert response.status_code == 200
        assert b"Zebra" not in response.content


class TestAMistake:
    def test_is_summed_up_and_said_at_the_field(self, client, page):
        response = client.post(form_url(page), filled_in(change=" ", sender_email="ash"))
        html = read(response)
        assert response.status_code == 200
        assert html.title.text.startswith("Error: ")
        links = {link["href"]: link.text for link in html.select(".govuk-error-summary a")}
        assert links["#id_change"] == "Write what should change"
        assert "usual form" in links["#id_sender_email"]
        assert html.select_one(".govuk-error-summary").has_attr("autofocus")
        field = html.select_one("#id_change")
        assert field["aria-invalid"] == "true"
        assert "id_change_error" in field["aria-describedby"].split()
        assert html.select_one("#id_change_error")

    def test_keeps_everything_that_was_typed(self, client, page):
        typed = {"change": "", "reason": "<b>Because</b>\n“so”", "sender_name": 'A "B"', "sender_email": "no"}
        response = client.post(form_url(page), filled_in(**typed))
        for name, value in typed.items():
            assert value_of(response, name) == value
        assert b"<b>Because" not in response.content

    def test_put_right_is_sent(self, client, page):
        form = filled_in(change="")
        client.post(form_url(page), form)
        assert client.post(form_url(page), form | {"change": "Now"}).status_code == 302

    @pytest.mark.parametrize("name", ["change", "reason"])
    def test_of_length_says_how_long_it_is(self, client, page, name):
        response = client.post(form_url(page), filled_in(**{name: "é" * 5001}))
        assert "5,000 characters or fewer. It has 5001" in summary_of(response)
        assert value_of(response, name) == "é" * 5001
        assert not read(response).select_one(f"[name={name}]").has_attr("maxlength")

    def test_is_none_at_the_limit_however_lines_end(self, client, page):
        assert client.post(form_url(page), filled_in(change="a\r\n" * 2500)).status_code == 302


class TestOddText:
    @pytest.mark.parametrize(
        "text",
        [
            "👩‍👧 ünïcode",
            "שלום عالم",
            "=cmd|' /C calc'!A0",
            "<script>alert(1)</script>",
            "{{ 7*7 }}",
            "%s %(x)s",
            "\\x00",
        ],
    )
    def test_is_kept_as_it_is(self, client, page, text):
        assert client.post(form_url(page), filled_in(change=text)).status_code == 302
        assert AmendmentSuggestion.objects.get().change == text

    def test_loses_what_cannot_be_seen(self, client, page):
        typed = "a\x00b\x07c\u202ed\ue000\ufeffe\u2028f"
        assert client.post(form_url(page), filled_in(change=typed, sender_name=typed)).status_code == 302
        sent = AmendmentSuggestion.objects.get()
        assert sent.change == "abcd\ue000e\u2028f"
        assert sent.sender_name == "abcd\ue000e f"

    @pytest.mark.parametrize("name", ["sender_name", "sender_agency"])
    def test_of_a_name_is_one_line(self, client, page, name):
        client.post(form_url(page), filled_in(**{name: "Ash\r\nBcc: all@agency.example"}))
        assert getattr(AmendmentSuggestion.objects.get(), name) == "Ash Bcc: all@agency.example"

    @pytest.mark.parametrize(
        "address", ["a@b.example\r\nBcc: c@d.example", "a@b.example,c@d.example", "a@b.example\x00", '"a\n"@b.example']
    )
    def test_is_no_address(self, client, page, address):
        response = client.post(form_url(page), filled_in(sender_email=address))
        assert response.status_code == 200
        assert not AmendmentSuggestion.objects.exists()

    @pytest.mark.parametrize(
        ("body", "kind"),
        [
            (b"change=%FF%FE", "application/x-www-form-urlencoded"),
            (b"change=%ED%A0%80", "application/x-www-form-urlencoded"),
            (b"change=a", "application/x-www-form-urlencoded; charset=utf-16"),
            (b"change=a", "application/x-www-form-urlencoded; charset=nonsense"),
            (b'{"change": "a"}', "application/json"),
            (b"broken", "multipart/form-data; boundary=x"),
            (b"", "text/plain"),
        ],
    )
    def test_of_a_program_never_fails(self, client, page, body, kind):
        response = client.generic("POST", form_url(page), body, content_type=kind)
        assert response.status_code in (200, 400)
        assert not AmendmentSuggestion.objects.exists()

    def test_of_a_megabyte_is_turned_away_with_a_sentence(self, client, page):
        response = client.post(form_url(page), filled_in(change="x" * 1_000_000))
        assert response.status_code == 413
        assert "too long" in summary_of(response)
        assert len(response.content) < 100_000

    def test_twice_under_one_name_never_fails(self, client, page):
        assert client.post(form_url(page), filled_in(change=["a", "b"], key=[aged_key(), "x"])).status_code == 200


class TestOtherMethods:
    @pytest.mark.parametrize("method", ["put", "delete", "patch"])
    def test_are_not_forms(self, client, page, method):
        response = getattr(client, method)(form_url(page))
        assert response.status_code in (200, 405)
        assert not AmendmentSuggestion.objects.exists()

    def test_head_and_options_are_answered(self, client, page):
        assert client.head(form_url(page)).status_code == 200
        assert client.options(form_url(page)).status_code == 200
