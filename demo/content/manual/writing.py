"""What the manual is made from, and a short way to write it.

Words are written plainly. An empty line ends a paragraph; lines that begin with "- " or "1. " are a list, and a line
that begins with "#### " is a small heading. `[[Escalation Policy]]` is a link to the chapter of that title and
`[[Escalation Policy|the policy]]` says it in other words; the builder puts the pages in their places, and does the same
for teams and areas, which are called by their names.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from inspect import cleandoc
from uuid import NAMESPACE_URL, uuid5

from demo.content import writing


@dataclass(frozen=True)
class Section:
    """A section, or a subsection, and what stands in it: words, blocks, and in a section subsections.

    `key` names it for good, so that links and comparisons find it again: the heading, unless that has ever changed.
    """

    heading: str
    body: tuple
    key: str = ""


@dataclass(frozen=True)
class Withdrawn:
    """When, in which way and why a chapter was taken out, and the title of the chapter that it became part of."""

    on: date
    way: str  # "consolidated" or "withdrawn"
    reason: str
    replacement: str = ""


@dataclass(frozen=True)
class Chapter:
    """A chapter as it is now, and (in `history`) what was changed in it and when; see demo.content.manual.history."""

    title: str
    slug: str
    summary: str
    scope: str
    sections: list[Section]
    guidance: str = ""
    related: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    audiences: list[str] = field(default_factory=list)
    history: list = field(default_factory=list)
    under_review_days: int = 0  # For how many days it has been under review; 0 when it is not.
    under_review_reason: str = ""
    review_months: int = 12  # How long from the day of building to its next review.
    withdrawn: Withdrawn | None = None


@dataclass(frozen=True)
class Amendments:
    """The page of amendments, which writes itself."""

    title: str
    slug: str
    summary: str
    opening: str


@dataclass(frozen=True)
class Part:
    """A part of the manual: chapters, and perhaps parts."""

    title: str
    slug: str
    summary: str
    children: list


def section(heading: str, *body, key: str = "") -> Section:
    """Return a section; a string in its body is text."""
    return Section(heading, body, key)


subsection = section


def table(caption: str, columns: list[str], *rows: tuple) -> dict:
    """Return a table with headed columns."""
    return {
        "type": "table",
        "value": {
            "caption": caption,
            "columns": [{"type": "text", "heading": heading} for heading in columns],
            "rows": [{"values": [html(cell) for cell in row]} for row in rows],
        },
    }


def callout(title: str, words: str) -> dict:
    """Return a callout."""
    return writing.callout(title, html(words))


def local(area: str, *body) -> dict:
    """Return a passage for one area, called by its name."""
    return {"type": "local", "value": {"area": area, "body": body}}


def raw_sections(chapter: Chapter) -> list[dict]:
    """Return the sections in the form that a stream field keeps. Building twice gives the same ids."""
    return [raw_section(part, chapter.slug) for part in chapter.sections]


def raw_section(part: Section, slug: str) -> dict:
    """Return one section of the chapter with this slug in the form that a stream field keeps."""
    return _raw(part, "section", f"manual/{slug}")


def html(words: str) -> str:
    """Return plainly written words as HTML; links to chapters stay as they are written."""
    return "".join(_paragraph(part) for part in re.split(r"\n\s*\n", cleandoc(words).strip()) if part)


def _paragraph(words):
    if words.startswith("#### "):
        return f"<h4>{words[5:]}</h4>"
    if words.startswith("- "):
        return _list("ul", re.split(r"\n- ", words[2:]))
    if words.startswith("1. "):
        return _list("ol", re.split(r"\n\d+\. ", words[3:]))
    return f"<p>{' '.join(words.split())}</p>"


def _list(tag, items):
    lines = "".join(f"<li>{' '.join(item.split())}</li>" for item in items)
    return f"<{tag}>{lines}</{tag}>"


def _raw(part, kind, above):
    """Return a section in its raw form. Its id comes from its key, those of its blocks from their order."""
    path = f"{above}#{part.key or part.heading}"
    value = {"heading": part.heading, "body": _raw_body(part.body, path)}
    return {"type": kind, "value": value, "id": _id(path)}


def _raw_body(body, path):
    return [_raw_child(child, f"{path}/{order}", path) for order, child in enumerate(body)]


def _raw_child(child, path, above):
    if isinstance(child, Section):
        return _raw(child, "subsection", above)
    if isinstance(child, str):
        return {"type": "text", "value": html(child), "id": _id(path)}
    if child["type"] == "local":
        value = child["value"] | {"body": _raw_body(child["value"]["body"], path)}
        return {"type": "local", "value": value, "id": _id(path)}
    return child | {"id": _id(path)}


def _id(path) -> str:
    return str(uuid5(NAMESPACE_URL, path))
