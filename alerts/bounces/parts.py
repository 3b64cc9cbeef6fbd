"""A mail that came back, taken apart without trusting it.

Python's own parser goes as deep as a mail says it goes, and compares every line with every boundary: a megabyte of
nested parts keeps it busy for minutes. What mail servers send back is flat, so this looks three levels deep and at
twenty parts of each, and at nothing else.
"""

import quopri
import re
from binascii import Error, a2b_base64
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import HeaderParser

LONGEST_HEAD = 32 * 1024
MOST_PARTS = 20
DEEPEST = 3
EMPTY_LINE = re.compile(rb"\r?\n[ \t]*(?:\r?\n|\Z)")


@dataclass(frozen=True)
class Part:
    """The head of a mail or of a part of one, and what comes below it, encoded as it came."""

    head: Message
    body: bytes

    @property
    def kind(self) -> str:
        """Return its type in small letters: "message/delivery-status"."""
        return self.head.get_content_type()

    def content(self) -> bytes:
        """Return what it holds, decoded; as it is where that cannot be done."""
        encoding = str(self.head.get("Content-Transfer-Encoding", "")).strip().lower()
        try:
            if encoding == "base64":
                return a2b_base64(self.body)
            if encoding == "quoted-printable":
                return quopri.decodestring(self.body)
        except (Error, ValueError):
            pass
        return self.body

    def fields(self) -> Iterator[Message]:
        """Yield the groups of fields that it holds, between empty lines (RFC 3464, 2.1)."""
        for group in EMPTY_LINE.split(self.content().strip(), MOST_PARTS)[:MOST_PARTS]:
            yield _head(group)

    def parts(self) -> list["Part"]:
        """Return the parts that it is made of; none where it is not made of parts."""
        boundary = self.head.get_boundary() if self.head.get_content_maintype() == "multipart" else None
        if not boundary or len(boundary) > 200:
            return []
        line = rb"(?m)^--" + re.escape(boundary.encode("ascii", "replace")) + rb"(?:--)?[ \t]*\r?$\n?"
        return [part_of(text) for text in re.split(line, self.body, maxsplit=MOST_PARTS)[1:]]


def part_of(mail: bytes) -> Part:
    """Return a mail, or a part of one, as head and body."""
    if mail.startswith((b"\n", b"\r\n")):
        return Part(_head(b""), mail)
    end = EMPTY_LINE.search(mail)
    if end is None:
        return Part(_head(mail), b"")
    return Part(_head(mail[: end.start()]), mail[end.end() :])


def parts_within(part: Part, depth: int = DEEPEST) -> Iterator[list[Part]]:
    """Yield the parts of a mail, then the parts of each of these."""
    if parts := part.parts():
        yield parts
    if depth > 1:
        for one in parts:
            yield from parts_within(one, depth - 1)


def _head(text: bytes) -> Message:
    return HeaderParser().parsestr(text[:LONGEST_HEAD].decode("ascii", "replace"), headersonly=True)
