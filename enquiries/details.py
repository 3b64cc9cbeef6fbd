"""Recognises what looks like a child's details. Few false alarms matter more than finding everything: it only warns."""

import re
from collections.abc import Iterator

_DATE = r"\d{1,2}(?:st|nd|rd|th)?[\s./-]+(?:\d{1,2}|[a-z]{3,9})[\s./-]+(?:\d{4}|\d{2})\b"
# Also that of a place where people meet.
POSTCODE = "a postcode"
_PATTERNS = {
    # "Record the date of birth" is procedure; "dob 3/4/2015" is somebody.
    "a date of birth": re.compile(
        rf"\b(?:d\.?o\.?b\b\.?|date of birth|born)\W{{0,3}}(?:is|on|was)?\W{{0,3}}{_DATE}", re.I
    ),
    # Outward and inward part, with the letters that Royal Mail uses.
    POSTCODE: re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b"),
    "a National Insurance number": re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D]\b"),
    "the number of a case": re.compile(
        r"\b(?:case|referral|client|pupil|child)\s(?:no\.?|number|ref(?:erence)?\.?|id)\W{0,3}(?:is\W{1,3})?[A-Z]*\d{4,}",
        re.I,
    ),
    "a child’s name": re.compile(
        r"\b(?:child|boy|girl|baby|son|daughter|pupil|brother|sister)\s(?:is\s|was\s)?(?:called|named)\s[A-Z][a-z]+"
    ),
}
_TEN_DIGITS = re.compile(r"(?<![\d+])\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")


def details_in(text: str) -> list[str]:
    """Return what the text seems to hold, in words for a sentence: "a date of birth", "an NHS number"…"""
    return [what for what, _ in details_found(text)]


def details_found(text: str) -> list[tuple[str, str]]:
    """Return (what it seems to be, the words themselves) for the first of each kind in the text."""
    found = [(what, match[0]) for what, pattern in _PATTERNS.items() if (match := pattern.search(text))]
    return [*found, *_nhs_numbers(text)]


def _nhs_numbers(text: str) -> Iterator[tuple[str, str]]:
    """Yield once when ten digits have the check digit of an NHS number (Modulus 11, NHS Data Dictionary)."""
    for found in _TEN_DIGITS.findall(text):
        digits = [int(character) for character in found if character.isdigit()]
        total = sum(digit * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True))
        # No telephone number has ten digits and begins with something else than 0.
        if digits[0] != 0 and (11 - total % 11) % 11 == digits[9]:
            yield "an NHS number", found
            return
