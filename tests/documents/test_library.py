"""The library's list: what fits what a reader asked for, how many of each, and at the same cost at any size."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from documents.models import ResourcePage
from pages.models import Audience, Topic
from tests.documents.factories import add_library, add_resource, make_document
from tests.factories import add_home
from tests.written_once import written_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def library():
    return add_library(add_home())


@pytest.fixture
def shelf(library):
    return fill(library)


@written_once
def fill(library):
    """Four resources: two about neglect, two for schools, one of them both."""
    neglect, online = (Topic.objects.create(name=name, slug=name.lower()) for name in ("Neglect", "Online"))
    schools, police = (Audience.objects.create(name=name, slug=name.lower()) for name in ("Schools", "Police"))
    document = make_document(words="x", title="The file")
    add_resource(library, document, title="Beta", resource_type="tool", topics=[neglect], audiences=[schools])
    add_resource(library, document, title="alpha", resource_type="form", topics=[neglect, online], audiences=[police])
    add_resource(
        library, document, title="Gamma", search_description="About 100% care_", resource_type="tool", topics=[online]
    )
    add_resource(library, document, title="Delta", resource_type="report", audiences=[schools])
    return library


@written_once
def fill_for_schools(library, many):
    """Put in many resources for schools."""
    schools = Audience.objects.create(name="Schools", slug="schools")
    document = make_document()
    for _ in range(many):
        add_resource(library, document, audiences=[schools])
    return library


def read(client, address) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def titles(page) -> list[str]:
    return [heading.get_text(strip=True) for heading in page.select(".library__title")]


def counts(page) -> dict[str, int]:
    rows = page.select(".filters__list li")
    return {row.a.get_text(strip=True): int(row.span.find(string=True)) for row in rows}


class TestTheList:
    def test_shows_everything_by_title_whatever_the_case(self, client, shelf):
        page = read(client, shelf.url)
        assert titles(page) == ["alpha", "Beta", "Delta", "Gamma"]
        assert "4 resources" in page.select_one("[role=status]").get_text()

    def test_offers_the_files_themselves(self, client, shelf):
        page = read(client, shelf.url)
        link = page.select_one(".file-links a")
        assert link.get_text() == "The file"
        assert client.get(link["href"]).status_code == 200

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("type=tool", ["Beta", "Gamma"]),
            ("topic=neglect", ["alpha", "Beta"]),
            ("audience=schools", ["Beta", "Delta"]),
            ("topic=neglect&audience=schools", ["Beta"]),
            ("type=report&topic=neglect", []),
            ("q=ALPHA", ["alpha"]),
            ("q=100%25", ["Gamma"]),
            ("q=care_", ["Gamma"]),
            ("q=nothing+of+that", []),
            ("q=care&type=tool", ["Gamma"]),
        ],
    )
    def test_keeps_what_was_asked_for(self, client, shelf, query, found):
        page = read(client, f"{shelf.url}?{query}")
        assert titles(page) == found
        assert page.select_one("[role=status] strong").get_text() == str(len(found))

    @pytest.mark.parametrize(
        "query",
        ["type=nonsense", "topic=' OR 1=1", "sort=x", "page=x", "page=99", "q=+", "type=tool&type="],
    )
    def test_takes_no_notice_of_what_means_nothing(self, client, shelf, query):
        assert titles(read(client, f"{shelf.url}?{query}"))

    def test_takes_any_words(self, client, shelf):
        for words in ("%", "_", '"', "\\", "a " * 500, "é", "<script>", "x" * 5000):
            page = client.get(shelf.url, {"q": words})
            assert page.status_code == 200
            assert b"<script>" not in page.content.split(b"</head>")[1]

    def test_can_be_sorted_by_change_and_by_downloads(self, client, shelf):
        now = timezone.now()
        for days, name in enumerate(["Gamma", "Beta", "alpha", "Delta"]):
            ResourcePage.objects.filter(title=name).update(changed_at=now - timedelta(days=days), downloads=days)
        assert titles(read(client, f"{shelf.url}?sort=changed")) == ["Gamma", "Beta", "alpha", "Delta"]
        assert titles(read(client, f"{shelf.url}?sort=downloads")) == ["Delta", "alpha", "Beta", "Gamma"]

    def test_goes_on_on_a_second_page(self, client, library):
        for _ in range(21):
            add_resource(library, make_document())
        first = read(client, library.url)
        second = read(client, f"{library.url}{first.select_one('a[rel=next]')['href']}")
        assert len(set(titles(first) + titles(second))) == 21

    def test_names_nothing_that_readers_may_not_see(self, client, shelf):
        ResourcePage.objects.get(title="Beta").unpublish()
        page = read(client, shelf.url)
        assert "Beta" not in page.get_text()
        assert counts(page)["Tool"] == 1

    def test_is_for_search_engines_only_as_a_whole(self, client, shelf):
        assert not read(client, shelf.url).select_one("meta[name=robots]")
        assert read(client, f"{shelf.url}?type=tool").select_one("meta[name=robots][content=noindex]")


class TestFilters:
    def test_say_how_many_there_are_of_each(self, client, shelf):
        assert counts(read(client, shelf.url)) == {
            "Tool": 2,
            "Form": 1,
            "Report": 1,
            "Schools": 2,
            "Police": 1,
            "Neglect": 2,
            "Online": 2,
        }

    def test_say_how_many_each_further_choice_would_leave(self, client, shelf):
        found = counts(read(client, f"{shelf.url}?topic=neglect"))
        # Of the topics, what there would be with another one chosen instead.
        assert found == {"Tool": 1, "Form": 1, "Schools": 1, "Police": 1, "Neglect": 2, "Online": 2}

    @pytest.mark.parametrize("query", ["", "?topic=neglect", "?type=tool&topic=online", "?audience=schools&q=b"])
    def test_lead_to_as_many_as_they_say(self, client, shelf, query):
        page = read(client, f"{shelf.url}{query}")
        for row in page.select(".filters__list li"):
            if "aria-current" not in row.a.attrs:
                assert len(titles(read(client, f"{shelf.url}{row.a['href']}"))) == int(row.span.find(string=True))

    def test_that_are_chosen_can_be_taken_back(self, client, shelf):
        page = read(client, f"{shelf.url}?topic=neglect&audience=schools&sort=changed")
        chips = {chip.find(string=True).strip(): chip["href"] for chip in page.select(".chip")}
        assert chips == {"Schools": "?topic=neglect&sort=changed", "Neglect": "?audience=schools&sort=changed"}

    def test_stay_when_words_are_typed(self, client, shelf):
        form = read(client, f"{shelf.url}?topic=neglect").select_one("form.library-search")
        assert [(field["name"], field["value"]) for field in form.select("[type=hidden]")] == [("topic", "neglect")]


class TestHiddenResources:
    @pytest.mark.parametrize("few", [0, 500])
    def test_are_counted_nowhere_however_many_there_are(self, client, shelf, few, monkeypatch):
        monkeypatch.setattr("documents.listing.FEW_HIDDEN", few)
        ResourcePage.objects.get(title="Beta").unpublish()
        add_resource(shelf, make_document(), title="Draft", resource_type="tool", publish=False)
        assert counts(read(client, shelf.url)) == {
            "Tool": 1,
            "Form": 1,
            "Report": 1,
            "Schools": 1,
            "Police": 1,
            "Neglect": 1,
            "Online": 2,
        }


class TestWhatItCosts:
    @pytest.mark.parametrize("many", [3, 30])
    @pytest.mark.parametrize("query", ["", "?type=tool&audience=schools", "?q=resource&sort=downloads"])
    def test_is_the_same_for_any_number(self, client, library, many, query, django_assert_max_num_queries):
        fill_for_schools(library, many)
        client.get(f"{library.url}?sort=changed")
        with django_assert_max_num_queries(10):
            read(client, f"{library.url}{query}")

    def test_what_somebody_typed_is_not_stored(self, client, shelf):
        assert "no-cache" in client.get(shelf.url)["Cache-Control"]
        assert not getattr(client.get(f"{shelf.url}?q=alpha"), "is_public_page", False)
