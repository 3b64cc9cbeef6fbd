"""Words for the same, answers that come first, and help before anything else."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from organisation.models import ContactsPage
from search.answers import Phrase, first_for
from search.engine.words import words_of
from search.models import EmergencyPhrase, PromotedAnswer, SameWords
from tests.factories import add_home, add_information, add_page, make_contact, make_manager
from tests.once import once

pytestmark = pytest.mark.django_db
TODAY = date(2030, 6, 1)
SHIPPED = import_module("search.migrations.0003_first_words")


@once
def home():
    return add_home()


def soup_of(client, query) -> BeautifulSoup:
    return BeautifulSoup(client.get("/search/", {"q": query}).content, "html.parser").find("main")


def titles(client, query) -> list[str]:
    return [link.get_text() for link in soup_of(client, query).select("ul.archive h2 a")]


def promote(page=None, **fields) -> PromotedAnswer:
    return PromotedAnswer.objects.create(
        **{"phrases": "zebra\nstriped horse", "title": "Ask the keeper", "page": page} | fields
    )


class TestWordsForTheSame:
    def test_find_each_other_in_all_forms(self, client, home):
        SameWords.objects.create(words="ZBR, striped horse, zebra")
        add_information(home, title="About zebras")
        add_information(home, title="The striped horses")
        for query in ("zbr", "zebra", "ZEBRAS", "striped horse", "a striped horse"):
            assert set(titles(client, query)) == {"About zebras", "The striped horses"}, query

    def test_hold_at_once_and_until_they_are_deleted(self, client, home, django_capture_on_commit_callbacks):
        add_information(home, title="About zebras")
        assert titles(client, "zbr") == []
        with django_capture_on_commit_callbacks(execute=True):
            same = SameWords.objects.create(words="zbr, zebra")
        assert titles(client, "zbr") == ["About zebras"]
        with django_capture_on_commit_callbacks(execute=True):
            same.delete()
        assert titles(client, "zbr") == []

    @pytest.mark.parametrize("words", ["", "one", "one, ONE", ", ,", "one, !!", ",".join(f"w{n}" for n in range(13))])
    def test_are_two_at_least_and_words(self, words):
        with pytest.raises(ValidationError):
            SameWords(words=words).full_clean()

    def test_are_shipped_and_fit_the_rules(self):
        assert SameWords.objects.count() == len(SHIPPED.SAME_WORDS) > 30
        for same in SameWords.objects.all():
            same.full_clean()


class TestHelp:
    @pytest.mark.parametrize(
        "query",
        [
            "report abuse",
            "Reporting abuse!",
            "I am worried about my child",
            "999",
            "is a child in danger?",
            "EMERGENCY",
        ],
    )
    def test_comes_first(self, client, home, query):
        main = soup_of(client, query)
        help_first = main.find(id="help-first")
        assert help_first
        assert main.find("a", href="tel:999")
        assert main.select("section.callout, p[role=status]")[0] == help_first.parent

    @pytest.mark.parametrize("query", ["neglect strategy", "dangerous dogs", "call for news", "1999", "the of"])
    def test_does_not_come_for_other_words(self, client, home, query):
        assert not soup_of(client, query).find(id="help-first")

    def test_is_the_staffs_to_change(self, client, home, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            EmergencyPhrase.objects.all().delete()
            EmergencyPhrase.objects.create(phrase="zebra loose")
        assert not soup_of(client, "report abuse").find(id="help-first")
        assert soup_of(client, "a zebra is loose").find(id="help-first")

    def test_is_shipped_for_words_that_fit_the_rules(self):
        assert set(EmergencyPhrase.objects.values_list("phrase", flat=True)) == set(SHIPPED.EMERGENCY_PHRASES)
        for phrase in EmergencyPhrase.objects.all():
            phrase.full_clean()
            assert Phrase.of(phrase.phrase).is_in(words_of(f"please, {phrase.phrase} today"))
        with pytest.raises(ValidationError):
            EmergencyPhrase(phrase="!?").full_clean()


class TestAnswersThatComeFirst:
    def test_stand_above_what_is_found(self, client, home):
        page = add_information(home, title="Something")
        promote(page, text="He is in from nine.")
        main = soup_of(client, "where are the zebras")
        (answer,) = main.select("div.callout")
        assert answer.a["href"] == page.url
        assert "He is in from nine." in answer.get_text()
        assert not soup_of(client, "horse striped").select("div.callout")

    @pytest.mark.parametrize("hide", [lambda page: page.unpublish(), None], ids=["taken down", "private"])
    def test_never_lead_to_what_is_hidden(self, client, home, hide):
        page = add_information(home)
        promote(page)
        if hide:
            hide(page)
        else:
            PageViewRestriction.objects.create(page=page, restriction_type="login")
        assert not soup_of(client, "zebra").select("div.callout")

    def test_name_a_team_with_its_number(self, client, home):
        contact = make_contact(phone="01632960999")
        promote(contact=contact)
        assert not soup_of(client, "zebra").select("div.callout")
        page = add_page(home, ContactsPage(title="Contacts", slug="contacts"))
        (answer,) = soup_of(client, "zebra").select("div.callout")
        assert [link["href"] for link in answer.select("a")] == [
            f"{page.url}#contact-{contact.pk}",
            contact.phone_href,
        ]

    def test_never_lead_to_an_address_that_runs_something(self, client, home):
        promote(address="javascript:alert(1)")
        assert not soup_of(client, "zebra").select("div.callout")
        with pytest.raises(ValidationError):
            PromotedAnswer(phrases="x", title="x", address="javascript:alert(1)").full_clean()

    @pytest.mark.parametrize(
        ("starts", "ends", "shows"),
        [(0, 0, True), (-1, None, True), (None, 1, True), (1, None, False), (None, -1, False)],
    )
    def test_show_from_their_first_day_to_their_last(self, home, starts, ends, shows):
        days = [None if days is None else TODAY + timedelta(days=days) for days in (starts, ends)]
        promote(address="/contacts/", starts_on=days[0], ends_on=days[1])
        assert bool(first_for("zebra", today=TODAY).answers) == shows

    @pytest.mark.parametrize("places", [{}, {"address": "/a/", "contact": True}], ids=["none", "two"])
    def test_lead_to_one_place(self, home, places):
        fields = {name: make_contact() if value is True else value for name, value in places.items()}
        with pytest.raises(ValidationError, match="Choose one"):
            PromotedAnswer(phrases="x", title="x", **fields).full_clean()
        with pytest.raises(IntegrityError), transaction.atomic():
            promote(**fields)

    def test_cost_nothing_where_none_fits(self, home, django_assert_num_queries):
        promote(add_information(home))
        first_for("lion", today=TODAY)
        with django_assert_num_queries(0):
            first_for("lion", today=TODAY)
        with django_assert_num_queries(2):
            first_for("zebra", today=timezone.localdate())


class TestTheAdmin:
    @pytest.mark.parametrize("model", ["promotedanswer", "samewords", "emergencyphrase"])
    def test_has_a_screen_for_each(self, client, home, model):
        promote(add_information(home))
        address = reverse(f"wagtailsnippets_search_{model}:list")
        assert client.get(address).status_code == 302
        client.force_login(make_manager())
        for view in ("list", "add"):
            assert client.get(reverse(f"wagtailsnippets_search_{model}:{view}")).status_code == 200

    def test_takes_words_and_says_what_is_wrong_with_them(self, client, home):
        client.force_login(make_manager())
        address = reverse("wagtailsnippets_search_samewords:add")
        assert "from two to 12" in client.post(address, {"words": "one"}).content.decode()
        assert client.post(address, {"words": "zbr,  zebra "}).status_code == 302
        assert SameWords.objects.filter(words="zbr, zebra").exists()
