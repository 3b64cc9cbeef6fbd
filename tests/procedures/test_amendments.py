"""Amendments write themselves: by month, with the sections, without what nobody needs to know."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.core.cache import caches
from django.utils import timezone

from procedures.models import ChapterPage
from tests.factories import forget_stored_pages
from tests.once import once
from tests.procedures.factories import (
    add_amendments,
    add_chapter,
    add_manual,
    add_part,
    change,
    code,
    date_first,
    london,
    section,
    subsection,
    text,
)
from updates.withdrawing.services import withdraw_page

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


manual = once(add_manual)


@once
def amendments(manual):
    return add_amendments(manual)


def shown(client, page, query="") -> str:
    caches["default"].clear()
    forget_stored_pages()
    return " ".join(client.get(f"{page.url}{query}").content.decode().split())


def lines(client, page, query="") -> list[str]:
    """Return "Kind: title" of each line, in order."""
    caches["default"].clear()
    forget_stored_pages()
    response = client.get(f"{page.url}{query}")
    return [f"{line.kind}: {line.title}" for line in response.context["part"].amendments]


class TestThePage:
    def test_tells_new_updated_and_removed_newest_first(self, client, manual, amendments):
        first, second = add_chapter(manual, title="First"), add_chapter(manual, title="Second")
        date_first(first, london(2016, 1, 1))
        date_first(second, london(2016, 2, 1))
        change(first, scope="<p>x</p>", at=london(2016, 3, 1))
        withdraw_page(page=second, way="withdrawn", reason="The law changed.", now=timezone.now())
        assert lines(client, amendments) == ["Removed: Second", "Updated: First", "New: First"]
        html = shown(client, amendments)
        assert "The law changed." in html
        assert ">March 2016<" in html

    def test_leaves_out_minor_edits(self, client, manual, amendments):
        chapter = add_chapter(manual, title="First")
        change(chapter, title="First.", significance="minor", note="A full stop.")
        assert lines(client, amendments) == ["New: First."]
        assert "A full stop." not in shown(client, amendments)

    def test_names_the_sections_and_leads_to_them_and_to_the_comparison(self, client, manual, amendments):
        one, sub = section("Who attends"), subsection("Parents")
        chapter = add_chapter(manual, sections=[one, section("Before", text(), sub)])
        sub["value"]["body"] = [text("Carers too.")]
        change(chapter, sections=[section("Before", text(), sub, block_id=chapter.sections[1].id)], note="Carers.")
        html = shown(client, amendments)
        assert f'<a href="{chapter.url}#s-{code(sub)}">1.1 Parents</a>' in html
        assert "1 Who attends (taken out)" in html
        assert f'href="{chapter.url}compare/1/2/"' in html

    def test_says_when_the_next_update_is_due(self, client, manual, amendments):
        manual.next_update_due = timezone.localdate() + timedelta(days=30)
        manual.save_revision().publish()
        assert "The next update is due on" in shown(client, amendments)
        manual.next_update_due = timezone.localdate() - timedelta(days=1)
        manual.save_revision().publish()
        assert "The next update is due on" not in shown(client, amendments)

    def test_keeps_every_year(self, client, manual, amendments):
        chapter = add_chapter(manual, title="First")
        date_first(chapter, london(2014, 6, 1))
        # The first minute of the year here is the last of the year before in summer time only; in winter they agree.
        change(chapter, title="Second", at=london(2016, 1, 1, 0, 0))
        change(chapter, title="Third", at=london(2016, 12, 31, 23, 59))
        assert len(lines(client, amendments, "?year=2014")) == 1
        assert len(lines(client, amendments, "?year=2016")) == 2
        assert lines(client, amendments, "?year=2015") == []
        assert "Nothing has been amended in 2015." in shown(client, amendments, "?year=2015")

    @pytest.mark.parametrize(
        "query", ["?year=x", "?year=99999999", "?page=0", "?page=-1", "?page=²", "?page=9999999999"]
    )
    def test_answers_any_query(self, client, manual, amendments, query):
        add_chapter(manual)
        assert client.get(f"{amendments.url}{query}").status_code == 200

    def test_goes_on_on_a_second_page_with_nothing_lost_or_told_twice(self, client, manual, amendments):
        chapter = add_chapter(manual, title="First")
        date_first(chapter, london(2014, 1, 1))
        for number in range(55):
            change(chapter, scope=f"<p>{number}</p>", note=f"n{number}", at=london(2014, 1, 2) + timedelta(days=number))
        gone = add_chapter(manual, title="Gone")
        date_first(gone, london(2013, 1, 1))
        withdraw_page(page=gone, way="withdrawn", reason="r", now=london(2014, 1, 20))
        both = lines(client, amendments) + lines(client, amendments, "?page=2")
        assert both.count("Removed: Gone") == 1
        assert both.count("Updated: First") == 55
        assert both.count("New: First") == 1

    def test_knows_only_the_chapters_of_its_manual(self, client, manual, amendments):
        other = add_manual(manual.get_parent().specific, title="Other", slug="other")
        add_chapter(other, title="Elsewhere")
        assert lines(client, amendments) == []

    def test_stands_in_a_part_too(self, client, manual):
        page = add_amendments(add_part(manual))
        add_chapter(manual, title="First")
        assert lines(client, page) == ["New: First"]

    def test_does_not_name_what_was_published_in_error(self, client, manual, amendments):
        chapter = add_chapter(manual, title="Zebra")
        withdraw_page(page=chapter, way="error", reason="Stripes.", now=timezone.now())
        html = shown(client, amendments)
        assert "Zebra" not in html
        assert "Stripes" not in html

    def test_costs_the_same_however_many_there_are(self, client, manual, amendments, django_assert_max_num_queries):
        for size in (3, 27):
            for _ in range(size):
                change(add_chapter(manual), scope="<p>x</p>")
            client.get(amendments.url)
            forget_stored_pages()
            with django_assert_max_num_queries(6):
                client.get(amendments.url)


class TestUnpublishingAndPublishingAgain:
    def test_is_an_update_not_a_new_chapter(self, client, manual, amendments):
        chapter = add_chapter(manual, title="First")
        chapter.unpublish()
        assert lines(client, amendments) == []
        draft = ChapterPage.objects.get(pk=chapter.pk).get_latest_revision_as_object()
        draft.change_significance, draft.change_note = "major", "Back again."
        draft.save_revision().publish()
        assert lines(client, amendments) == ["Updated: First", "New: First"]


class TestTheFeed:
    def test_tells_the_same(self, client, manual, amendments):
        one = section("Who attends")
        chapter = add_chapter(manual, title="First", sections=[one])
        one["value"]["body"] = [text("Other")]
        change(chapter, sections=[one], note="Carers \x0b too.")
        change(chapter, sections=[one], title="First.", significance="minor")
        root = ElementTree.fromstring(client.get(f"{amendments.url}feed/").content)
        entries = [
            (entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}summary")) for entry in root.iter(f"{ATOM}entry")
        ]
        assert entries[0] == ("Updated: 2 First.", "Carers   too. Sections: 1 Who attends.")
        assert entries[1][0] == "New: 2 First."
        assert len({entry.findtext(f"{ATOM}id") for entry in root.iter(f"{ATOM}entry")}) == 2
