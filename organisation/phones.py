"""Telephone numbers as people in the United Kingdom write, read and dial them."""

import re
from functools import lru_cache
from typing import NamedTuple

import phonenumbers
from django.core.exceptions import ValidationError
from phonenumbers import NumberParseException, PhoneNumberFormat

NATION = "GB"
# Digits, spaces and the usual marks; after "ext" or "x", the number of an extension.
ALLOWED = re.compile(r"^\+?[\d\s()./-]+(?:\s*(?:ext\.?|extension|x)\s*\d{1,7})?$", re.IGNORECASE)
SHORTEST_LONG_NUMBER = 9
DIGITS_AFTER_ZERO = 10
MESSAGE = (
    "“%(number)s” is not a telephone number that can be rung from the United Kingdom. "
    "Write it with its area code, for example 01632 960001, or a short number such as 101."
)


class Phone(NamedTuple):
    """A number for reading and for dialling."""

    display: str
    href: str


@lru_cache(maxsize=2048)
def read_phone(number: str) -> Phone | None:
    """Return the number in its usual grouping and as a `tel:` address (RFC 3966), or None when it is none.

    Short numbers (999, 101, 116000) are dialled as they are. Long ones are dialled with the country code, so that they
    work from a mobile phone abroad. Whole numbers that Ofcom has not given out, such as its drama numbers, are
    accepted: new ranges are in use before anybody's list of them has been brought up to date.
    """
    number = " ".join(number.split())
    if not ALLOWED.match(number):
        return None
    try:
        parsed = phonenumbers.parse(number, NATION)
    except NumberParseException:
        return None
    if len(str(parsed.national_number)) < SHORTEST_LONG_NUMBER and phonenumbers.is_valid_short_number(parsed):
        short = re.sub(r"\D", "", number)
        return Phone(short, f"tel:{short}")
    if not _can_be_rung(parsed):
        return None
    return _long_number(parsed)


def clean_phone(number: str) -> str:
    """Return the number in its usual grouping. Raises ValidationError when it is no number."""
    if not number.strip():
        return ""
    if (phone := read_phone(number)) is None:
        raise ValidationError(MESSAGE, params={"number": number[:60]}, code="phone")
    return phone.display


def _can_be_rung(parsed) -> bool:
    if phonenumbers.is_valid_number(parsed):
        return True
    is_british = parsed.country_code == phonenumbers.country_code_for_region(NATION)
    return is_british and len(str(parsed.national_number)) == DIGITS_AFTER_ZERO


def _long_number(parsed) -> Phone:
    is_british = parsed.country_code == phonenumbers.country_code_for_region(NATION)
    style = PhoneNumberFormat.NATIONAL if is_british else PhoneNumberFormat.INTERNATIONAL
    extension, parsed.extension = parsed.extension, None
    display, href = (
        phonenumbers.format_number(parsed, style),
        phonenumbers.format_number(parsed, PhoneNumberFormat.E164),
    )
    if extension:
        return Phone(f"{display} ext {extension}", f"tel:{href};ext={extension}")
    return Phone(display, f"tel:{href}")
