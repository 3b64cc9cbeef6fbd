"""What is in a mail. Files may be broken, huge or no mails at all: whatever it is, something is shown."""

import re
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.policy import compat32, default
from itertools import islice

from inbox.folder import MailFile

# Beyond that, a list reads no further, and a mail is not taken apart.
HEAD_BYTES = 64 * 1024
LARGEST_SHOWN = 5 * 1024 * 1024
LONGEST_TEXT = 200_000
MOST_HEADERS = 100
MOST_PARTS = 100
UNREADABLE = "(This mail cannot be read)"


@dataclass(frozen=True)
class Heads:
    """What the list shows of a mail."""

    subject: str
    sender: str = ""
    to: str = ""


@dataclass(frozen=True)
class OpenedMail:
    """A mail as it is shown. `html` is as it was sent, and must not be shown outside its frame."""

    heads: Heads
    headers: list[tuple[str, str]] = field(default_factory=list)
    text: str = ""
    html: str = ""
    attachments: list[str] = field(default_factory=list)
    problem: str = ""


def read_heads(file: MailFile) -> Heads:
    """Read what the list shows; never raises for what is in the file."""
    try:
        with file.path.open("rb") as opened:
            message = _parsed(BytesHeaderParser, opened.read(HEAD_BYTES))
    except OSError:
        return Heads(UNREADABLE)
    return _heads(message)


def open_mail(file: MailFile) -> OpenedMail:
    """Take a mail apart; never raises for what is in the file. Raises OSError where it is gone."""
    if file.size > LARGEST_SHOWN:
        problem = "This mail is too large to be shown here. Save it, and open it with a mail program."
        return OpenedMail(read_heads(file), problem=problem)
    content = file.path.read_bytes()
    try:
        return _taken_apart(_parsed(BytesParser, content))
    except Exception:
        # RecursionError for mails in mails in mails, and what else Python's parser may raise.
        return OpenedMail(read_heads(file), problem="This mail is broken in a way that keeps it from being shown.")


def _taken_apart(message: Message) -> OpenedMail:
    parts = list(islice((part for part in message.walk() if not part.is_multipart()), MOST_PARTS))
    shown = [part for part in parts if not _is_attached(part)]
    text, html = (_first(shown, kind) for kind in ("text/plain", "text/html"))
    return OpenedMail(
        heads=_heads(message),
        headers=[
            (_clean(name), _header(message, name, value)) for name, value in islice(message.raw_items(), MOST_HEADERS)
        ],
        text=text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}\n\n[…]",
        html=html,
        attachments=[
            f"{_clean(part.get_filename() or 'no name')} ({part.get_content_type()})"
            for part in parts
            if _is_attached(part)
        ],
        problem="" if text or html else "There is no text in this mail that could be shown.",
    )


def _is_attached(part: Message) -> bool:
    return bool(part.get_filename()) or part.get_content_disposition() == "attachment"


def in_its_frame(html: str) -> str:
    """Return the HTML with links that open in a tab of their own, because the frame may lead nowhere."""
    base = '<base target="_blank">'
    with_base, found = re.subn(r"(<head\b[^>]*>)", rf"\1{base}", html, count=1, flags=re.IGNORECASE)
    return with_base if found else base + html


def _parsed(parser, content: bytes) -> Message:
    return parser(policy=default).parsebytes(content)


def _heads(message: Message) -> Heads:
    subject, sender, to = (_header(message, name) for name in ("Subject", "From", "To"))
    if not (subject or sender or to):
        return Heads(UNREADABLE)
    return Heads(subject or "(No subject)", sender, to)


def _header(message: Message, name: str, raw: str | None = None) -> str:
    """Return a header in words; as it stands in the file where Python's parser trips over it."""
    try:
        value = message[name] if raw is None else message.policy.header_fetch_parse(name, raw)
        return _clean(str(value or ""))
    except Exception:
        # The parser of structured headers raises what it likes (IndexError, AttributeError…) for broken ones.
        stored = raw if raw is not None else dict(message.raw_items()).get(name, "")
        return _clean(str(compat32.header_fetch_parse(name, stored)))


def _first(parts: list[Message], kind: str) -> str:
    """Return the text of the first part of a kind, whatever its letters are said to be."""
    part = next((part for part in parts if part.get_content_type() == kind), None)
    if part is None:
        return ""
    content = part.get_payload(decode=True) or b""
    try:
        return _clean(content.decode(part.get_content_charset("utf-8"), "replace"))
    except LookupError:
        return content.decode("utf-8", "replace")


def _clean(text: str) -> str:
    """Return text that can be sent to a browser: without halves of letters."""
    return text.encode("utf-8", "replace").decode()
