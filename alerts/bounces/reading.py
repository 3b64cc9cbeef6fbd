"""Reads what a mail server sent back: that a mail could not be delivered (RFC 3464), or a complaint (RFC 5965).

Anybody can send us such a mail. What it is about is told by our own sealed Message-ID alone, which only those know who
have the mail; and where the alerts of somebody are to end, their address has to stand in it as well.
"""

import re
from dataclasses import dataclass
from email.message import Message

from alerts.bounces.parts import Part, part_of, parts_within
from alerts.posting.names import delivery_named
from alerts.posting.refusals import ENHANCED, GONE_FOR_GOOD, MAILBOX_CODES, spoken

LARGEST = 1_000_000
ORIGINALS = {"message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"}
STATUSES = {"message/delivery-status", "message/global-delivery-status"}
# Of servers that give no code of RFC 3463, and say in words that there is no such mailbox.
UNKNOWN_THERE = re.compile(
    r"no such (user|recipient|mailbox|address|person)|(user|recipient|address|mailbox|account) (is )?unknown"
    r"|unknown (user|recipient|address|mailbox|account)|does(n't| not) exist|no mailbox here",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Failure:
    """What was said of one recipient. `of_address`: there is no such mailbox. `recipients`: how it was called."""

    words: str
    of_address: bool
    recipients: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Returned:
    """What came back of a delivery. Without failures and no complaint it is only late, or was delivered after all."""

    delivery: int
    failures: tuple[Failure, ...] = ()
    is_complaint: bool = False


def read_returned(mail: bytes) -> Returned | None:
    """Return what a mail says became of a delivery; None for one that is not about a delivery of ours.

    Of a mail that is too large the beginning is read; what we want to know stands there.
    """
    whole = part_of(_without_envelope(mail[:LARGEST]))
    for parts in parts_within(whole):
        if report := _first(parts, {"message/feedback-report"}):
            delivery = _named_in(parts)
            is_complaint = any(_word(fields, "Feedback-Type") == "abuse" for fields in report.fields())
            return Returned(delivery, is_complaint=is_complaint) if delivery else None
        if report := _first(parts, STATUSES):
            delivery = _named_in(parts) or _answered_by(whole)
            return Returned(delivery, failures=tuple(_failures(report))) if delivery else None
    return None


def failure(*, status: str, said: str, recipients=frozenset()) -> Failure:
    """Return what a code (RFC 3463) and the words of a server say of a recipient.

    Who only says "5.0.0", as Exim does, has the code in the words, or says there that there is no such mailbox.
    """
    codes = [found for text in (status, said) for found in ENHANCED.finditer(text[:1000])]
    telling = next((code for code in codes if code[0][2:] != "0.0"), None)
    if telling:
        of_address = telling[1] == "5" and (int(telling[2]), int(telling[3])) in GONE_FOR_GOOD
    else:
        is_refused = any(re.search(rf"\b{code}\b", said[:1000]) for code in MAILBOX_CODES)
        of_address = is_refused and bool(UNKNOWN_THERE.search(said[:1000]))
    words = spoken(f"{status} {said}" if status and status not in said else said)
    return Failure(words or "It could not be delivered.", of_address, frozenset(recipients))


def _failures(report: Part):
    """Yield each recipient that gets it no more; who gets it later, or has got it, is left out."""
    for fields in report.fields():
        if _word(fields, "Action") == "failed":
            said = _after_type(fields, "Diagnostic-Code")
            recipients = {_after_type(fields, name).strip("<>") for name in ("Final-Recipient", "Original-Recipient")}
            yield failure(status=_word(fields, "Status"), said=said, recipients=recipients - {""})


def _without_envelope(mail: bytes) -> bytes:
    """Return a mail without the line that mailboxes put before it."""
    return mail.partition(b"\n")[2] if mail.startswith((b"From ", b">From ")) else mail


def _first(parts: list[Part], kinds: set[str]) -> Part | None:
    return next((part for part in parts if part.kind in kinds), None)


def _named_in(parts: list[Part]) -> int | None:
    """Return the delivery that was sent back with it, whole or its head alone."""
    originals = [part_of(part.content().lstrip()) for part in parts if part.kind in ORIGINALS]
    named = (delivery_named(_text(original.head, "Message-ID")) for original in originals)
    return next((delivery for delivery in named if delivery), None)


def _answered_by(mail: Part) -> int | None:
    """Return the delivery that a mail answers: of servers that send nothing of the mail back."""
    answered = f"{_text(mail.head, 'In-Reply-To')} {_text(mail.head, 'References')}"
    named = (delivery_named(word) for word in answered.split()[:20])
    return next((delivery for delivery in named if delivery), None)


def _word(fields: Message, name: str) -> str:
    return next(iter(_text(fields, name).lower().split()), "")


def _after_type(fields: Message, name: str) -> str:
    """Return a field without the type before it: "rfc822; ash@agency.example"."""
    before, semicolon, after = _text(fields, name).partition(";")
    return " ".join((after if semicolon else before).split())


def _text(fields: Message, name: str) -> str:
    return str(fields.get(name, ""))
