"""Word documents (.docx) become HTML, which is then read and cleaned like any other.

mammoth reads what a document says (headings by style, lists, tables, links, pictures) and leaves its look. It is given
a document made anew from members that were unpacked within limits and have no DTD, so that neither a zip bomb nor an
XML bomb reaches it, and it may not open other files or addresses. What it would read otherwise than people see it is
changed before (`word_prepared`): tracked changes, text boxes, notes, headings that are only bold.
"""

import re
import zipfile
from dataclasses import dataclass, field
from html import unescape
from io import BytesIO
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

import mammoth

from content.reading.refusals import CannotImport, NotText, TooLong
from content.reading.report import LEFT_OUT
from content.reading.word_prepared import MAIN, RELATIONS, prepared
from content.reading.word_titles import DEEPEST, HEADING, TITLE
from content.reading.words import TAGS, lost_words
from content.reading.zipped import Limits, is_zipped, names_in, unpacked

MAX_WORD_BYTES = 20 * 1024 * 1024
LIMITS = Limits(most_files=2_000, most_bytes_each=20 * 1024 * 1024, most_bytes=60 * 1024 * 1024)
# XML of the text alone. mammoth took 4 minutes and 1.4 GB for 1,300,000 empty paragraphs in a file of 13 KB, so that
# elements count, not bytes; these are some 500 pages.
MOST_XML = 8 * 1024 * 1024
MOST_MARKS = 300_000
MOST_PICTURE_BYTES = 10 * 1024 * 1024
WORDS_NAMED = 30

# Between these, words are parted.
BLOCK_TAGS = re.compile(r"</?(?:p|h\d|ul|ol|li|br|table|t[rdh]|div)\b[^<>]*>")
MAIN_NAME = re.compile(r"^word/document\d{0,3}\.xml$")
CONTENT_TYPES = "[Content_Types].xml"
NEEDED = re.compile(r"^(?:\[Content_Types\]\.xml|_rels/|word/)", re.I)
DTD = re.compile(rb"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E|E\x00?N\x00?T\x00?I\x00?T\x00?Y)", re.I)
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
class Word:
    """A Word document as HTML; `pictures` by the addresses in it; what is `said` of it, by groups of the report."""

    html: str
    pictures: dict[str, bytes] = field(default_factory=dict)
    said: tuple[tuple[str, str], ...] = ()


def is_word(content: bytes) -> bool:
    """Tell whether a file is a Word document of today's format, by what is in it."""
    if not is_zipped(content):
        return False
    try:
        return any(MAIN_NAME.match(name) for name in names_in(content))
    except CannotImport:
        # Damaged: whatever it was, the message about zipped files is the right one.
        return False


def read_word(content: bytes) -> Word:
    """Return a Word document as HTML. Raises NotText, TooLong or BadZip, with a message for staff."""
    members = dict(unpacked(content, limits=LIMITS, wanted=NEEDED.match))
    _call_main_part_as_usual(members)
    _refuse(members)
    word = Word("")
    try:
        ready = prepared(members)
        word.html = mammoth.convert_to_html(
            _made_anew(ready.members),
            style_map=STYLES,
            include_embedded_style_map=False,
            external_file_access=False,
            convert_image=mammoth.images.img_element(_keeper(word.pictures)),
        ).value
    except RecursionError:
        raise TooLong from None
    except UNREADABLE:
        raise NotText("This Word document is damaged. Open it in Word and save it under a new name.") from None
    word.said = (*ready.said, *_lost(members, ready.words, word.html))
    # A table with lines in Word is one of data; mammoth leaves its lines out, by which `html_tables` would know.
    body = word.html.replace("<table>", '<table border="1">')
    word.html = f"<html><body>{body}</body></html>"
    return word


def _call_main_part_as_usual(members: dict[str, bytes]) -> None:
    """Give the text the name that Word gives it; Word on the web writes `document2.xml`."""
    if MAIN in members:
        return
    name = next(name for name in members if MAIN_NAME.match(name))
    folder, _, own = name.rpartition("/")
    members[MAIN] = members.pop(name)
    if (relations := members.pop(f"{folder}/_rels/{own}.rels", None)) is not None:
        members[RELATIONS] = relations
    for member in (CONTENT_TYPES, "_rels/.rels"):
        if member in members:
            members[member] = members[member].replace(name.encode(), MAIN.encode())


def _refuse(members: dict[str, bytes]) -> None:
    if b"macroEnabled" in members.get(CONTENT_TYPES, b"") or any(name.endswith("vbaProject.bin") for name in members):
        raise NotText("This Word document carries macros (.docm). Save it as a Word document without them (.docx).")
    texts = [data for name, data in members.items() if name.lower().endswith((".xml", ".rels"))]
    if any(DTD.search(data) for data in texts):
        raise NotText("This Word document was not made by Word. Open it in Word and save it under a new name.")
    marks = sum(data.count(b"<") for data in texts)
    if marks > MOST_MARKS or sum(map(len, texts)) > 3 * MOST_XML or len(members[MAIN]) > MOST_XML:
        raise TooLong


def _lost(members: dict[str, bytes], words: str, html: str) -> list[tuple[str, str]]:
    """Return what to say about what is not in the HTML."""
    said = [sentence for start, sentence in PARTS if any(name.startswith(start) for name in members)]
    if FORMULA.search(members[MAIN]):
        said.append("Formulas.")
    if missing := lost_words(words, unescape(TAGS.sub("", BLOCK_TAGS.sub("\n", html)))):
        said.append(f"These words of the Word document could not be read: {', '.join(missing[:WORDS_NAMED])}")
    return [(LEFT_OUT, sentence) for sentence in said]


def _made_anew(members: dict[str, bytes]) -> BytesIO:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    file.seek(0)
    return file


def _keeper(pictures: dict[str, bytes]):
    """Return what mammoth asks where to find a picture; the picture is put aside under that address."""

    def keep(image) -> dict[str, str]:
        try:
            with image.open() as opened:
                data = opened.read(MOST_PICTURE_BYTES + 1)
        except UNREADABLE:
            # It is only linked to, or its file is missing.
            return {"src": "picture that the document only links to"}
        if len(data) > MOST_PICTURE_BYTES:
            return {"src": "picture of more than 10 MB"}
        address = f"word-picture-{len(pictures) + 1}"
        pictures[address] = data
        return {"src": address}

    return keep
