"""What a page says, read as passages."""

import json
import re
import time
from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, DateField, TextField
from wagtail.blocks import BooleanBlock, CharBlock, ChoiceBlock, DateBlock, ListBlock, StreamBlock, StructBlock
from wagtail.fields import RichTextField, StreamField

from content.blocks import BodyBlock, TextBlock
from content.choosers import PageLinkBlock
from content.local import LocalVariantBlock
from organisation.models import Area
from pages.models import BasePage
from tests.updates.factories import change, make_chapter
from updates.passages import passages_of, passages_of_all


class Subsection(StructBlock):
    heading = CharBlock()
    body = BodyBlock()


class SectionBody(BodyBlock):
    subsection = Subsection()
    local = LocalVariantBlock()
    dates = ListBlock(DateBlock(), label="Dates")
    choice = ChoiceBlock(choices=[("a", "Every week"), ("b", "Every month")], label="How often")
    tick = BooleanBlock(label="For schools")


class SectionBlock(StructBlock):
    heading = CharBlock()
    body = SectionBody()


class Sections(StreamBlock):
    section = SectionBlock()
    text = TextBlock()
    page = PageLinkBlock()


FIELDS = {
    "title": CharField(),
    "summary": TextField(),
    "scope": RichTextField(),
    "since": DateField(),
    "sections": StreamField(Sections()),
}


def field_of(name: str):
    """Return the field of the page that stands in for a chapter here."""
    if name not in FIELDS:
        raise FieldDoesNotExist(name)
    return FIELDS[name]


def page_with(**values):
    """Return a page that says this and nothing else; `sections` is raw content, as a revision holds it."""
    if "sections" in values:
        values["sections"] = FIELDS["sections"].to_python(json.dumps(values["sections"]))
    return SimpleNamespace(
        _meta=SimpleNamespace(get_field=field_of),
        compared_fields=tuple((name, name.capitalize()) for name in values),
        **values,
    )


def block(kind: str, value, key=None) -> dict:
    return {"type": kind, "value": value, "id": key or str(uuid4())}


def in_section(*children) -> list:
    return passages_of(page_with(sections=[block("section", {"heading": "Sharing", "body": list(children)}, "s1")]))


def read(html: str) -> list[tuple]:
    """Return (kind, level, number, words) of the passages of a rich text."""
    return [(p.kind, p.level, p.number, p.text) for p in passages_of(page_with(scope=html))]


class TestPlainFields:
    def test_are_read_under_their_label(self):
        found = passages_of(page_with(title="  Sharing  information ", since=date(2026, 3, 1), summary="One.\n\nTwo."))
        assert [(p.section.heading, p.text) for p in found] == [
            ("Title", "Sharing information"),
            ("Since", "1 March 2026"),
            ("Summary", "One."),
            ("Summary", "Two."),
        ]

    def test_that_are_empty_or_no_longer_exist_say_nothing(self):
        assert passages_of(page_with(title="", since=None, scope="", sections=[], gone=None)) == []


class TestRichText:
    def test_is_read_in_paragraphs_headings_and_items(self):
        assert read("<h4>Who</h4><p>All of us.<br/>Always.</p><ul><li>One</li><li><b>T</b>wo</li></ul>") == [
            ("heading", 4, 0, "Who"),
            ("paragraph", 0, 0, "All of us.\nAlways."),
            ("list item", 1, 0, "One"),
            ("list item", 1, 0, "Two"),
        ]

    def test_counts_the_items_of_lists_in_lists(self):
        html = "<ol><li>One<ol><li>Deep</li><li>Deeper<ul><li>Deepest</li></ul></li></ol></li><li><p>Two</p></li></ol>"
        assert read(html + "<p>After</p>") == [
            ("list item", 1, 1, "One"),
            ("list item", 2, 1, "Deep"),
            ("list item", 2, 2, "Deeper"),
            ("list item", 3, 0, "Deepest"),
            ("list item", 1, 2, "Two"),
            ("paragraph", 0, 0, "After"),
        ]

    def test_keeps_links_and_type_beside_the_words(self):
        (found,) = passages_of(
            page_with(scope='<p>Ring <a href="https://a.example/?x=1&amp;y=2">the <i>team</i></a> now</p>')
        )
        assert found.text == "Ring the team now"
        assert [str(mark.link or "") for mark in found.lines[0].marks] == [
            "",
            "https://a.example/?x=1&y=2",
            "https://a.example/?x=1&y=2",
            "",
        ]
        assert [mark.italic for mark in found.lines[0].marks] == [False, False, True, False]

    @pytest.mark.parametrize(
        ("html", "text"),
        [
            ("<p>One<p>Two <b>three", "One|Two three"),
            ("</ul></li></p>One</b> 1 < 2 & 3 &gt; 2", "One 1 < 2 & 3 > 2"),
            ("One<!-- secret --><script>alert(1)</script><style>p{}</style> two<!-- open", "One two"),
            ("<table><tr><td>One<td>Two</table>", "One|Two"),
            ("<p class=\"a>b\">One</p><p title='x'>Two</p>", "One|Two"),
            ("<a href='x", "<a href='x"),
            ("&lt;script&gt;alert(1)&lt;/script&gt;", "<script>alert(1)</script>"),
        ],
    )
    def test_that_is_broken_gives_its_words(self, html, text):
        assert "|".join(words for *_, words in read(html)) == text

    @pytest.mark.parametrize(
        "html", ["<", "<b>", "<ul><li>", "<a href='", '<a x="', "<!--", "&", " ", "<p>x", "<a '\"<", "x<br>"]
    )
    def test_takes_time_in_proportion_to_its_length(self, html):
        source = html * (200_000 // len(html))
        begun = time.process_time()
        read(source)
        assert time.process_time() - begun < 4


class TestSections:
    def test_begin_with_their_heading(self):
        found = in_section(
            block("text", "<p>Tell parents.</p><h4>When</h4><p>Early.</p>"),
            block("subsection", {"heading": "Without consent", "body": [block("text", "<p>Still share.</p>")]}),
        )
        assert [(p.kind, p.level, p.text, p.under) for p in found] == [
            ("heading", 2, "Sharing", ""),
            ("paragraph", 0, "Tell parents.", ""),
            ("heading", 4, "When", "When"),
            ("paragraph", 0, "Early.", "When"),
            ("heading", 3, "Without consent", "Without consent"),
            ("paragraph", 0, "Still share.", "Without consent"),
        ]
        assert {p.section for p in found} == {("sections", "s1", "Sharing")}

    def test_end_where_the_next_block_begins(self):
        found = passages_of(
            page_with(
                sections=[block("section", {"heading": "Sharing", "body": []}, "s1"), block("text", "<p>Loose.</p>")]
            )
        )
        assert [p.section.id for p in found] == ["s1", ""]

    def test_hold_callouts_tables_pictures_and_choices(self):
        table = {
            "caption": "When to ring",
            "columns": [{"type": "text", "heading": "Worry"}, {"type": "text", "heading": "Ring"}],
            "rows": [{"values": ["<p>In danger</p><p>now</p>", "<p><b>999</b></p>"]}],
        }
        found = in_section(
            block("callout", {"title": "You must", "text": "<p>Share it.</p>"}),
            block("table", table),
            block("image", {"image": None, "alt_text": "A map", "decorative": False, "caption": "Where we meet"}),
            block("dates", ["2026-03-01", {"type": "item", "value": "2026-04-02", "id": "x"}]),
            block("choice", "b"),
            block("tick", True),
        )
        assert [(p.kind, p.within, p.label, p.text) for p in found[1:]] == [
            ("callout title", "Callout", "", "You must"),
            ("paragraph", "Callout", "", "Share it."),
            ("table caption", "", "", "When to ring"),
            ("table headings", "", "", "Worry – Ring"),
            ("table row", "", "", "In danger\nnow – 999"),
            ("paragraph", "Picture", "Description", "A map"),
            ("paragraph", "Picture", "Caption", "Where we meet"),
            ("paragraph", "", "Dates", "1 March 2026"),
            ("paragraph", "", "Dates", "2 April 2026"),
            ("paragraph", "", "How often", "Every month"),
            ("paragraph", "", "For schools", "Yes"),
        ]

    @pytest.mark.parametrize(
        "child",
        [
            {"type": "text"},
            {"value": "lost"},
            "text",
            None,
            block("text", None),
            block("text", {"a": 1}),
            block("callout", "no struct"),
            block("callout", {"title": 5, "text": ["x"]}),
            block("table", {"columns": None, "rows": [None, {"values": None}, {"values": ["<p>x</p>"]}]}),
            block("table", []),
            block("contact", "no key"),
            block("contact", {"a": "b"}),
            block("contact", 10**30),
            block("contact", -1),
            block("subsection", {"heading": None, "body": "text"}),
            block("dates", ["not a date", None, 7]),
            block("choice", ["b"]),
        ],
        ids=lambda raw: re.sub("[0-9a-f]{8}-[0-9a-f-]+", "", str(raw))[:70],
    )
    @pytest.mark.django_db
    def test_with_content_of_another_form_are_still_read(self, child):
        found = in_section(child, block("text", "<p>What follows.</p>"))
        assert [found[0].text, found[-1].text] == ["Sharing", "What follows."]

    def test_keep_the_words_of_blocks_that_no_longer_exist(self):
        found = in_section(
            block("timeline", {"steps": [{"id": "hidden", "text": "<p>First <b>ring</b>.</p>"}], "days": 3})
        )
        assert [p.text for p in found] == ["Sharing", "First ring."]


@pytest.mark.django_db
class TestWhatIsChosen:
    def test_goes_by_its_name_asked_for_once_for_all_pages(self, django_assert_num_queries):
        area = Area.objects.create(name="Northvale")
        links = "".join(f'<a linktype="page" id="{page.pk}">x</a>' for page in BasePage.objects.all())
        local = {"area": area.pk, "body": [block("text", "<p>Ring the team.</p>")]}
        pages = [
            page_with(sections=[block("section", {"heading": "A", "body": [block("local", local)]})], scope=links)
        ] * 2
        with django_assert_num_queries(2):
            one, other = passages_of_all(pages)
        assert one == other
        assert [(p.label, p.text) for p in one if p.kind == "entry"] == [("Area", "Northvale")]
        assert [p.within for p in one if p.text == "Ring the team."] == ["For one area"]

    def test_says_when_it_is_gone(self):
        found = in_section(block("contact", 999_999))
        assert found[-1].text == "(no longer exists)"

    def test_does_not_give_away_what_readers_may_not_see(self):
        hidden = make_chapter(title="Not yet public")
        found = passages_of(page_with(sections=[block("page", hidden.pk)]))
        assert [p.text for p in found] == ["(no longer exists)"]


@pytest.mark.django_db
def test_an_edition_of_a_page_is_read_from_its_revision():
    page = make_chapter(published=True, title="Before")
    change(page, title="After").publish()
    titles = [passages_of(edition.revision.as_object())[0].text for edition in page.editions.order_by("number")]
    assert titles == ["Before", "After"]
