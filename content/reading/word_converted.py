"""The members of a Word document become HTML.

mammoth reads what a document says (headings by style, lists, tables, links, pictures) and leaves its look. What it
would read otherwise than people see it is changed before (`word_prepared`): tracked changes, text boxes, notes,
headings that are only bold. It may not open other files or addresses.

Nothing here knows of the site: large documents are read in a process of their own (`word_apart`).
"""

import re
import zipfile
from dataclasses import dataclass, field
from html import unescape
from io import BytesIO
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

import mammoth

from content.reading.refusals import NotText, TooLong
from content.reading.report import LEFT_OUT
from content.reading.word_prepared import MAIN, prepared
from content.reading.word_titles import DEEPEST, HEADING, TITLE
from content.reading.words import TAGS, lost_words

DAMAGED = "This Word document is damaged. Open it in Word and save it under a new name."
WORDS_NAMED = 30
XML = (".xml", ".rels")
# Between these, words are parted.
BLOCK_TAGS = re.compile(r"</?(?:p|h\d|ul|ol|li|br|table|t[rdh]|div)\b[^<>]*>")
STYLES = """
p.Title => h1:fresh
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Heading 7'] => h6:fresh
p[style-name='Heading 8'] => h6:fresh
p[style-name='Heading 9'] => h6:fresh
p.ImportText => p.word-text:fresh
p.ImportNote => ul.word-notes > li:fresh
table.ImportPlainTable => table.word-plain:fresh
b => strong
i => em
"""
STYLES += "".join(f"p.{HEADING}{level} => h{level}:fresh\n" for level in range(1, 7))
STYLES += "".join(f"p.{TITLE}{depth} => p.word-title-{depth}:fresh\n" for depth in range(1, DEEPEST + 1))
# What mammoth raises on documents that only look like one.
UNREADABLE = (
    ExpatError, ParseError, zipfile.BadZipFile, KeyError, IndexError, ValueError, AttributeError, TypeError,
    StopIteration, OSError,
)  # fmt: skip
FORMULA = re.compile(rb"<m:oMath[ >]")
PARTS = (("word/charts/", "Charts. Add them as pictures."), ("word/diagrams/", "Diagrams. Add them as pictures."))


@dataclass
class Converted:
    """A document as HTML; the members its pictures are in, by their addresses in it; what is `said` of it."""

    html: str
    pictures: dict[str, str] = field(default_factory=dict)
    said: list[tuple[str, str]] = field(default_factory=list)


def converted(members: dict[str, bytes]) -> Converted:
    """Return the HTML of a document. Of members that are no XML, only the names matter. Raises NotText or TooLong."""
    result = Converted("")
    try:
        ready = prepared({name: data for name, data in members.items() if name.lower().endswith(XML)})
        named = {name: name.encode() for name in members if not name.lower().endswith(XML)}
        result.html = mammoth.convert_to_html(
            _zipped(ready.members | named),
            style_map=STYLES,
            include_embedded_style_map=False,
            external_file_access=False,
            convert_image=mammoth.images.img_element(_keeper(result.pictures)),
        ).value
    except (RecursionError, MemoryError):
        raise TooLong from None
    except UNREADABLE:
        raise NotText(DAMAGED) from None
    result.said = [*ready.said, *_lost(members, ready.words, result.html)]
    return result


def _lost(members: dict[str, bytes], words: str, html: str) -> list[tuple[str, str]]:
    """Return what to say about what is not in the HTML."""
    said = [sentence for start, sentence in PARTS if any(name.startswith(start) for name in members)]
    if FORMULA.search(members[MAIN]):
        said.append("Formulas.")
    if missing := lost_words(words, unescape(TAGS.sub("", BLOCK_TAGS.sub("\n", html)))):
        said.append(f"These words of the Word document could not be read: {', '.join(missing[:WORDS_NAMED])}")
    return [(LEFT_OUT, sentence) for sentence in said]


def _zipped(members: dict[str, bytes]) -> BytesIO:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    file.seek(0)
    return file


def _keeper(pictures: dict[str, str]):
    """Return what mammoth asks where to find a picture; the member it is in is noted under that address."""

    def keep(image) -> dict[str, str]:
        try:
            with image.open() as opened:
                name = opened.read().decode()
        except UNREADABLE:
            # It is only linked to, or its file is missing.
            return {"src": "picture that the document only links to"}
        address = f"word-picture-{len(pictures) + 1}"
        pictures[address] = name
        return {"src": address}

    return keep
