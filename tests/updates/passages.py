"""Passages for tests, without a page."""

from updates.wording import (
    COLUMNS,
    HEADING,
    ITEM,
    PARAGRAPH,
    ROW,
    Passage,
    Section,
    line_of,
)


def section(name: str) -> Section:
    """Return the section with this heading; its id is its heading in small letters."""
    return Section("sections", name.lower(), name)


FIRST = section("First")


def paragraph(text: str, where: Section = FIRST, **more) -> Passage:
    """Return a paragraph."""
    return Passage(more.pop("kind", PARAGRAPH), (line_of(text),), where, **more)


def item(text: str, where: Section = FIRST, *, level=1, number=0) -> Passage:
    """Return an item of a list: numbered, if it has a number."""
    return paragraph(text, where, kind=ITEM, level=level, number=number, ordered=bool(number))


def whole_section(name: str, *texts: str) -> list[Passage]:
    """Return a section: its heading and paragraphs."""
    where = section(name)
    return [paragraph(name, where, kind=HEADING, level=2), *(paragraph(text, where) for text in texts)]


def table(columns: tuple[str, ...], *rows: tuple[str, ...], where: Section = FIRST) -> list[Passage]:
    """Return a table: the headings of its columns and its rows."""
    kinds = [COLUMNS] + [ROW] * len(rows)
    return [
        Passage(kind, tuple(map(line_of, cells)), where, columns=columns)
        for kind, cells in zip(kinds, [columns, *rows], strict=True)
    ]
