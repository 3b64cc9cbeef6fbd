"""The chapter's page: its header, sections, lasting links, and what it costs."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.utils import timezone
from wagtail.models import PageViewRestriction

from procedures.header import Header
from procedures.models import ChapterPage
from procedures.sections import changed, numbered, raw_sections_of
from procedures.states import word_for
from tests.factories import add_information, forget_stored_pages, make_contact
from tests.once import once
from tests.procedures.factories import (
    add_chapter,
    add_manual,
    add_part,
    block,
    change,
    code,
    date_first,
    section,
    subsection,
    text,
)
from updates.withdrawing.services import withdraw_page

pytestmark = pytest.mark.django_db


manual = once(add_manual)


def words_of(chapter, now=None) -> list[str]:
    chapter = ChapterPage.objects.get(pk=chapter.pk)
    header = Header.of(chapter, contents=chapter.contents(), now=now or timezone.now())
    return [state.word for state in header.states]


class TestSections:
    def test_are_numbered_from_their_order(self, manual):
        sections = [section("A"), section("B", text(), subsection("B1"), subsection("B2")), section("C")]
        chapter = add_chapter(manual, sections=sections)
        chapter.refresh_from_db()
        found = numbered(chapter.sections)
        assert [(one.number, one.title) for one in found] == [("1", "A"), ("2", "B"), ("3", "C")]
        assert [(one.number, one.title) for one in found[1].subsections] == [("2.1", "B1"), ("2.2", "B2")]
        assert [one.number for one in raw_sections_of(chapter.sections.raw_data)] == ["1", "2", "2.1", "2.2", "3"]

    def test_show_on_the_page_with_number_and_anchor(self, client, manual):
        one, two = section("Purpose"), subsection("Parents")
        chapter = add_chapter(manual, sections=[one, section("Who", text(), two)])
        html = " ".join(client.get(chapter.url).content.decode().split())
        assert f'id="s-{code(one)}"' in html
        assert '<span class="num">2.1</span> Parents' in html
        assert f'<a href="#s-{code(two)}">' in html

    def test_may_be_empty(self, client, manual):
        chapter = add_chapter(manual, sections=[{"type": "section", "id": "", "value": {"heading": "", "body": []}}])
        assert client.get(chapter.url).status_code == 200
        assert client.get(add_chapter(manual, sections=[]).url).status_code == 200


class TestChangedSections:
    def test_are_told_from_the_content(self):
        kept, edited, gone, sub = section("Kept"), section("Edited"), section("Gone"), subsection("Sub")
        parent = section("Parent", text("x"), sub)
        before = raw_sections_of([kept, edited, gone, parent])
        edited["value"]["body"] = [text("Other")]
        sub["value"]["heading"] = "Sub, renamed"
        new = section("New")
        after = raw_sections_of([new, kept, edited, parent])
        found = changed(before=before, after=after)
        assert [(one["number"], one["title"], one["change"]) for one in found] == [
            ("1", "New", "new"),
            ("3", "Edited", "changed"),
            ("4.1", "Sub, renamed", "changed"),
            ("3", "Gone", "removed"),
        ]

    @pytest.mark.parametrize(
        ("stored", "saved"),
        [
            ("<p>Ring &quot;now&quot; – it’s urgent.</p>", '<p data-block-key="a1b2c">Ring "now" – it’s urgent.</p>'),
            (
                '<p><a linktype="page" id="3">Read</a></p>',
                '<p data-block-key="x"><a id="3" linktype="page">Read</a></p>',
            ),
            (
                "<ul><li>One</li>\n<li>Two</li></ul>",
                '<ul><li data-block-key="1">One</li><li data-block-key="2">Two</li></ul>',
            ),
            ("<p>One<br>two <strong>three</strong></p>", "<p>One<br/>two <b>three</b></p>"),
        ],
    )
    def test_are_none_where_the_editor_only_stored_it_its_own_way(self, stored, saved):
        one = section("A", block("text", stored))
        before = raw_sections_of([one])
        after = raw_sections_of([section("A", block("text", saved), block_id=one["id"])])
        assert changed(before=before, after=after) == []

    @pytest.mark.parametrize(
        ("stored", "saved"),
        [
            ('<p><a href="https://a.example">Read</a></p>', '<p><a href="https://b.example">Read</a></p>'),
            ("<p>One two</p>", "<p>One</p><p>two</p>"),
            ("<p>Ring now</p>", "<p>Ring <b>now</b></p>"),
            ("<p>4 &lt; 5</p>", "<p>4 &gt; 5</p>"),
        ],
    )
    def test_are_told_where_a_reader_would_notice(self, stored, saved):
        one = section("A", block("text", stored))
        after = raw_sections_of([section("A", block("text", saved), block_id=one["id"])])
        assert len(changed(before=raw_sections_of([one]), after=after)) == 1

    def test_are_kept_with_the_edition(self, manual):
        one, two = section("One"), section("Two")
        chapter = add_chapter(manual, sections=[one, two])
        two["value"]["body"] = [text("Other")]
        assert [named["title"] for named in change(chapter, sections=[one, two]).sections] == ["Two"]

    def test_can_be_corrected(self, manual):
        one, two = section("One"), section("Two")
        chapter = add_chapter(manual, sections=[one, two])
        two["value"]["body"] = [text("Other")]
        corrections = {"added": [code(one)], "left_out": [code(two)]}
        edition = change(chapter, sections=[one, two], change_sections=corrections)
        assert [named["title"] for named in edition.sections] == ["One"]

    def test_are_corrected_for_one_edition_only(self, manual):
        one = section("One")
        chapter = add_chapter(manual, sections=[one])
        change(chapter, scope="<p>x</p>", change_sections={"added": [code(one)], "left_out": []})
        assert ChapterPage.objects.get(pk=chapter.pk).change_sections == {}
        assert change(chapter, scope="<p>y</p>").sections == []

    def test_are_none_for_the_first_edition(self, manual):
        assert add_chapter(manual).editions.get().sections == []


class TestStates:
    @pytest.mark.parametrize(
        ("number", "age", "word"),
        [
            (1, timedelta(0), "New"),
            (1, timedelta(days=59, hours=23), "New"),
            (1, timedelta(days=60), None),
            (2, timedelta(days=59), "Updated"),
            (7, timedelta(days=61), None),
        ],
    )
    def test_come_from_the_latest_major_edition(self, number, age, word):
        now = timezone.now()
        assert word_for(number=number, in_force_from=now - age, now=now, days=60) == word

    def test_go_by_themselves(self, manual):
        chapter = add_chapter(manual)
        assert words_of(chapter) == ["New"]
        assert words_of(chapter, timezone.now() + timedelta(days=60)) == ["Current"]

    def test_last_as_long_as_the_manual_says(self, manual):
        manual.state_days = 5
        manual.save_revision().publish()
        chapter = add_chapter(manual)
        date_first(chapter, timezone.now() - timedelta(days=6))
        assert words_of(chapter) == ["Current"]

    def test_take_no_notice_of_a_minor_edition(self, manual):
        chapter = add_chapter(manual)
        date_first(chapter, timezone.now() - timedelta(days=90))
        change(chapter, significance="minor", title="A comma")
        assert words_of(chapter) == ["Current"]
        change(chapter, title="A new rule")
        assert words_of(chapter) == ["Updated"]
        change(chapter, significance="minor", title="A new rule.")
        assert words_of(chapter) == ["Updated"]

    def test_say_under_review_from_the_day_staff_set(self, client, manual):
        today = timezone.localdate()
        chapter = add_chapter(manual, under_review_since=today, under_review_reason="The law changes.")
        date_first(chapter, timezone.now() - timedelta(days=90))
        assert words_of(chapter) == ["Under review"]
        assert b"The law changes." in client.get(chapter.url).content
        later = add_chapter(manual, under_review_since=today + timedelta(days=1), under_review_reason="x")
        assert words_of(later) == ["New"]


class TestTheHeader:
    def test_tells_what_belongs_to_the_chapter(self, client, manual):
        other = add_chapter(manual, title="Enquiries")
        chapter = add_chapter(
            manual,
            scope="<p>For all who attend.</p>",
            relevant_guidance="<p>The Act.</p>",
            related=[{"type": "page", "value": other.pk, "id": "1"}],
            review_due=timezone.localdate(),
        )
        html = client.get(chapter.url).content.decode()
        assert "For all who attend." in html
        assert "The Act." in html
        assert f'<a href="{other.url}">1 Enquiries</a>' in html
        assert "Review due" in html

    def test_leads_to_what_changed(self, client, manual):
        chapter = add_chapter(manual)
        change(chapter, title="Other")
        change(chapter, title="Other.", significance="minor")
        html = client.get(chapter.url).content.decode()
        assert f'<a href="{chapter.url}compare/1/2/">see what changed</a>' in html

    def test_leads_to_the_escalation_policy_in_one_step(self, client, manual):
        policy = add_chapter(manual, title="Escalation policy")
        manual.escalation_page = policy
        manual.save_revision().publish()
        chapter = add_chapter(add_part(manual))
        assert f'<a href="{policy.url}">' in client.get(chapter.url).content.decode()
        policy.unpublish()
        caches["default"].clear()
        forget_stored_pages()
        assert "disagree" not in client.get(chapter.url).content.decode()

    def test_leads_to_the_chapters_before_and_after_across_parts(self, client, manual):
        one = add_chapter(add_part(manual), title="First")
        two = add_chapter(add_part(manual), title="Second")
        assert f'href="{two.url}" rel="next"' in client.get(one.url).content.decode()
        assert f'href="{one.url}" rel="prev"' in client.get(two.url).content.decode()

    def test_shows_the_notice_of_the_manual(self, client):
        chapter = add_chapter(add_manual(notice="Not guidance to act on."))
        assert b"Not guidance to act on." in client.get(chapter.url).content


class TestLastingLinks:
    @pytest.fixture
    def one(self):
        return section("Parents")

    @pytest.fixture
    def chapter(self, manual, one):
        return add_chapter(manual, sections=[section("Purpose"), one])

    def test_lead_to_the_chapter_after_rename_and_move(self, client, manual, chapter):
        chapter.move(add_part(manual, slug="part"), pos="last-child")
        chapter = ChapterPage.objects.get(pk=chapter.pk)
        change(chapter, title="Renamed", slug="renamed")
        assert client.get(f"/p/{chapter.pk}/").url == "/procedures/part/renamed/"

    def test_lead_to_a_section_that_was_renamed_and_moved(self, client, chapter, one):
        one["value"]["heading"] = "Mothers, fathers and carers"
        change(chapter, sections=[one])
        assert client.get(f"/p/{chapter.pk}/{code(one)}/").url == f"{chapter.url}#s-{code(one)}"

    def test_lead_to_the_chapter_with_a_note_where_the_section_is_gone(self, client, chapter, one):
        change(chapter, sections=[section("Purpose")])
        change(chapter, sections=[section("Purpose again")])
        response = client.get(f"/p/{chapter.pk}/{code(one)}/", follow=True)
        html = " ".join(response.content.decode().split())
        assert "no longer in this chapter" in html
        assert "It was 2 “Parents”, last in edition 1." in html
        assert f'href="{chapter.url}editions/1/#s-{code(one)}"' in html
        assert "noindex" in html

    def test_are_honest_about_a_code_that_never_was(self, client, chapter):
        html = client.get(f"/p/{chapter.pk}/00000000/", follow=True).content.decode()
        assert "is not in this chapter" in html

    @pytest.mark.parametrize("address", ["/p/0/", "/p/99999999999999999999/", "/p/1/nonsense/", "/p/1/%22%27%3b--abc/"])
    def test_are_not_found_for_nonsense(self, client, chapter, address):
        assert client.get(address.replace("/1/", f"/{chapter.pk}/")).status_code == 404

    def test_are_not_found_for_what_readers_may_not_see(self, client, chapter):
        PageViewRestriction.objects.create(page=chapter, restriction_type=PageViewRestriction.LOGIN)
        assert client.get(f"/p/{chapter.pk}/").status_code == 404

    def test_are_not_found_for_other_pages(self, client, manual):
        page = add_information(manual.get_parent().specific)
        assert client.get(f"/p/{page.pk}/").status_code == 404

    def test_lead_to_a_withdrawn_chapter_as_it_was(self, client, chapter, one):
        withdraw_page(page=chapter, way="withdrawn", reason="Old.", now=timezone.now())
        assert client.get(f"/p/{chapter.pk}/{code(one)}/").url == f"{chapter.url}#s-{code(one)}"

    def test_can_be_cited(self, client, chapter, one):
        html = " ".join(client.get(f"{chapter.url}cite/{code(one)}/").content.decode().split())
        assert f"http://testserver/p/{chapter.pk}/{code(one)}/" in html
        assert f"section 2 “Parents”, edition 1, in force from {timezone.localdate():%-d %B %Y}" in html
        assert client.get(f"{chapter.url}cite/00000000/").status_code == 404


class TestWithdrawnChapters:
    def test_are_read_under_a_notice_without_tools(self, client, manual):
        chapter = add_chapter(manual, sections=[section("A", text("Old rule."))])
        withdraw_page(page=chapter, way="withdrawn", reason="The law changed.", now=timezone.now())
        html = client.get(chapter.url).content.decode()
        assert "Old rule." in html
        assert "The law changed." in html
        assert "Suggest an amendment" not in html
        assert "Current" not in html


class TestWhatItCosts:
    @pytest.mark.parametrize("size", [3, 30])
    def test_is_the_same_for_any_text(self, client, manual, size, django_assert_max_num_queries):
        others = [add_information(manual.get_parent().specific) for _ in range(size)]
        links = "".join(f'<p><a linktype="page" id="{page.pk}">Read</a></p>' for page in others)
        contacts = [block("contact", make_contact().pk) for _ in range(size)]
        chapter = add_chapter(manual, sections=[section("A", block("text", links), *contacts) for _ in range(size)])
        date_first(chapter, timezone.now() - timedelta(days=9))
        client.get(chapter.url)
        forget_stored_pages()
        with django_assert_max_num_queries(7):
            client.get(chapter.url)
        forget_stored_pages()
        with django_assert_max_num_queries(7):
            client.get(f"{chapter.url}on/{timezone.localdate()}/")

    @pytest.mark.parametrize("size", [3, 30])
    def test_is_the_same_for_any_manual(self, client, manual, size, django_assert_max_num_queries):
        part = add_part(manual)
        for _ in range(size):
            change(add_chapter(part), title="Changed")
        chapter = ChapterPage.objects.last()
        for address, queries in ((manual.url, 5), (part.url, 6), (chapter.url, 5)):
            client.get(address)
            forget_stored_pages()
            with django_assert_max_num_queries(queries):
                client.get(address)
