"""Pictures of HTML: kept where the file brings them along, named in the report where it only says where they are."""

import base64
import binascii
import re
from urllib.parse import unquote_to_bytes

from content.reading.html_tree import Node
from content.reading.outline import Picture
from content.reading.report import Report, quoted

# Smaller ones arrange a page or count its readers.
SMALLEST = 4
NAME = re.compile(
    r"^(?:[^<>|?*]{0,200}\.(?:png|jpe?g|gif|bmp|tiff?|webp|svg|emf|wmf)|(?:picture|image|graphic) \d{1,4})$", re.I
)
# Word adds it to descriptions that it makes up.
GUESSED = re.compile(
    r"(?:AI-generated content may be incorrect|Description (?:automatically generated|generated with)).*$", re.I
)


def picture_of(node: Node, report: Report) -> Picture | None:
    """Return a picture with what the file holds of it. Nothing is ever fetched. None for spacers and counters."""
    source, alt = node.get("src").strip(), _description(node.get("alt"), report)
    if any(node.get(side).isdigit() and int(node.get(side)) < SMALLEST for side in ("width", "height")):
        report.left_out("Invisible pictures, which newsletters use to arrange a page or to count its readers.")
        return None
    if not source and not alt:
        return None
    if source[:5].lower() != "data:":
        return Picture(alt, source[:200])
    data = _decoded(source)
    if data is None:
        report.left_out(f"A picture inside the file could not be read{f': {quoted(alt)}' if alt else '.'}")
    return Picture(alt, "", data)


def _description(alt: str, report: Report) -> str:
    """Return what a person said of a picture: programs put in the names of files, and guesses of their own."""
    alt = " ".join(alt.split())
    if NAME.match(alt):
        return ""
    if found := GUESSED.search(alt):
        alt = alt[: found.start()].rstrip()
        if alt:
            report.check(f"The description of a picture was written by a program: {quoted(alt)}.")
    return alt


def _decoded(source: str) -> bytes | None:
    """Return the bytes of a data: address (RFC 2397), or None where it holds no picture."""
    head, _, body = source[5:].partition(",")
    if not head.lower().startswith("image/") or head.lower().startswith("image/svg"):
        return None
    if not head.lower().endswith("base64"):
        return unquote_to_bytes(body)
    try:
        return base64.b64decode(unquote_to_bytes(body), validate=False)
    except (binascii.Error, ValueError):
        return None
