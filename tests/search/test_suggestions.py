"""What is suggested while somebody types: the right places, words for the same, help first, and nothing hidden."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from content.models import GlossaryPage, GlossaryTerm
from organisation.models import ContactsPage
from search.models import EmergencyPhrase, PromotedAnswer, SameWords
from search.suggesting import HELP, MOST
from tests.documents.factories import add_library, add_resource, make_document
from tests.factories import add_archive, add_bulletin, add_home, add_information, add_page, make_contact, news
from tests.once import once
from tests.procedures.factories import add_chapter, add_manual, code, section
from tests.search.test_results import HOSTILE_QUERIES

pytestmark = pytest.mark.django_db


@once
def home():
    return add_home()


def suggested(client, query) -> list[dict]:
    """Return what is suggested for what was typed."""
    response = client.get("/search/suggestions/", {"q": query})
    assert response.status_code == 200
    return response.json()["suggestions"]


def texts(client, query) -> list[str]:
    return [each["text"] for each in suggested(client, query)]


def restrict(page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


class TestTitles:
    def test_lead_straight_to_the_section_and_say_where_it_is(self, client, home):
        place = section("Stripes at night")
        chapter = add_chapter(add_manual(home), title="Zebras", sections=[place])
        assert suggested(client, "stri") == [
            {"text": "Stripes at night", "url": f"{chapter.url}#s-{code(place)}", "kind": "Procedures · Zebras"}
        ]

    def test_are_of_pages_items_contacts_and_words(self, client, home):
        add_page(home, ContactsPage(title="Whom to ring", slug="contacts"))
        add_page(home, GlossaryPage(title="Our words", slug="words"))
        add_bulletin(add_archive(home), items=[news("Zebra law")])
        add_information(home, title="Zebras at school")
        GlossaryTerm.objects.create(term="zebra crossing", definition="Where to cross.")
        make_contact(team="Zebra team")
        kinds = {each["text"]: each["kind"] for each in suggested(client, "zebr")}
        assert kinds["Zebra law"].startswith("Bulletins · ")
        assert kinds["Zebras at school"] == "Other pages"
        assert kinds["zebra crossing"] == "Words explained · Our words"
        assert kinds["Zebra team"] == "Contacts · Whom to ring"

    @pytest.mark.parametrize(
        "typed",
        ["gr", "graz", "GRAZING", "grazing z", "zebra gra", "zebras graz", "about zebras’ grazi", "grazing zebras of"],
    )
    def test_are_found_by_any_beginning_of_their_words(self, client, home, typed):
        add_information(home, title="Grazing zebras")
        add_information(home, title="Striped horses")
        assert texts(client, typed) == ["Grazing zebras"]

    def test_of_a_section_are_found_by_the_title_of_its_page_as_well(self, client, home):
        add_chapter(add_manual(home), title="Zebras", sections=[section("What to do"), section("Whom to ask")])
        add_chapter(add_manual(home, slug="other"), title="Horses", sections=[section("What to do")])
        for typed in ("zebra whom", "zebras whom to as"):
            assert texts(client, typed)[0] == "Whom to ask", typed
        assert suggested(client, "zebra what")[0]["kind"] == "Procedures · Zebras"

    def test_that_begin_so_come_first_then_pages_then_short_ones(self, client, home):
        add_chapter(add_manual(home), title="Striped horses", sections=[section("Zebra food")])
        add_information(home, title="All about the zebra")
        add_information(home, title="Zebras in the long grass by the river")
        add_information(home, title="Zebras")
        assert texts(client, "zeb") == [
            "Zebras",
            "Zebras in the long grass by the river",
            "Zebra food",
            "All about the zebra",
        ]

    def test_are_eight_at_most_and_each_once(self, client, home):
        twice = [section("Zebra"), section("Zebra")]
        add_chapter(add_manual(home), title="Horses", sections=twice)
        for number in range(MOST + 4):
            add_information(home, title=f"Zebra {number}")
        found = suggested(client, "zebra")
        assert len(found) == MOST
        assert len({(each["text"], each["kind"]) for each in found}) == MOST

    def test_of_a_file_with_many_pages_is_that_of_its_resource(self, client, home):
        resource = add_resource(
            add_library(home), make_document(words="x", title="Zebra, to print"), title="Zebra form"
        )
        assert [(each["text"], each["url"]) for each in suggested(client, "zebra")] == [("Zebra form", resource.url)]


class TestWordsForTheSame:
    @pytest.fixture(autouse=True)
    def zebras(self, home):
        SameWords.objects.create(words="ZBR, striped savanna horse")
        add_information(home, title="The striped savanna horse", slug="horse")
        add_information(home, title="Our ZBR form", slug="form")

    def test_are_offered_as_a_search_beside_the_pages_of_both(self, client):
        first, *others = suggested(client, "zbr")
        assert first == {
            "text": "striped savanna horse",
            "url": "/search/?q=striped+savanna+horse",
            "kind": "Search in other words",
        }
        assert {each["url"] for each in others} == {"/horse/", "/form/"}

    @pytest.mark.parametrize("typed", ["striped sav", "striped savanna horses"])
    def test_are_known_before_they_are_whole(self, client, typed):
        found = suggested(client, typed)
        assert {"ZBR", "Our ZBR form", "The striped savanna horse"} <= {each["text"] for each in found}

    def test_stand_for_the_end_of_what_is_typed(self, client):
        assert texts(client, "form zbr")[-1] == "Our ZBR form"
        assert texts(client, "zbr fo") == ["Our ZBR form"]

    def test_that_one_word_only_begins_are_left_to_titles(self, client):
        assert texts(client, "strip") == ["The striped savanna horse"]

    def test_that_nothing_has_are_not_offered(self, client):
        SameWords.objects.create(words="QGG, quagga")
        assert texts(client, "qgg") == []


class TestHelp:
    @pytest.mark.parametrize("typed", ["frightened of a zebra", "I am frightened of zebras", "frightened of a zeb"])
    def test_comes_first_and_leads_to_the_numbers(self, client, home, typed):
        EmergencyPhrase.objects.create(phrase="frightened of a zebra")
        SameWords.objects.create(words="frightened of a zebra, frightened of a horse")
        add_information(home, title="Frightened of a zebra, or of a horse")
        first, *others = suggested(client, typed)
        assert (first["text"], first["kind"]) == (HELP, "Help now")
        address, _, anchor = first["url"].partition("#")
        assert f'id="{anchor}"' in client.get(address).content.decode()
        # Whoever is frightened is given no other words to search for.
        assert not any(each["kind"].startswith("Search") for each in others)

    @pytest.mark.parametrize("typed", ["fr", "frightened", "frightened of", "frightened of a z", "zebra", "not a zeb"])
    def test_waits_for_the_last_word(self, client, home, typed):
        EmergencyPhrase.objects.create(phrase="frightened of a zebra")
        assert HELP not in texts(client, typed)

    @pytest.mark.parametrize(("typed", "helps"), [("eme", False), ("emer", True), ("999", True), ("in da", True)])
    def test_knows_the_phrases_that_are_shipped(self, client, home, typed, helps):
        assert (HELP in texts(client, typed)) == helps

    def test_is_there_without_an_index(self, client, home, settings, tmp_path):
        (tmp_path / "file").write_text("")
        settings.SEARCH_INDEX_FOLDER = tmp_path / "file"
        add_information(home, title="An emergency")
        assert texts(client, "emergency") == [HELP]

    def test_is_followed_by_what_staff_recommend(self, client, home):
        page = add_information(home, title="Keepers")
        PromotedAnswer.objects.create(phrases="emergency", title="Ask the keeper", page=page)
        recommended = {"text": "Ask the keeper", "url": page.url, "kind": "Recommended"}
        assert suggested(client, "emergency keepers")[1:] == [recommended]


class TestNothingHidden:
    HIDING = {
        "unpublished": lambda page: page.unpublish(),
        "private": restrict,
        "below a private page": lambda page: restrict(page.get_parent()),
        # Nothing tells the index of these two.
        "expired": lambda page: type(page).objects.update(expire_at=timezone.now() - timedelta(minutes=1)),
        "taken down by a script": lambda page: type(page).objects.filter(pk=page.pk).update(live=False),
    }

    @pytest.mark.parametrize("hide", HIDING.values(), ids=HIDING)
    def test_is_suggested(self, client, home, hide):
        SameWords.objects.create(words="ZBR, zebra")
        page = add_information(add_information(home, title="Stable"), title="Zebra")
        assert texts(client, "zbr") == ["zebra", "Zebra"]
        hide(page)
        for typed in ("ze", "zebra", "zbr", "zebra zeb"):
            assert texts(client, typed) == []

    def test_is_suggested_of_the_glossary_either(self, client, home):
        page = add_page(home, GlossaryPage(title="Words", slug="words"))
        GlossaryTerm.objects.create(term="zebra", acronym="ZBR", definition="It has stripes.")
        assert texts(client, "zbr") == ["zebra", "zebra (ZBR)"]
        restrict(page)
        assert texts(client, "zbr") == []


class TestTheAnswer:
    @pytest.mark.parametrize("query", HOSTILE_QUERIES, ids=range(len(HOSTILE_QUERIES)))
    def test_is_polite_for_any_input(self, client, home, query):
        add_information(home, title="Neglect <script> & the of and")
        response = client.get("/search/suggestions/", {"q": query})
        assert response.status_code == (400 if "\x00" in query else 200)
        if response.status_code == 200:
            assert response["Content-Type"] == "application/json"
            assert len(response.json()["suggestions"]) <= MOST

    def test_is_stored_nowhere(self, client, home):
        response = client.get("/search/suggestions/?q=zebra")
        assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
        assert not response.cookies

    def test_to_one_letter_or_to_nothing_is_nothing(self, client, home, django_assert_num_queries):
        add_information(home, title="Zebra")
        with django_assert_num_queries(0):
            assert texts(client, "z") == texts(client, "") == texts(client, " ") == []
            assert client.get("/search/suggestions/").json() == {"suggestions": []}

    @pytest.mark.parametrize("many", [3, 30])
    def test_costs_the_same_for_any_number(self, client, home, many, django_assert_num_queries):
        SameWords.objects.create(words="ZBR, zebra")
        for number in range(many):
            add_information(home, title=f"Zebra {number}")
        suggested(client, "zbr")
        with django_assert_num_queries(2):
            assert len(suggested(client, "zbr")) == min(many + 1, MOST)

    def test_refuses_to_be_posted_to(self, client, home):
        assert client.post("/search/suggestions/", {"q": "x"}).status_code == 405
