"""Anchors for the headings of running text, and the list "On this page" made from them."""

import re
from dataclasses import dataclass
from html import unescape

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

HEADING = re.compile(r"<h2(?P<attributes>[^>]*)>(?P<inner>.*?)</h2>", re.DOTALL)


@dataclass(frozen=True)
class Heading:
    """A heading of a page."""

    anchor: str
    title: str


def anchored(html: str) -> tuple[SafeString, list[Heading]]:
    """Return the finished HTML with an id on every second-level heading, and those headings in order.

    An id is the heading's words; where two headings say the same, the second gets a number. Headings that have an id
    already, or no words, are left alone. `html` must be safe: it comes from templates.
    """
    headings: list[Heading] = []
    taken: set[str] = set()

    def with_id(match: re.Match) -> str:
        title = unescape(strip_tags(match["inner"])).strip()
        if not title or " id=" in match["attributes"]:
            return match[0]
        anchor = _free(slugify(title) or "section", taken)
        taken.add(anchor)
        headings.append(Heading(anchor, title))
        return f'<h2 id="{anchor}"{match["attributes"]}>{match["inner"]}</h2>'

    return mark_safe(HEADING.sub(with_id, html)), headings  # noqa: S308 (the caller's HTML is finished and safe)


def by_heading(html: str) -> list[tuple[Heading | None, str]]:
    """Return (heading, the HTML below it) for each second-level heading, with the anchors that `anchored` gives.

    What stands before the first one comes first, with None.
    """
    finished, headings = anchored(html)
    parts = re.split("|".join(f'<h2 id="{heading.anchor}"[^>]*>.*?</h2>' for heading in headings) or "$.", finished)
    return list(zip([None, *headings], parts, strict=False))


def _free(wanted: str, taken: set[str]) -> str:
    number, anchor = 1, wanted
    while anchor in taken:
        number += 1
        anchor = f"{wanted}-{number}"
    return anchor
