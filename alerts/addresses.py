"""One subscriber, one address: what of an address is kept as it was typed, and what makes two of them the same.

The part after the @ is not told apart by case, and may be written in any alphabet: it is kept as the network knows it
(IDNA 2008, as browsers do it, so that straße.example is not strasse.example). The part before it belongs to the
receiving server alone, and a few tell capitals from small letters: so mail goes to the address as it was typed. But
hardly anybody has two that differ only in that, and most who type theirs twice do: for "the same subscriber" it is
compared in small letters. Mail goes to the spelling that was confirmed, and another one never changes that. Dots and
"+words" are left alone: they differ on some servers, and on those are somebody else.
"""

import unicodedata
from dataclasses import dataclass

import idna

LONGEST = 254
# A name in another alphabet may become shorter or longer; nothing of this length becomes short enough.
LONGEST_TYPED = 4 * LONGEST


class NotAnAddress(ValueError):
    """Nothing that mail could be sent to."""


@dataclass(frozen=True)
class Address:
    """Where mail goes, and the key that is the same however somebody spells it."""

    mailbox: str
    key: str


def read_address(typed: str) -> Address:
    """Return an address that passed Django's check, or may, in the form in which it is kept. Raises NotAnAddress."""
    if len(typed) > LONGEST_TYPED:
        raise NotAnAddress
    text = unicodedata.normalize("NFKC", typed).strip()
    local, at, domain = text.rpartition("@")
    if not (local and at and domain):
        raise NotAnAddress
    try:
        # UTS 46: capitals, full-width letters and other ways to write a dot, as in the address bar of a browser.
        network_name = idna.encode(domain.rstrip("."), uts46=True).decode().lower()
    except (idna.IDNAError, UnicodeError) as error:
        raise NotAnAddress from error
    mailbox = f"{local}@{network_name}"
    if len(mailbox) > LONGEST:
        raise NotAnAddress
    return Address(mailbox=mailbox, key=mailbox.lower())
