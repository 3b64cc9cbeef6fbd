"""Footnotes and endnotes of a Word document: a mark in the text, and the note in a list at the end of its section."""

import re
from collections.abc import Iterator
from copy import deepcopy
from xml.etree.ElementTree import Element

from content.reading.word_styles import Styles
from content.reading.word_titles import HEADING, TITLE
from content.reading.word_xml import R, W, made, parents_in, text_of, value

LABEL = "Notes:"
NOTE = "ImportNote"
REFERENCES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
# Inside a note: its own number.
OWN_MARKS = {f"{W}footnoteRef", f"{W}endnoteRef"}
LEVEL = re.compile(rf"^(?:heading ?|{HEADING}|{TITLE})(\d)$", re.I)
# Relations of notes are numbered as those of the text are; this keeps them apart.
PREFIX = {"footnote": "ImportFootnote-", "endnote": "ImportEndnote-"}


def place_notes(root: Element, styles: Styles, notes: dict[str, Element | None]) -> int:
    """Write the notes that the text refers to below the sections they belong to; return how many there are.

    `notes` are the roots of footnotes.xml and endnotes.xml, as "footnote" and "endnote".
    """
    body = root.find(f"{W}body")
    if body is None:
        return 0
    found = {kind: _notes_in(tree, kind) for kind, tree in notes.items()}
    counts = dict.fromkeys(found, 0)
    has_both = len({element.tag for element in body.iter() if element.tag in REFERENCES}) > 1
    level = _section_level(body, styles)
    result: list[Element] = []
    waiting: list[Element] = []
    for block in list(body):
        if waiting and _level_of(block, styles) <= level:
            result += _list_of(waiting)
            waiting = []
        for kind, run in _references_in(block):
            note = found[kind].pop(run.get(f"{W}id", ""), None)
            if note is None:
                _become_text(run, "")
            else:
                counts[kind] += 1
                # Word counts both from 1.
                mark = f"[{'e' if has_both and kind == 'endnote' else ''}{counts[kind]}]"
                _become_text(run, mark)
                waiting.append(_paragraph(note, mark, PREFIX[kind]))
        result.append(block)
    # The last element is the layout of the page, which may come before them.
    body[:] = [*result, *_list_of(waiting)]
    return sum(counts.values())


def _notes_in(tree: Element | None, kind: str) -> dict[str, Element]:
    """Return the notes by their keys; not the lines that part them from the text."""
    notes = [] if tree is None else tree.findall(f"{W}{kind}")
    return {note.get(f"{W}id", ""): note for note in notes if "eparator" not in note.get(f"{W}type", "")}


def _references_in(block: Element) -> Iterator[tuple[str, Element]]:
    for element in list(block.iter()):
        if element.tag in REFERENCES:
            yield REFERENCES[element.tag], element


def _become_text(reference: Element, mark: str) -> None:
    reference.attrib.clear()
    reference.tag = f"{W}t"
    reference.text = mark


def _list_of(waiting: list[Element]) -> list[Element]:
    return [made("p", made("r", made("t", text=LABEL))), *waiting] if waiting else []


def _paragraph(note: Element, mark: str, prefix: str) -> Element:
    """Return a note as one point of a list: its paragraphs as lines, without the number of its own."""
    result = made("p", made("pPr", made("pStyle", val=NOTE)), made("r", made("t", text=f"{mark} ")))
    for index, paragraph in enumerate(note.iter(f"{W}p")):
        if index and text_of(paragraph).strip():
            result.append(made("r", made("br")))
        for element in deepcopy(paragraph):
            if element.tag != f"{W}pPr":
                result.append(element)
    for element in result.iter():
        for name in ("id", "embed", "link"):
            if (relation := element.get(f"{R}{name}")) is not None:
                element.set(f"{R}{name}", f"{prefix}{relation}")
    _strip_own_marks(result)
    return result


def _strip_own_marks(paragraph: Element) -> None:
    parents = parents_in(paragraph)
    for element in list(paragraph.iter()):
        if element.tag in OWN_MARKS:
            parents[element].remove(element)


def _section_level(body: Element, styles: Styles) -> int:
    """Return the level of the headings that begin sections: the highest that is there twice, or else the highest."""
    levels = [level for block in body if (level := _level_of(block, styles)) < 100]
    several = [level for level in levels if levels.count(level) > 1] if len(levels) < 2_000 else levels
    return min(several or levels or [0])


def _level_of(block: Element, styles: Styles) -> int:
    """Return the level of a heading, those that are marked before those that only look like one; 100 for no heading."""
    style = value(block, "pPr/pStyle") if block.tag == f"{W}p" else ""
    found = (LEVEL.match(style) or LEVEL.match(styles.name(style))) if style and text_of(block).strip() else None
    return int(found[1]) + (10 if style.startswith(TITLE) else 0) if found else 100
