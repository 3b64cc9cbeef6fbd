"""The sections of a chapter: their numbers, which come from the headings' order, and their lasting codes."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from procedures.words import said_by

SECTION = "section"
SUBSECTION = "subsection"
CODE_LENGTH = 8


def code_of(block_id: str | None) -> str:
    """Return the code of a section: the same wherever it stands, and whatever its heading says."""
    return (block_id or "")[:CODE_LENGTH]


def anchor_of(code: str) -> str:
    """Return the anchor of the section with this code on its chapter's page."""
    return f"s-{code}"


@dataclass(frozen=True)
class Section:
    """A section or subsection. `parts`: what stands in it, in order – blocks, and the subsections among them."""

    code: str
    number: str
    title: str
    parts: tuple = ()
    subsections: tuple["Section", ...] = ()
    is_section: bool = field(default=True, repr=False)

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return anchor_of(self.code)

    @property
    def label(self) -> str:
        """Number and title."""
        return f"{self.number} {self.title}"


def numbered(stream) -> list[Section]:
    """Return the sections of a chapter's StreamValue with the blocks in them, for showing."""
    return [
        _section(block.id, str(number), block.value["heading"], block.value["body"])
        for number, block in enumerate(stream, start=1)
    ]


def _section(block_id, number, title, body) -> Section:
    parts = []
    for block in body:
        if block.block_type == SUBSECTION:
            position = sum(isinstance(part, Section) for part in parts) + 1
            parts.append(_section(block.id, f"{number}.{position}", block.value["heading"], block.value["body"]))
        else:
            parts.append(block)
    subsections = tuple(part for part in parts if isinstance(part, Section))
    return Section(code_of(block_id), number, title, tuple(parts), subsections)


@dataclass(frozen=True)
class RawSection:
    """A section or subsection as a revision stores it. `own`: the raw blocks in it without those of its subsections."""

    code: str
    number: str
    title: str
    own: list = field(default_factory=list)

    def says_the_same_as(self, other: "RawSection") -> bool:
        """Tell whether both say the same to a reader. Most are the same to the letter, and are not read for this."""
        return (self.title, self.own) == (other.title, other.own) or self._says() == other._says()

    def _says(self) -> tuple:
        return " ".join(self.title.split()), said_by(self.own)


def raw_sections(content: dict) -> list[RawSection]:
    """Return the sections and subsections in a revision (`Revision.content`), in order; no object is made of them."""
    return list(_raw(_parsed(content.get("sections")), SECTION, prefix=""))


def raw_sections_of(raw: list) -> list[RawSection]:
    """Return the same from the raw value of the field."""
    return list(_raw(raw, SECTION, prefix=""))


def _parsed(stored) -> list:
    return json.loads(stored) if isinstance(stored, str) and stored else stored or []


def _raw(children, kind: str, *, prefix: str) -> Iterator[RawSection]:
    headed = (child for child in children if child.get("type") == kind)
    for position, child in enumerate(headed, start=1):
        number = f"{prefix}{position}"
        value = child["value"]
        body = value.get("body") or []
        own = [{"type": part["type"], "value": part["value"]} for part in body if part.get("type") != SUBSECTION]
        yield RawSection(code_of(child.get("id")), number, value.get("heading") or "", own)
        yield from _raw(body, SUBSECTION, prefix=f"{number}.")


def changed(*, before: list[RawSection], after: list[RawSection]) -> list[dict]:
    """Return what differs between two states of a chapter, section by section, in reading order; removed ones last.

    Each is `{"code", "number", "title", "change"}`, where `change` is "new", "changed" or "removed". A section that
    only has another place or number has not changed.
    """
    earlier = {section.code: section for section in before}
    found = []
    for section in after:
        old = earlier.pop(section.code, None)
        if old is None:
            found.append(_named(section, "new"))
        elif not old.says_the_same_as(section):
            found.append(_named(section, "changed"))
    return found + [_named(section, "removed") for section in earlier.values()]


def _named(section: RawSection, change: str) -> dict:
    return {"code": section.code, "number": section.number, "title": section.title, "change": change}
