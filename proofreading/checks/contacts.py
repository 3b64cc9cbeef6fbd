"""Telephone numbers and e-mail addresses typed into a text: when they change in the directory, they stay old here."""

import re
from collections.abc import Iterator

from organisation.phones import read_phone
from proofreading.checks.links import links_in
from proofreading.faults import Fault, fault_in
from proofreading.known import Known
from updates.wording import CONTACT, Passage

# Numbers of the long kind. 999, 101, 111 and the like never change, and are meant to be read in a sentence.
_NUMBER = re.compile(r"(?<![\w.,/£#-])(?:\+44\s?(?:\(0\)\s?)?|\(?0)\d[\d\s()-]{6,13}\d(?![\w/-])")
# Begins where a word does: looked for at every letter, a long run of letters would take minutes.
_E_MAIL = re.compile(r"(?<![\w.+'-])[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
# Childline's has eight digits.
FEWEST_DIGITS = 8


def typed_contacts(passages: list[Passage], known: Known) -> Iterator[Fault]:
    """Yield numbers and addresses in running text, each once for a passage."""
    for passage in passages:
        if passage.kind == CONTACT:
            continue
        for number in _numbers_in(passage):
            if phone := read_phone(number):
                yield fault_in(passage, "contact", number, _advice("number", known.phones.get(phone.href, "")))
        for address in _addresses_in(passage):
            advice = _advice("address", known.addresses.get(address.casefold(), ""))
            yield fault_in(passage, "contact", address, advice)


def _numbers_in(passage: Passage) -> dict[str, None]:
    found = [number.strip() for number in _NUMBER.findall(passage.text)]
    return dict.fromkeys(number for number in found if sum(map(str.isdigit, number)) >= FEWEST_DIGITS)


def _addresses_in(passage: Passage) -> dict[str, None]:
    """Return the addresses that are written, and those behind links, in order and each once."""
    behind = (str(link.key) for _, link in links_in(passage) if link.model is None)
    mailed = [key.partition(":")[2].partition("?")[0] for key in behind if key.lower().startswith("mailto:")]
    found = [address.rstrip(".'") for address in _E_MAIL.findall(passage.text)]
    return dict.fromkeys([*found, *(address for address in mailed if _E_MAIL.fullmatch(address))])


def _advice(what: str, contact: str) -> str:
    if contact:
        return (
            f"This {what} is in the directory as “{contact}”. Take it out and put the contact in instead: "
            f"then it is right here too when it changes there."
        )
    return (
        f"When this {what} changes, nobody will think of this page. Add it to the contacts directory, "
        "and put the contact in instead."
    )
