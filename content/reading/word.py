"""Word documents (.docx) become HTML, which is then read and cleaned like any other.

Only members that were unpacked within limits and have no DTD are read, so that neither a zip bomb nor an XML bomb does
harm; `word_converted` says how, and `word_apart` where.
"""

import re
from dataclasses import dataclass, field

from content.reading.refusals import CannotImport, NotText, TooLong
from content.reading.report import LEFT_OUT
from content.reading.word_apart import converted_apart
from content.reading.word_converted import DAMAGED, XML, converted
from content.reading.word_prepared import MAIN, RELATIONS
from content.reading.zipped import Limits, is_zipped, names_in, unpacked

MAX_WORD_BYTES = 20 * 1024 * 1024
LIMITS = Limits(most_files=2_000, most_bytes_each=20 * 1024 * 1024, most_bytes=60 * 1024 * 1024)
# XML of the text alone. mammoth took 4 minutes and 1.4 GB for 1,300,000 empty paragraphs in a file of 13 KB, so that
# elements count, not bytes; these are some 500 pages.
MOST_XML = 8 * 1024 * 1024
MOST_MARKS = 300_000
# Up to here (some 40 pages as Word writes them), a document costs a second or two wherever it is read.
LIGHT_XML = 2 * 1024 * 1024
LIGHT_MARKS = 40_000
MOST_PICTURE_BYTES = 10 * 1024 * 1024

MAIN_NAME = re.compile(r"^word/document\d{0,3}\.xml$")
CONTENT_TYPES = "[Content_Types].xml"
NEEDED = re.compile(r"^(?:\[Content_Types\]\.xml|_rels/|word/)", re.I)
DTD = re.compile(rb"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E|E\x00?N\x00?T\x00?I\x00?T\x00?Y)", re.I)


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
    is_light = _refuse(members)
    made = (converted if is_light else converted_apart)(members)
    pictures = {address: members.get(name, b"") for address, name in made.pictures.items()}
    said = list(made.said)
    if large := [address for address, data in pictures.items() if len(data) > MOST_PICTURE_BYTES]:
        said.append((LEFT_OUT, f"Pictures of more than 10 MB: {len(large)}."))
    kept = {address: data for address, data in pictures.items() if address not in large}
    # A table with lines in Word is one of data; mammoth leaves its lines out, by which `html_tables` would know.
    body = made.html.replace("<table>", '<table border="1">')
    return Word(f"<html><body>{body}</body></html>", kept, tuple(said))


def _call_main_part_as_usual(members: dict[str, bytes]) -> None:
    """Give the text the name that Word gives it; Word on the web writes `document2.xml`."""
    if MAIN in members:
        return
    name = next((name for name in members if MAIN_NAME.match(name)), None)
    if name is None:
        raise NotText(DAMAGED)
    folder, _, own = name.rpartition("/")
    members[MAIN] = members.pop(name)
    if (relations := members.pop(f"{folder}/_rels/{own}.rels", None)) is not None:
        members[RELATIONS] = relations
    for member in (CONTENT_TYPES, "_rels/.rels"):
        if member in members:
            members[member] = members[member].replace(name.encode(), MAIN.encode())


def _refuse(members: dict[str, bytes]) -> bool:
    """Raise NotText or TooLong for what must not be read; tell whether the rest costs little."""
    if b"macroEnabled" in members.get(CONTENT_TYPES, b"") or any(name.endswith("vbaProject.bin") for name in members):
        raise NotText("This Word document carries macros (.docm). Save it as a Word document without them (.docx).")
    texts = [data for name, data in members.items() if name.lower().endswith(XML)]
    if any(DTD.search(data) for data in texts):
        raise NotText("This Word document was not made by Word. Open it in Word and save it under a new name.")
    marks = sum(data.count(b"<") for data in texts)
    if marks > MOST_MARKS or sum(map(len, texts)) > 3 * MOST_XML or len(members[MAIN]) > MOST_XML:
        raise TooLong
    return marks <= LIGHT_MARKS and sum(map(len, texts)) <= LIGHT_XML
