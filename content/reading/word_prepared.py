"""A Word document made ready for mammoth: with changes accepted, boxes opened, headings marked and notes in place."""

import re
from collections import Counter
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from content.reading.refusals import TooLong
from content.reading.report import CHECK, GUESS, LEFT_OUT, quoted
from content.reading.word_boxes import choose_once, open_boxes
from content.reading.word_changes import accept_changes
from content.reading.word_fields import simplify
from content.reading.word_leftovers import AROUND, around_pages, mark_plain_tables, take_hidden
from content.reading.word_lists import Numbering, settle_lists, settled_numbering
from content.reading.word_notes import PREFIX, place_notes
from content.reading.word_styles import Styles
from content.reading.word_titles import mark_headings
from content.reading.word_xml import parsed, words_in, written

MAIN = "word/document.xml"
RELATIONS = "word/_rels/document.xml.rels"
NUMBERING = "word/numbering.xml"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}"
NOTES = {"footnote": "word/footnotes.xml", "endnote": "word/endnotes.xml"}
NOT_READ = re.compile(r"^word/(?:comments\w*|footnotes|endnotes|header\d*|footer\d*|settings)\.xml$", re.I)
# Deeper than any program nests; each level costs what is in it.
DEEPEST = 200
NAMED = 3


@dataclass
class Prepared:
    """The members that mammoth is given, the words that must come out, and what to say about the rest."""

    members: dict[str, bytes]
    words: str = ""
    said: list[tuple[str, str]] = field(default_factory=list)


def prepared(members: dict[str, bytes]) -> Prepared:
    """Return a document as it is to be read. Raises ParseError for damaged XML, TooLong for what is nested too deep."""
    result = Prepared({name: data for name, data in members.items() if not NOT_READ.match(name)})
    trees = {name: _tree(members.get(name)) for name in (MAIN, "word/styles.xml", NUMBERING, *NOTES.values())}
    styles, numbering = Styles(trees["word/styles.xml"]), Numbering(trees[NUMBERING])
    root = trees[MAIN]
    notes = {kind: trees[name] for kind, name in NOTES.items()}
    left, hidden = Counter(), []
    for tree in (root, *notes.values()):
        if tree is not None:
            left += _plain(tree, styles, hidden)
    boxes = open_boxes(root)
    lists = settle_lists(root, styles, numbering)
    holding = mark_plain_tables(root, styles)
    mark_headings(root, styles)
    left["notes"] = place_notes(root, styles, notes)
    around = around_pages(_tree(data) for name, data in members.items() if AROUND.match(name))
    result.said = [*_on_text(left, hidden, around), *_on_layout(boxes, lists, holding)]
    result.words = words_in(root)
    result.members[MAIN] = written(root)
    result.members[NUMBERING] = written(settled_numbering())
    result.members[RELATIONS] = _relations(members)
    return result


def _tree(data: bytes | None) -> Element | None:
    if data is None:
        return None
    root = parsed(data)
    level = [root]
    for _ in range(DEEPEST):
        level = [below for above in level for below in above]
    if level:
        raise TooLong
    return root


def _plain(tree: Element, styles: Styles, hidden: list[str]) -> Counter:
    """Change the text to what readers of the finished document see; return what was left out."""
    choose_once(tree)
    left: Counter[str] = Counter()
    left["changes"], left["comments"] = accept_changes(tree)
    left += simplify(tree, styles)
    if words := take_hidden(tree, styles):
        hidden.append(words)
    return left


def _relations(members: dict[str, bytes]) -> bytes:
    """Return the relations of the text, with those of its notes under the names that `word_notes` gives them."""
    root = _tree(members.get(RELATIONS))
    if root is None:
        root = Element(f"{RELATION}Relationships")
    # Its place may be another than where lists are written now.
    for relation in [found for found in root if found.get("Type", "").endswith("/numbering")]:
        root.remove(relation)
    for kind, name in NOTES.items():
        relations = _tree(members.get(name.replace("word/", "word/_rels/") + ".rels"))
        for relation in [] if relations is None else relations:
            attributes = dict(relation.attrib) | {"Id": f"{PREFIX[kind]}{relation.get('Id', '')}"}
            SubElement(root, f"{RELATION}Relationship", attributes)
    return written(root)


def _on_text(left: Counter, hidden: list[str], around: list[str]) -> list[tuple[str, str]]:
    """Return what to say about words that are not in the draft, or stand elsewhere."""
    said = []
    if count := left["changes"]:
        said.append((CHECK, f"“Track changes” was on: {_many(count, 'change was', 'changes were')} read as accepted."))
    if count := left["comments"]:
        said.append((LEFT_OUT, f"{_many(count, 'comment', 'comments')} in the margin."))
    if count := left["notes"]:
        notes = _many(count, "footnote or endnote stands", "footnotes and endnotes stand")
        said.append((GUESS, f"{notes} in a list at the end of the section."))
    if left["contents"]:
        said.append((LEFT_OUT, "The list of contents: the page makes its own."))
    if left["prompts"]:
        said.append((LEFT_OUT, f"{_many(left['prompts'], 'field', 'fields')} of a form that nobody has filled in."))
    if left["chunks"]:
        said.append((LEFT_OUT, "A document inside the document. Open it in Word and save it under a new name."))
    if hidden:
        said.append((LEFT_OUT, f"Hidden text: {quoted(' '.join(hidden))}"))
    said += [(LEFT_OUT, f"What stands at the top or bottom of the pages: {quoted(text)}") for text in around[:NAMED]]
    return said


def _on_layout(boxes: list[str], lists: Counter, holding: list[str]) -> list[tuple[str, str]]:
    """Return what to say about what looks otherwise than in Word."""
    said = []
    if boxes:
        named = ", ".join(map(quoted, boxes[:NAMED])) + (" and others" if len(boxes) > NAMED else "")
        boxed = _many(len(boxes), "text box was read after its", "text boxes were read after their")
        said.append((GUESS, f"{boxed} paragraph: {named}"))
    if lists["deeper"]:
        said.append((CHECK, f"{_many(lists['deeper'], 'point', 'points')} of lists stood below the fifth level."))
    if lists["continued"]:
        counted = _many(lists["continued"], "numbered list goes", "numbered lists go")
        said.append((CHECK, f"{counted} on after other text. On the page, each begins at 1."))
    if lists["lettered"]:
        lettered = _many(lists["lettered"], "list is", "lists are")
        said.append((GUESS, f"{lettered} numbered 1, 2, 3, not by letters as in Word."))
    said += [(CHECK, f"A table held another table; its cells stand one below the other: {quoted(t)}") for t in holding]
    return said


def _many(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
