"""What a Word document has and a page has not: headers and footers, hidden text, tables that arrange a page."""

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from content.reading.word_lines import run_look
from content.reading.word_styles import Styles, has_lines
from content.reading.word_xml import W, child, made, rewrite, text_of, value, words_in

AROUND = re.compile(r"^word/(?:header|footer)\d*\.xml$", re.I)
PLAIN_TABLE = "ImportPlainTable"
PAGE_NUMBER = re.compile(r"^\W*(?:page)?\W*\d*\W*(?:of)?\W*\d*\W*$", re.I)


def take_hidden(root: Element, styles: Styles) -> str:
    """Take out the text that Word does not show; return it."""
    hidden: list[str] = []
    for paragraph in root.iter(f"{W}p"):
        around = styles.look(value(paragraph, "pPr/pStyle"))

        def change(element: Element, around=around) -> list[Element] | None:
            if element.tag != f"{W}r" or not run_look(element, around, styles).hidden:
                return None
            # A link or a field stands in several pieces; those that only say where it ends must stay.
            if words := text_of(element):
                hidden.append(words)
                return []
            return None

        # Only the paragraphs that could have some are gone through.
        if around.hidden or next(paragraph.iter(f"{W}vanish"), None) is not None or _has_styled_text(paragraph):
            rewrite(paragraph, change)
    return " ".join("".join(hidden).split())


def around_pages(roots: Iterable[Element]) -> list[str]:
    """Return what stands at the top and bottom of the pages, each once, without page numbers."""
    texts: list[str] = []
    for root in roots:
        text = " ".join(words_in(root).split())
        if text and not PAGE_NUMBER.match(text) and text not in texts:
            texts.append(text)
    return texts


def mark_plain_tables(root: Element, styles: Styles) -> list[str]:
    """Give tables without any lines a style that says so; return how those begin that hold other tables."""
    holding: list[str] = []
    for table in root.iter(f"{W}tbl"):
        properties = child(table, "tblPr")
        if properties is None:
            properties = made("tblPr")
            table.insert(0, properties)
        if (
            len(table.findall(f"{W}tr")) > 1
            and next((e for e in table.iter(f"{W}tbl") if e is not table), None) is not None
        ):
            holding.append(" ".join(text_of(table)[:400].split()))
        if not _has_lines(table, properties, styles):
            for found in properties.findall(f"{W}tblStyle"):
                properties.remove(found)
            properties.insert(0, made("tblStyle", val=PLAIN_TABLE))
    return holding


def _has_lines(table: Element, properties: Element, styles: Styles) -> bool:
    own = child(properties, "tblBorders")
    if own is not None:
        return has_lines(own) or _cells_have_lines(table)
    return styles.table_has_lines(value(properties, "tblStyle")) or _cells_have_lines(table)


def _cells_have_lines(table: Element) -> bool:
    return any(has_lines(borders) for borders in table.findall(f"{W}tr/{W}tc/{W}tcPr/{W}tcBorders"))


def _has_styled_text(paragraph: Element) -> bool:
    return next(paragraph.iter(f"{W}rStyle"), None) is not None
