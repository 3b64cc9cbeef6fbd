"""E-mail addresses, UK phone numbers and web addresses in running text become links.

Every search starts at a fixed mark (an @, a 0, "http") and looks only a limited way around it, so that no text, however
strange, takes more than time in proportion to its length.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from content.reading.outline import Run, Runs
from organisation.phones import read_phone

LOCAL_PART = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}\Z")
DOMAIN = re.compile(r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
WEB = re.compile(
    r"https?://[^\s<>\"“”]{4,2000}"
    r"|(?<![\w@.-])www\.[^\s<>\"“”]{4,2000}"
    # An address without "www." only where its ending leaves no doubt.
    r"|(?<![\w@./-])(?:[a-z0-9-]{1,63}\.){1,4}(?:gov|nhs|police|org|ac|sch|co)\.uk\b(?:/[^\s<>\"“”]{0,2000})?",
    re.IGNORECASE,
)
PHONE = re.compile(r"(?<![\w+./-])(?:\+44[ ]?(?:\(0\)[ ]?)?|\(?0)\d[\d ()-]{4,17}\d(?![\w/])")
EMERGENCY = re.compile(r"\b(?:call|dial|ring|phone)(?:ing)? (999|101|111)\b(?![\w-]| \d)", re.IGNORECASE)
CLOSING = {")": "(", "]": "[", "}": "{"}

SAFE_SCHEMES = {"http", "https", "mailto", "tel"}


class Found(NamedTuple):
    """A stretch of text that is an address."""

    start: int
    end: int
    href: str


def linked(runs: Runs) -> Runs:
    """Return the runs with the addresses in them as links of their own; runs that are links already stay."""
    result = []
    for run in runs:
        if run.href:
            result.append(run)
            continue
        done = 0
        for found in addresses(run.text):
            if found.start > done:
                result.append(Run(run.text[done : found.start], "", run.bold, run.italic))
            result.append(Run(run.text[found.start : found.end], found.href, run.bold, run.italic))
            done = found.end
        if done < len(run.text):
            result.append(Run(run.text[done:], "", run.bold, run.italic))
    return result


def addresses(text: str) -> list[Found]:
    """Return the addresses in a text in order, none overlapping another."""
    candidates = sorted([*_emails(text), *_web(text), *_phones(text)])
    kept: list[Found] = []
    for found in candidates:
        if not kept or found.start >= kept[-1].end:
            kept.append(found)
    return kept


def safe_href(href: str) -> str:
    """Return an address of an HTML link as it may be kept, or "" for one that leads nowhere or runs something."""
    href = "".join(character for character in href if character > " ")
    scheme = href.partition(":")[0].lower() if ":" in href else ""
    if scheme not in SAFE_SCHEMES:
        return ""
    if scheme == "tel":
        phone = read_phone(href[4:])
        return phone.href if phone else ""
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    return href if (parts.hostname if scheme.startswith("http") else parts.path) else ""


def _emails(text: str) -> Iterator[Found]:
    at = text.find("@")
    while at != -1:
        before = LOCAL_PART.search(text[max(0, at - 64) : at])
        after = DOMAIN.match(text, at + 1)
        if before and after:
            # A quotation mark in front is no part of the address, neither is a full stop or a dash around it.
            local = before[0].lstrip("'`.-/")
            domain = after[0].rstrip("-")
            if local and not local.endswith(".") and not domain.rpartition(".")[2].isdigit():
                href = f"mailto:{quote(local, safe='!$*+/=?^_{|}~.-')}@{domain}"
                yield Found(at - len(local), at + 1 + len(domain), href)
        at = text.find("@", at + 1)


def _web(text: str) -> Iterator[Found]:
    for match in WEB.finditer(text):
        address = _without_trailing_marks(match[0])
        href = address if "://" in address else f"https://{address}"
        if "." in address and (href := safe_href(href)):
            yield Found(match.start(), match.start() + len(address), href)


def _without_trailing_marks(address: str) -> str:
    """Take off what belongs to the sentence: a full stop, a closing bracket that was opened before the address."""
    while address:
        last = address[-1]
        is_unopened = last in CLOSING and address.count(last) > address.count(CLOSING[last])
        if last not in ".,;:!?'’*_" and not is_unopened:
            break
        address = address[:-1]
    return address


def _phones(text: str) -> Iterator[Found]:
    for match in PHONE.finditer(text):
        number = match[0]
        if number.startswith("(") and ")" not in number:
            number = number[1:]
        start = match.end() - len(number)
        if phone := read_phone(number.replace("(0)", "")):
            yield Found(start, match.end(), phone.href)
    for match in EMERGENCY.finditer(text):
        yield Found(match.start(1), match.end(1), f"tel:{match[1]}")
