"""Headings of Word documents that only look like headings."""

import pytest

from content.reading.headings import settle
from content.reading.outline import BulletList, Heading, Paragraph, text_of
from content.reading.outlining import outline_of
from content.reading.report import Report
from content.reading.sources import read
from tests.content.word_files import lines, paragraph, run, style, styles, table, word

BOLD = "<w:b/>"
TEXT = "Some words of ordinary text that stand below it and end in a full stop."


def settled(*body: str, **options) -> list:
    report = Report()
    blocks, _ = outline_of(read(word(*body, **options)), report)
    return settle(blocks, report)


def headings(*body: str, **options) -> list[tuple[int, str]]:
    return [(block.level, block.text) for block in settled(*body, **options) if isinstance(block, Heading)]


def bold(*texts: str) -> str:
    return lines(*texts, properties=BOLD)


class TestLooks:
    @pytest.mark.parametrize(
        "properties",
        [
            "<w:b/>",
            "<w:b/><w:bCs/><w:u w:val='single'/>",
            "<w:u w:val='single'/>",
            "<w:sz w:val='32'/>",
            "<w:caps/>",
            "<w:rStyle w:val='Fett'/>",
        ],
        ids=["bold", "bold and underlined", "underlined", "larger", "capitals", "character style"],
    )
    def test_a_line_that_stands_out_is_a_heading(self, properties):
        extra = styles(style("Fett", "Strong", text="<w:b/>", kind="character"))
        made = lines("Private fostering", properties=properties)
        assert headings(lines(TEXT), made, lines(TEXT), extra=extra) == [(2, "Private fostering")]

    def test_a_style_of_the_office_counts_by_how_it_looks(self):
        extra = styles(style("Base", "Base", text="<w:b/>"), style("Rubrik", "Our heading", based_on="Base"))
        body = paragraph("Private fostering", style="Rubrik") + lines(TEXT)
        assert headings(body, extra=extra) == [(2, "Private fostering")]

    def test_a_style_with_an_outline_level_is_a_heading_for_certain(self):
        extra = styles(style("Rubrik", "Our heading", paragraph='<w:outlineLvl w:val="2"/>'))
        assert headings(paragraph("Who to call", style="Rubrik"), extra=extra) == [(3, "Who to call")]

    def test_headings_of_a_word_in_another_language_are_headings(self):
        extra = styles(style("berschrift1", "heading 1"), style("Titre2", "heading 2"))
        body = paragraph("Eins", style="berschrift1") + paragraph("Deux", style="Titre2") + lines(TEXT)
        assert headings(body, extra=extra) == [(1, "Eins"), (2, "Deux")]

    def test_the_larger_ones_are_above_the_smaller_ones(self):
        large = "<w:b/><w:sz w:val='28'/>"
        body = "".join(
            lines(name, properties=large) + bold(f"{name} in detail") + lines(TEXT)
            for name in ("Neglect", "Exploitation")
        )
        assert headings(body, extra=styles()) == [
            (2, "Neglect"),
            (3, "Neglect in detail"),
            (2, "Exploitation"),
            (3, "Exploitation in detail"),
        ]

    def test_one_line_larger_than_all_is_the_title(self):
        body = lines("Our newsletter", properties="<w:sz w:val='52'/>") + (bold("Neglect") + lines(TEXT)) * 2
        assert headings(body, extra=styles())[0] == (1, "Our newsletter")

    def test_bold_lines_are_below_headings_that_are_marked(self):
        body = (paragraph("Neglect", style="Heading1") + bold("In detail") + lines(TEXT)) * 2
        assert headings(body) == [(1, "Neglect"), (2, "In detail")] * 2


class TestNoHeadings:
    @pytest.mark.parametrize(
        "body",
        [
            f"<w:p>{run('Venue:', BOLD)}{run(' the town hall, at ten o’clock.')}</w:p>",
            bold("You must always call the police and the front door team if you think that a child is in danger now."),
            bold("Contact us at:", "office@board.example"),
            bold("Words above"),
            lines("www.board.example", properties="<w:u w:val='single'/>"),
        ],
        ids=["lead-in", "sentence", "address", "nothing below", "link"],
    )
    def test_not_every_bold_line_is_one(self, body):
        assert headings(lines(TEXT), body) == []

    def test_nor_are_bold_cells_and_points(self):
        cells = table([["When", "Who"], ["At once", "Police"]]).replace("<w:rPr>", "<w:rPr><w:b/>")
        points = "".join(paragraph(text, level=0, bold=True) for text in ("First point", "Second point"))
        assert headings(lines(TEXT), cells, lines(TEXT), points, lines(TEXT)) == []

    def test_nor_is_anything_where_all_is_bold(self):
        marked = paragraph("Marked", style="Heading1")
        assert headings(marked, bold(TEXT, "Private fostering", TEXT, TEXT)) == [(1, "Marked")]


class TestNumbers:
    def test_typed_by_hand_say_how_deep_a_heading_is(self):
        body = bold("1. Introduction", "1.1 What this is") + lines(TEXT) + bold("1.2 Who to call") + lines(TEXT)
        body += bold("2) Contacts") + lines(TEXT)
        assert headings(body) == [
            (2, "1. Introduction"),
            (3, "1.1 What this is"),
            (3, "1.2 Who to call"),
            (2, "2) Contacts"),
        ]

    def test_alone_make_headings_where_they_count(self):
        body = lines("1. Introduction", TEXT, "1.1 What this is", TEXT, "2. Contacts", TEXT)
        assert headings(body) == [(2, "1. Introduction"), (3, "1.1 What this is"), (2, "2. Contacts")]

    @pytest.mark.parametrize(
        "texts",
        [
            (TEXT, "1. Call us", "2. Write to us", "3. Visit us", TEXT),
            ("1. Call us", TEXT),
            ("3. Call us", TEXT, "1. Write to us", TEXT),
            ("1. Call us.", TEXT, "2. Write to us.", TEXT),
        ],
        ids=["a list", "only one", "out of order", "sentences"],
    )
    def test_do_not_make_headings_of_other_lines(self, texts):
        assert headings(paragraph("Marked", style="Heading1"), lines(*texts)) == [(1, "Marked")]

    def test_line_by_line_are_a_list(self):
        blocks = settled(lines(TEXT, "1. Call us", "2. Write to us", "3. Visit us", TEXT))
        assert [type(block) for block in blocks] == [Paragraph, BulletList, Paragraph]
        assert blocks[1].ordered
        assert text_of(blocks[1]) == "Call us\nWrite to us\nVisit us"

    def test_that_word_counts_itself_do_so_too(self):
        def numbered(text: str, level: int) -> str:
            return paragraph(text, level=level, numbered=True, bold=True)

        body = numbered("Introduction", 0) + lines(TEXT) + numbered("Who to call", 1) + lines(TEXT)
        assert headings(body) == [(2, "Introduction"), (3, "Who to call")]

    def test_that_word_counts_may_lead_to_numbered_paragraphs(self):
        def numbered(text: str, level: int, *, bold: bool = False) -> str:
            return paragraph(text, level=level, numbered=True, bold=bold)

        body = numbered("Introduction", 0, bold=True) + numbered(TEXT, 1) * 2
        body += numbered("Who to call", 0, bold=True) + numbered(TEXT, 1) * 2
        blocks = settled(body)
        assert [type(block) for block in blocks] == [Heading, BulletList] * 2
        assert [(block.ordered, len(block.items)) for block in blocks[1::2]] == [(True, 2), (True, 2)]

    def test_in_a_list_stay_there(self):
        points = "".join(paragraph(text, level=0, numbered=True, bold=True) for text in ("First", "Second", "Third"))
        blocks = settled(lines("What to do:"), points, lines(TEXT))
        assert [type(block) for block in blocks] == [Paragraph, BulletList, Paragraph]
        assert text_of(blocks[1]) == "First\nSecond\nThird"
