"""Passages follow what is public: written with it, changed with it, gone with it."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from content.models import GlossaryPage, GlossaryTerm
from documents.models import LibraryDocument
from documents.services import withhold_version
from organisation.models import ContactsPage
from pages.models import Audience, BasePage, Topic
from search.models import Change, Passage
from search.places import visible_places
from search.recording import LONGEST_TEXT, pieces, record_passages
from tests.board_business.factories import add_board, add_meeting, add_review, decision, finding
from tests.documents.factories import add_library, add_resource, make_document, replace_file
from tests.factories import add_archive, add_bulletin, add_home, add_information, add_page, make_contact, news
from tests.once import once
from tests.priorities.factories import add_area, add_priorities, add_year
from tests.procedures.factories import add_chapter, add_manual, code, section, subsection, text
from updates.withdrawing.services import withdraw_page

pytestmark = pytest.mark.django_db


@once
def home():
    return add_home()


def found(page, **fields) -> list[tuple[str, str]]:
    """Return (anchor, title) of the passages of a page."""
    return list(Passage.objects.filter(page=page, **fields).order_by("order").values_list("anchor", "title"))


def private() -> Collection:
    """Make a collection that is private."""
    collection = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    return collection


def place_of(passage):
    """Return a passage as readers are led to it."""
    return visible_places([passage.pk])[passage.pk]


class TestAPageSays:
    def test_of_a_chapter_each_section_with_its_place(self, home):
        inner = subsection("By telephone", text("Ring first."))
        outer = section("How to refer", text("In writing."), inner)
        chapter = add_chapter(add_manual(home), title="Referrals", scope="<p>For all.</p>", sections=[outer])
        assert found(chapter) == [
            ("", "Referrals"),
            (f"s-{code(outer)}", "How to refer"),
            (f"s-{code(inner)}", "By telephone"),
        ]
        whole, first, second = Passage.objects.filter(page=chapter)
        assert (whole.kind, whole.label, "For all." in whole.text) == ("procedures", "Chapter", True)
        assert (first.text, first.heading, first.label) == ("In writing.", "Referrals", "Section 1")
        assert (second.text, second.label) == ("Ring first.", "Section 1.1")
        assert place_of(second).url == f"{chapter.url}#s-{code(inner)}"
        assert second.day == timezone.localdate(chapter.last_published_at)

    def test_of_a_bulletin_each_item_by_itself(self, home):
        course = news("A course", kind="training", date="2030-05-16", place="Hall", link="https://course.example/")
        issue = add_bulletin(add_archive(home), items=[news("A law", topics=["law"]), course], quarter_label="May 2030")
        items = Passage.objects.filter(page=issue, on_its_own=True)
        assert [item.label for item in items] == ["News, May 2030", "Training, May 2030"]
        assert items[1].day == date(2030, 5, 16)
        assert "course.example" not in items[1].text
        assert "Hall" in items[1].text
        assert "law" not in items[0].text

    def test_of_an_information_page_what_stands_below_each_heading(self, home):
        body = [
            {"type": "text", "id": "1", "value": "<p>First.</p><h2>To ask</h2><p>Ask <b>us</b>.</p><h2>To ask</h2>"},
            {"type": "callout", "id": "2", "value": {"title": "Now", "text": "<p>Ring 999 &amp; wait.</p>"}},
        ]
        page = add_information(home, title="Help", search_description="In short.", body=body)
        assert found(page) == [("", "Help"), ("to-ask", "To ask"), ("to-ask-2", "To ask")]
        assert list(page.passages.values_list("text", flat=True)) == [
            "In short. First.",
            "Ask us.",
            "Now Ring 999 & wait.",
        ]

    def test_of_a_resource_each_page_of_its_files(self, home):
        document = make_document(words="Hidden in a file", title="The form")
        resource = add_resource(add_library(home), document, title="Chronology", purpose="<p>To keep.</p>")
        assert found(resource) == [("", "Chronology"), ("", "The form")]
        of_file = Passage.objects.get(page=resource, document=document)
        assert (of_file.text, of_file.heading, place_of(of_file).url) == (
            "Hidden in a file",
            "Chronology",
            resource.url,
        )

    def test_of_contacts_and_words_each_one(self, home):
        contacts = add_page(home, ContactsPage(title="Contacts", slug="contacts"))
        words = add_page(home, GlossaryPage(title="Glossary", slug="glossary"))
        contact = make_contact(team="Night team", purpose="For the night.", phone="01632960999")
        GlossaryTerm.objects.create(term="family conference", acronym="FGC", definition="A meeting.")
        assert found(contacts)[1:] == [(f"contact-{contact.pk}", "Night team")]
        assert "01632 960999" in Passage.objects.get(title="Night team").text
        assert found(words)[1:] == [("word--fgc", "family conference (FGC)")]
        contact.delete()
        GlossaryTerm.objects.get().delete()
        assert found(contacts)[1:] == found(words)[1:] == []

    def test_of_the_board_each_decision_and_finding(self, home):
        board = add_board(home)
        step = {"agency": "Police", "what": "names a lead", "by": None}
        made = decision("A lead", "<p>Agreed.</p>", steps=[{"type": "item", "id": "1", "value": step}])
        meeting = add_meeting(board, title="May", decisions=[made])
        review = add_review(board, title="Robin", good_practice=[finding("Calls were answered.")])
        assert [title for _, title in found(meeting)] == ["May", "A lead"]
        assert "names a lead" in Passage.objects.get(title="A lead").text
        assert "Calls were answered." in [title for _, title in found(review)]

    def test_of_a_priority_each_part(self, home):
        area = add_area(add_year(add_priorities(home)), title="Neglect", why="<p>Because.</p>")
        assert found(area) == [("", "Neglect"), ("why", "Why this matters")]

    def test_its_topics_unless_a_part_has_its_own(self, home):
        law, neglect = (Topic.objects.create(name=name, slug=name) for name in ("law", "neglect"))
        nurses = Audience.objects.create(name="Nurses", slug="nurses")
        issue = add_bulletin(
            add_archive(home), items=[news("One"), news("Two", topics=["law"])], topics=[neglect], audiences=[nurses]
        )
        assert list(issue.passages.values_list("topics", "audiences")) == [
            ([neglect.pk], [nurses.pk]),
            ([neglect.pk], [nurses.pk]),
            ([law.pk], [nurses.pk]),
        ]


class TestTheyFollow:
    def test_what_is_published_and_keep_their_rows(self, home):
        page = add_information(home, title="Old")
        row = Passage.objects.get(page=page)
        page.title = "New"
        page.save_revision()
        assert found(page) == [("", "Old")]
        page.get_latest_revision().publish()
        assert list(page.passages.values_list("pk", "title")) == [(row.pk, "New")]

    def test_what_is_not_published_has_none(self, home):
        assert found(add_information(home, publish=False)) == []

    def test_what_is_taken_down_withdrawn_or_deleted(self, home):
        taken, withdrawn = add_information(home), add_bulletin(add_archive(home))
        above = add_information(home)
        below = add_page(above, type(above)(title="Below", slug="below"))
        taken.unpublish()
        withdraw_page(page=withdrawn, way="error", reason="Wrong.", now=timezone.now())
        BasePage.objects.get(pk=above.pk).delete()
        for page in (taken, withdrawn, above, below):
            assert found(page) == []
            assert Change.objects.filter(page_key=page.pk).count() >= 2

    def test_the_privacy_of_a_page_above(self, home):
        above = add_information(home)
        below = add_page(above, type(above)(title="Below", slug="below"))
        start = Change.objects.count()
        rule = PageViewRestriction.objects.create(page=above, restriction_type="login")
        assert not Passage.objects.visible().filter(page=below).exists()
        assert Change.objects.filter(page_key=below.pk).count() == 2
        rule.delete()
        assert Passage.objects.visible().filter(page=below).exists()
        assert Change.objects.count() == start + 4

    def test_a_move_below_a_private_page(self, home):
        hidden, page = add_information(home), add_information(home)
        PageViewRestriction.objects.create(page=hidden, restriction_type="login")
        start = Change.objects.count()
        BasePage.objects.get(pk=page.pk).move(BasePage.objects.get(pk=hidden.pk), pos="last-child")
        assert not Passage.objects.visible().filter(page=page).exists()
        assert Change.objects.count() == start + 1

    def test_the_end_of_a_page(self, home):
        page = add_information(home)
        BasePage.objects.filter(pk=page.pk).update(expire_at=timezone.now())
        assert not Passage.objects.visible().filter(page=page).exists()


class TestFiles:
    @pytest.fixture
    def library(self, home):
        return add_library(home)

    def test_are_those_that_are_given_out(self, library):
        document = make_document(words="First")
        page = add_resource(library, document)
        replace_file(document, words="Second", check=False)
        assert page.passages.get(document=document).text == "First"
        second = replace_file(document, words="Third")
        assert page.passages.get(document=document).text == "Third"
        withhold_version(version=second, reason="It names a child.", user=None, now=timezone.now())
        assert page.passages.get(document=document).text == "First"

    @pytest.mark.parametrize("at_once", [False, True], ids=["saved", "updated together with others"])
    def test_are_nobodys_in_a_private_collection(self, library, at_once):
        document = make_document(words="First")
        page = add_resource(library, document)
        start = Change.objects.count()
        documents = LibraryDocument.objects.filter(pk=document.pk)
        if at_once:
            documents.update(collection=private())
        else:
            document.collection = private()
            document.save()
        assert not Passage.objects.visible().filter(document=document).exists()
        assert Passage.objects.visible().filter(page=page).count() == 1
        assert Change.objects.filter(page_key=page.pk).count() > 1
        assert Change.objects.count() > start

    def test_become_nobodys_when_their_collection_is_made_private(self, library):
        collection = Collection.get_first_root_node().add_child(name="Open")
        page = add_resource(library, make_document(words="First", collection=collection))
        start = Change.objects.filter(page_key=page.pk).count()
        CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
        assert Change.objects.filter(page_key=page.pk).count() == start + 1
        assert Passage.objects.visible().filter(page=page).count() == 1


class TestLongTexts:
    def test_are_kept_in_several_rows(self, home):
        words = "word " * LONGEST_TEXT
        page = add_information(home, body=[{"type": "text", "id": "1", "value": f"<p>{words}</p>"}])
        rows = page.passages.all()
        assert len(rows) > 4
        assert {row.anchor for row in rows} == {""}
        assert " ".join(row.text.strip() for row in rows).split() == words.split()

    @pytest.mark.parametrize("text", ["", "a", "x" * 20_001, "a " * 9_000, "\x00" * 10], ids=lambda text: text[:2])
    def test_lose_nothing(self, text):
        assert "".join(pieces(text)).replace(" ", "") == text.replace("\x00", " ").replace(" ", "")
        assert all(len(part) <= LONGEST_TEXT for part in pieces(text))


class TestRebuilding:
    def run(self) -> str:
        said = StringIO()
        call_command("rebuild_search", stdout=said)
        return said.getvalue()

    def test_mends_what_was_missed_and_nothing_twice(self, home):
        page, gone = add_information(home, title="Page"), add_information(home)
        add_chapter(add_manual(home))
        before = list(Passage.objects.values_list("pk", "fingerprint"))
        assert " 0 mended" in self.run()
        Passage.objects.filter(page=page).delete()
        BasePage.objects.filter(pk=gone.pk).update(live=False)
        assert " 2 mended" in self.run()
        assert found(page) == [("", "Page")]
        assert found(gone) == []
        assert " 0 mended" in self.run()
        assert Passage.objects.count() == len(before) - 1

    def test_costs_few_queries_for_a_long_page(self, home, django_assert_max_num_queries):
        sections = [section(f"Heading {number}") for number in range(100)]
        chapter = add_chapter(add_manual(home), sections=sections)
        with django_assert_max_num_queries(11):
            record_passages(page=type(chapter).objects.get(pk=chapter.pk))
        Passage.objects.all().delete()
        with django_assert_max_num_queries(14):
            record_passages(page=type(chapter).objects.get(pk=chapter.pk))
        assert Passage.objects.filter(page=chapter).count() == 101
