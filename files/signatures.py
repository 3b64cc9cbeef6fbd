"""What a file is, told by its first bytes; for the sentence that says so."""

import re

import filetype

from files.encodings import decode, is_written
from files.kinds import KINDS

HEAD = 64 * 1024
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"L\x00\x00\x00\x01\x14\x02",
)
# The beginnings by which browsers take a file for HTML (WHATWG, MIME Sniffing 7.1), and XML with them: SVG is XML.
WEB_PAGE = re.compile(
    r"\s*<(?:!doctype\s+html|!--|\?xml|svg"
    r"|(?:html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|meta|img)[\s/>])",
    re.IGNORECASE,
)
FAMILIES = {"image": "a picture", "audio": "a sound recording", "video": "a film", "font": "a font"}


def is_zip(head: bytes) -> bool:
    """Tell whether a file is a zip file; today's Office files are."""
    return head.startswith(ZIP)


def is_pdf(head: bytes) -> bool:
    """Tell whether a file begins as a PDF does.

    Readers find the mark anywhere in the first kilobyte, so that a web page may hide before it; only a byte order mark
    and empty lines may.
    """
    return head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n\t \x00").startswith(b"%PDF-")


def is_rtf(head: bytes) -> bool:
    """Tell whether a file begins as rich text does."""
    return head.lstrip(b"\r\n\t ").startswith(b"{\\rtf")


def is_web_page(head: bytes) -> bool:
    """Tell whether a browser might show a file as a web page or drawing, with the scripts in it."""
    return bool(WEB_PAGE.match(decode(head, is_whole=False).lstrip("\ufeff")))


def what_it_is(head: bytes) -> str:
    """Return what a file is within a sentence, “a picture”, or "" when it cannot be told."""
    if is_pdf(head):
        return KINDS["pdf"].named
    if is_rtf(head):
        return KINDS["rtf"].named
    if is_zip(head):
        return "a zip file"
    if head.startswith(OLE):
        return "a file of an old Office program"
    if is_web_page(head):
        return "a web page"
    if is_written(decode(head, is_whole=False)):
        return "plain text"
    return _binary(head)


def _binary(head: bytes) -> str:
    """Name what is no text; short marks such as “BM” and “MZ” may begin a text, so that this comes last."""
    if head.startswith(PROGRAMS):
        return "a program"
    found = filetype.guess(head)
    return FAMILIES.get(found.mime.partition("/")[0], "") if found else ""
