"""A mail as it goes over the wire, cast once: for each person only what is personal is put in.

Building a multipart message takes longer than sending it. So its head and both its forms are encoded once, as
quoted-printable in pieces between the places for personal things; a soft line break (RFC 2045, 6.7) on each side of a
place makes the pieces independent of what is put between them.
"""

import re
from binascii import b2a_qp
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from secrets import token_hex

from django.core.mail import EmailMultiAlternatives
from django.utils.html import escape

from alerts.mail import unsubscribe_headers
from alerts.messages.words import Places, Written

SOFT_BREAK = b"=\r\n"
# Most people get a mail for one of a few reasons.
MOST_WHYS = 1_000
# With the sign that ends it softly, 76 (RFC 2045).
LONGEST_LINE = 75


@dataclass(frozen=True)
class Personal:
    """What is put into one person's copy. `message_id`: with its brackets, the same whenever it is sent."""

    to: str
    message_id: str
    why: str
    manage_url: str
    leave_url: str
    sent_at: datetime


class Mould:
    """A mail before it has a reader, ready to be filled."""

    def __init__(self, written: Written, *, sender: str):
        self._written = written
        self._sender = sender
        boundary = f"=_{token_hex(16)}".encode()
        self._head = _head_of(self._as_message(_NOBODY), boundary)
        opening = b"--" + boundary + b"\r\n"
        html_begins = b"\r\n" + opening + _part_head("html")
        self._pieces = [
            (b"\r\n" + opening + _part_head("plain"), None),
            *_cast(written.text, written.places),
            (html_begins, None),
            *_cast(written.html, written.places, is_html=True),
            (b"\r\n--" + boundary + b"--\r\n", None),
        ]
        self._whys: dict[tuple[str, bool], bytes] = {}

    def filled(self, personal: Personal) -> bytes:
        """Return one person's copy as SMTP carries it: lines end with CRLF, and one that begins with a dot has two."""
        urls = {name: _open_ended(_quoted(getattr(personal, name))) for name in ("manage_url", "leave_url")}
        parts = [self._personal_head(personal), self._head]
        for piece, place in self._pieces:
            parts.append(piece)
            if place is not None:
                name, is_html = place
                parts.append(self._why(personal.why, is_html) if name == "why" else urls[name])
        return b"".join(parts)

    def message(self, personal: Personal, *, connection=None) -> EmailMultiAlternatives:
        """Return the same as a message of Django's, for mail that does not go over SMTP."""
        return self._as_message(personal, connection=connection)

    def _personal_head(self, personal: Personal) -> bytes:
        if not (personal.to.isascii() and personal.to.isprintable()):
            raise ValueError("The address holds what cannot stand in a header.")
        leave = unsubscribe_headers(personal.leave_url)
        lines = [
            f"To: {personal.to}",
            f"Message-ID: {personal.message_id}",
            f"Date: {format_datetime(personal.sent_at)}",
            *(f"{name}: {value}" for name, value in leave.items()),
        ]
        return "".join(f"{line}\r\n" for line in lines).encode("ascii")

    def _why(self, why: str, is_html: bool) -> bytes:
        """Return why somebody gets it, encoded."""
        key = (why, is_html)
        if key not in self._whys:
            if len(self._whys) >= MOST_WHYS:
                self._whys.clear()
            self._whys[key] = _open_ended(_quoted(escape(why) if is_html else why))
        return self._whys[key]

    def _as_message(self, personal: Personal, *, connection=None) -> EmailMultiAlternatives:
        places = self._written.places
        put_in = {places.manage_url: personal.manage_url, places.leave_url: personal.leave_url}
        message = EmailMultiAlternatives(
            subject=self._written.subject,
            body=_replaced(self._written.text, put_in | {places.why: personal.why}),
            from_email=self._sender,
            to=[personal.to],
            reply_to=[self._written.reply_to] if self._written.reply_to else None,
            headers={
                "Message-ID": personal.message_id,
                # No answer of a machine to the mail of a machine (RFC 3834).
                "Auto-Submitted": "auto-generated",
                **unsubscribe_headers(personal.leave_url),
            },
            connection=connection,
        )
        html = _replaced(self._written.html, put_in | {places.why: escape(personal.why)})
        message.attach_alternative(html, "text/html")
        return message


_NOBODY = Personal("nobody@example.invalid", "<none@example.invalid>", "", "", "", datetime.min)  # noqa: DTZ901
# Written for each person, or by the mould itself.
_NOT_SHARED = {"to", "message-id", "date", "list-unsubscribe", "list-unsubscribe-post"}
_NOT_SHARED |= {"content-type", "mime-version", "content-transfer-encoding"}


def _head_of(message: EmailMultiAlternatives, boundary: bytes) -> bytes:
    """Return the head that all copies share, encoded by Django as for any other mail."""
    built = message.message()
    for name in list(built.keys()):
        if name.lower() in _NOT_SHARED:
            del built[name]
    built.preamble = built.epilogue = None
    built.set_payload("")
    head = built.as_bytes(linesep="\r\n").rstrip(b"\r\n") + b"\r\n"
    return head + b'MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="' + boundary + b'"\r\n'


def _part_head(subtype: str) -> bytes:
    return (
        f"Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    ).encode()


def _cast(text: str, places: Places, *, is_html: bool = False) -> list[tuple[bytes, tuple[str, bool] | None]]:
    """Return the text in encoded pieces, each with the place that comes after it."""
    names = {places.why: "why", places.manage_url: "manage_url", places.leave_url: "leave_url"}
    cut = re.split("(" + "|".join(places.all) + ")", text)
    pieces = []
    for index in range(0, len(cut), 2):
        place = names[cut[index + 1]] if index + 1 < len(cut) else None
        encoded = _quoted(cut[index])
        pieces.append((_open_ended(encoded), (place, is_html)) if place else (encoded, None))
    return pieces


def _quoted(text: str) -> bytes:
    """Return text as quoted-printable lines that end with CRLF, dots at their beginning doubled for SMTP."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(rb"(?m)^\.", b"..", b2a_qp(lines.encode(), istext=True).replace(b"\n", b"\r\n"))


def _open_ended(quoted: bytes) -> bytes:
    """Return it with a soft line break at its end, so that what comes next begins a line but no line of the text."""
    if len(quoted.rpartition(b"\n")[2]) > LONGEST_LINE:
        last = quoted[-1:]
        quoted = quoted[:-1] + SOFT_BREAK + (b".." if last == b"." else last)
    return quoted + SOFT_BREAK


def _replaced(text: str, put_in: dict[str, str]) -> str:
    for place, value in put_in.items():
        text = text.replace(place, value)
    return text
