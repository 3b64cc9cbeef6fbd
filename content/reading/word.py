"""Word documents (.docx) become HTML, which is then read and cleaned like any other.

mammoth reads what a document says (headings by style, lists, tables, links, footnotes, pictures) and leaves its look.
It is given a document made anew from members that were unpacked within limits and have no DTD, so that neither a zip
bomb nor an XML bomb reaches it, and it may not open other files or addresses.
"""

import re
import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from xml.parsers.expat import ExpatError

import mammoth

from content.reading.refusals import CannotImport, NotText, TooLong
from content.reading.zipped import Limits, is_zipped, names_in, unpacked

MAX_WORD_BYTES = 20 * 1024 * 1024
LIMITS = Limits(most_files=2_000, most_bytes_each=20 * 1024 * 1024, most_bytes=60 * 1024 * 1024)
# XML of the text alone. mammoth took 4 minutes and 1.4 GB for 1,300,000 empty paragraphs in a file of 13 KB, so that
# elements count, not bytes; these are some 500 pages.
MOST_XML = 8 * 1024 * 1024
MOST_MARKS = 300_000
MOST_PICTURE_BYTES = 10 * 1024 * 1024

MAIN = "word/document.xml"
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
b => strong
i => em
"""
# What mammoth raises on documents that only look like one.
UNREADABLE = (
    ExpatError, zipfile.BadZipFile, KeyError, IndexError, ValueError, AttributeError, TypeError, StopIteration, OSError,
)  # fmt: skip
SIGNS = (
    (re.compile(rb"<w:(?:del|moveFrom) "), "Text that was deleted with “Track changes” on; what was added is kept."),
    (re.compile(rb"<w:commentReference "), "Comments in the margin."),
    (re.compile(rb"<m:oMath[ >]"), "Formulas."),
)
PARTS = (("word/charts/", "Charts. Add them as pictures."), ("word/diagrams/", "Diagrams. Add them as pictures."))


@dataclass
class Word:
    """A Word document as HTML; `pictures` by the addresses in it; what is `lost`, in sentences."""

    html: str
    pictures: dict[str, bytes] = field(default_factory=dict)
    lost: tuple[str, ...] = ()


def is_word(content: bytes) -> bool:
    """Tell whether a file is a Word document of today's format, by what is in it."""
    if not is_zipped(content):
        return False
    try:
        return MAIN in names_in(content)
    except CannotImport:
        # Damaged: whatever it was, the message about zipped files is the right one.
        return False


def read_word(content: bytes) -> Word:
    """Return a Word document as HTML. Raises NotText, TooLong or BadZip, with a message for staff."""
    members = dict(unpacked(content, limits=LIMITS, wanted=NEEDED.match))
    _refuse(members)
    word = Word("", lost=_lost(members))
    try:
        word.html = mammoth.convert_to_html(
            _made_anew(members),
            style_map=STYLES,
            include_embedded_style_map=False,
            external_file_access=False,
            convert_image=mammoth.images.img_element(_keeper(word.pictures)),
        ).value
    except RecursionError:
        raise TooLong from None
    except UNREADABLE:
        raise NotText("This Word document is damaged. Open it in Word and save it under a new name.") from None
    # A table in Word is a table; mammoth leaves its lines out, by which `html_tables` would know.
    body = word.html.replace("<table>", '<table border="1">')
    return Word(f"<html><body>{body}</body></html>", word.pictures, word.lost)


def _refuse(members: dict[str, bytes]) -> None:
    if b"macroEnabled" in members.get(CONTENT_TYPES, b"") or any(name.endswith("vbaProject.bin") for name in members):
        raise NotText("This Word document carries macros (.docm). Save it as a Word document without them (.docx).")
    texts = [data for name, data in members.items() if name.lower().endswith((".xml", ".rels"))]
    if any(DTD.search(data) for data in texts):
        raise NotText("This Word document was not made by Word. Open it in Word and save it under a new name.")
    marks = sum(data.count(b"<") for data in texts)
    if marks > MOST_MARKS or sum(map(len, texts)) > 3 * MOST_XML or len(members[MAIN]) > MOST_XML:
        raise TooLong


def _lost(members: dict[str, bytes]) -> tuple[str, ...]:
    signs = [sentence for pattern, sentence in SIGNS if pattern.search(members[MAIN])]
    return (*signs, *(sentence for start, sentence in PARTS if any(name.startswith(start) for name in members)))


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
