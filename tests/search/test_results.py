"""The page of results: any input gets one, and what is on it leads to the right place."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from documents.models import FilePassage
from organisation.models import ContactsPage, OrganisationSettings
from pages.models import Audience, Topic
from search.engine import folder
from search.finding import GROUPS_A_PAGE
from tests.documents.factories import add_library, add_resource, make_document, replace_file
from tests.factories import add_archive, add_bulletin, add_home, add_information, add_page, make_contact, news
from tests.once import once
from tests.procedures.factories import add_chapter, add_manual, code, section, text

pytestmark = pytest.mark.django_db

HOSTILE_QUERIES = [
    "",
    " ",
    "x",
    "1",
    "x" * 10_000,
    "neglect " * 2_000,
    "the of and",
    '"',
    '"neglect',
    "neglect AND (title:* OR",
    "neglect^9~2 +a -b /c/ {x TO y} [a] \\",
    "NEAR(neglect, 5) *",
    "'; DROP TABLE search_passage; --",
    "<script>alert(1)</script>",
    "</mark><mark>",
    "\x00",
    "neg\x00lect",
    "😀",
    "%_\\",
    "\u202eabc",
    "مرحبا",
    "儿童",
    "a " * 700,
    "é" * 300,
    "\ud800".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
]


@once
def home():
    return add_home(introduction="For everyone.")


def soup_of(client, **query) -> BeautifulSoup:
    """Return the part of the page that answers."""
    response = client.get("/search/", query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").find("main")


def links(soup) -> list[tuple[str, str]]:
    return [(link.get_text(), link["href"]) for link in soup.select("ul.archive h2 a")]


def total(soup) -> int:
    return int(soup.find(attrs={"role": "status"}).strong.get_text())


class TestWhatIsFound:
    def test_is_marked_and_leads_to_the_section(self, client, home):
        place = section("What to do", text("Ring the zebra & wait."))
        chapter = add_chapter(add_manual(home), title="Stripes", sections=[section("First"), place])
        soup = soup_of(client, q="zebras")
        assert links(soup) == [("What to do", f"{chapter.url}#s-{code(place)}")]
        assert soup.find("mark").get_text() == "zebra"
        assert "Procedures · Stripes · Section 2" in soup.get_text()
        assert total(soup) == 1

    def test_of_one_chapter_is_folded(self, client, home):
        sections = [section(f"Zebra {number}") for number in range(3)]
        add_chapter(add_manual(home), title="About a zebra", sections=sections)
        add_information(home, title="A page with a zebra")
        soup = soup_of(client, q="zebra")
        assert len(links(soup)) == 2
        assert total(soup) == 5
        assert len(soup.select("ul.file-links a")) == 3

    def test_of_a_bulletin_is_each_item(self, client, home):
        issue = add_bulletin(add_archive(home), items=[news("Early zebra"), news("Zebra law", "<p>It says so.</p>")])
        anchors = {entry.title: f"{issue.url}#{entry.anchor}" for entry in issue.entries()}
        assert dict(links(soup_of(client, q="zebra"))) == anchors
        assert links(soup_of(client, q="zebra says")) == [("Zebra law", anchors["Zebra law"])]

    def test_of_a_file_leads_to_its_resource(self, client, home):
        document = make_document(words="The child's own zebra matters. ", title="Assessment tool")
        resource = add_resource(add_library(home), document, title="Care profile")
        soup = soup_of(client, q="zebra matter")
        assert links(soup) == [("Assessment tool", resource.url)]
        replace_file(document, words="Something else")
        assert links(soup_of(client, q="zebra")) == []

    def test_of_a_pdf_leads_to_its_page(self, client, home):
        document = make_document(words="Nothing.", title="Tool", name="tool.pdf")
        FilePassage.objects.create(version=document.current, position=7, page=8, place="page 8", text="A zebra")
        add_resource(add_library(home), document, title="Care profile")
        assert links(soup_of(client, q="zebra")) == [("Tool", f"{document.url}#page=8")]

    def test_is_a_contact_with_its_number(self, client, home):
        page = add_page(home, ContactsPage(title="Contacts", slug="contacts"))
        contact = make_contact(team="Zebra team", phone="01632960999")
        soup = soup_of(client, q="zebra")
        assert links(soup) == [("Zebra team", f"{page.url}#contact-{contact.pk}")]
        assert "01632 960999" in soup.get_text()

    def test_takes_no_name_of_a_field_for_a_word(self, client, home):
        add_bulletin(add_archive(home), items=[news("One")])
        for word in ("heading", "value", "item_id", "topics"):
            assert total(soup_of(client, q=word)) == 0

    def test_is_never_private_or_a_draft(self, client, home):
        add_information(home, title="Zebra draft", publish=False)
        private = add_information(home, title="Zebra private")
        PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
        assert total(soup_of(client, q="zebra")) == 0

    def test_is_not_crowded_out_by_a_private_file(self, client, home):
        library, private = add_library(home), Collection.get_first_root_node().add_child(name="Private")
        CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
        add_resource(library, make_document(words="zebra", title="Mine", collection=private), title="One")
        add_resource(library, make_document(words="zebra", title="Ours"), title="Other")
        assert [title for title, _ in links(soup_of(client, q="zebra"))] == ["Ours"]
        assert total(soup_of(client, q="zebra")) == 1


class TestForgiving:
    def test_of_misspellings_and_says_so(self, client, home):
        page = add_information(home, title="Safeguarding", search_description="For every zebra.")
        soup = soup_of(client, q="safegaurding zbera")
        assert links(soup) == [("Safeguarding", page.url)]
        assert soup.find("a", string="safeguarding")["href"] == "?q=safeguarding+zebra"
        assert "Nothing has the word “safegaurding”" in soup.get_text()

    def test_of_beginnings_and_other_forms(self, client, home):
        page = add_information(home, title="Chronologies")
        for query in ("chron", "chronology", "CHRONOLOGIES", "chronologie's"):
            assert links(soup_of(client, q=query)) == [("Chronologies", page.url)], query

    def test_of_questions_in_plain_words(self, client, home):
        page = add_information(home, title="If colleagues disagree", search_description="Say so.")
        add_information(home, title="Something for colleagues")
        soup = soup_of(client, q="What should I do if my colleague disagrees with me about it?")
        assert links(soup)[0] == ("If colleagues disagree", page.url)

    def test_offers_no_word_of_what_is_hidden(self, client, home):
        page = add_information(home, title="Zebracorn")
        assert total(soup_of(client, q="zebracrn")) == 1
        page.unpublish()
        soup = soup_of(client, q="zebracrn")
        assert total(soup) == 0
        assert "zebracorn" not in soup.get_text().casefold()


class TestFilters:
    @pytest.fixture
    def pages(self, home):
        law, neglect = (Topic.objects.create(name=name.title(), slug=name) for name in ("law", "neglect"))
        nurses = Audience.objects.create(name="Nurses", slug="nurses")
        add_bulletin(add_archive(home), items=[news("Zebra law", topics=["law"])], issue_date=date(1999, 1, 1))
        page = add_information(home, title="Zebra")
        page.topics, page.audiences = [neglect], [nurses]
        page.save_revision().publish()
        return law, neglect

    def counts(self, soup) -> dict[str, str]:
        return {item.a.get_text(): item.span.contents[0] for item in soup.select("ul.filters__list li")}

    def test_say_how_many_each_would_leave(self, client, pages):
        counts = self.counts(soup_of(client, q="zebra"))
        assert counts == {
            "Bulletins": "1",
            "Other pages": "1",
            "Law": "1",
            "Neglect": "1",
            "Nurses": "1",
            "Last 3 months": "1",
            "Last 12 months": "1",
            "Last 3 years": "1",
        }

    @pytest.mark.parametrize(
        "chosen", [{"kind": "bulletins"}, {"topic": "law"}, {"kind": "bulletins", "topic": "law"}], ids=str
    )
    def test_narrow_and_can_be_taken_away(self, client, pages, chosen):
        soup = soup_of(client, q="zebra", **chosen)
        assert [title for title, _ in links(soup)] == ["Zebra law"]
        assert soup.find("a", string="Show everything")["href"] == "?q=zebra"
        # The other choices of the same filter stay.
        assert {"Bulletins", "Law"} <= set(self.counts(soup))

    def test_by_date_and_audience(self, client, pages):
        for chosen in ({"since": "year"}, {"audience": "nurses"}):
            assert [title for title, _ in links(soup_of(client, q="zebra", **chosen))] == ["Zebra"]
        soup = soup_of(client, q="zebra", topic="law", audience="nurses")
        assert (total(soup), links(soup)) == (0, [])
        assert "Take a filter away" in soup.get_text()

    @pytest.mark.parametrize("value", ["", "no-such", "1", "' OR 1", "x" * 5_000])
    def test_that_there_are_not_are_passed_over(self, client, pages, value):
        soup = soup_of(client, q="zebra", kind=value, topic=value, audience=value, since=value, page=value)
        assert total(soup) == 2


class TestPages:
    def test_of_the_results_are_walked_through(self, client, home):
        for number in range(GROUPS_A_PAGE + 2):
            add_information(home, title=f"Zebra {number}")
        first, second = soup_of(client, q="zebra"), soup_of(client, q="zebra", page=2)
        assert (len(links(first)), len(links(second))) == (GROUPS_A_PAGE, 2)
        assert not set(links(first)) & set(links(second))
        for page in ("99", "9" * 400):
            assert total(soup_of(client, q="zebra", page=page)) == GROUPS_A_PAGE + 2
        assert links(soup_of(client, q="zebra", page="99")) == links(second)

    @pytest.mark.parametrize("many", [3, 30])
    def test_cost_the_same_for_any_number(self, client, home, many, django_assert_num_queries):
        for number in range(many):
            add_information(home, title=f"Zebra {number}", body=[])
        soup_of(client, q="zebra")
        with django_assert_num_queries(2):
            soup_of(client, q="zebra")


class TestTheAnswer:
    @pytest.mark.parametrize("query", HOSTILE_QUERIES, ids=range(len(HOSTILE_QUERIES)))
    def test_is_polite_for_any_input(self, client, home, query):
        add_information(home, title="Neglect <script> & the of and", search_description="</mark>")
        response = client.get("/search/", {"q": query})
        assert response.status_code == (400 if "\x00" in query else 200)
        for forbidden in ("<script>alert", "<script> &", "</mark><mark>", "&lt;mark&gt;neglect"):
            assert forbidden not in response.content.decode()

    def test_says_what_else_to_do_where_nothing_is_found(self, client, home):
        page = add_page(home, ContactsPage(title="Contacts", slug="contacts"))
        settings = OrganisationSettings.for_site(home.get_site())
        settings.contacts_page = page
        settings.save()
        soup = soup_of(client, q="zebra")
        assert soup.find("a", href="/contacts/")
        assert "ring the number at the top" in soup.get_text()

    def test_is_stored_nowhere_and_found_by_no_search_engine(self, client, home):
        response = client.get("/search/?q=x")
        assert b'name="robots" content="noindex"' in response.content
        assert "no-store" in response["Cache-Control"]
        assert "private" in response["Cache-Control"]

    def test_comes_from_the_database_while_there_is_no_index(self, client, home, settings, tmp_path):
        (tmp_path / "file").write_text("")
        settings.SEARCH_INDEX_FOLDER = tmp_path / "file"
        page = add_information(home, title="A zebra", search_description="It has stripes & more.")
        hidden = add_information(home, title="Another zebra")
        PageViewRestriction.objects.create(page=hidden, restriction_type="login")
        soup = soup_of(client, q="Zebra stripes")
        assert links(soup) == [("A zebra", page.url)]
        assert "being made ready" in soup.get_text()
        assert links(soup_of(client, q="zebra", kind="contacts")) == []
        for query in HOSTILE_QUERIES:
            if "\x00" not in query:
                soup_of(client, q=query)
        assert not folder.root().is_dir()

    def test_refuses_to_be_posted_to(self, client, home):
        assert client.post("/search/", {"q": "x"}).status_code == 405
