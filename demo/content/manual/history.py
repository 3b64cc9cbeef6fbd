"""The editions of a chapter: what was changed in it, when, and how it read before.

A chapter is written as it is now. Each change of its history says how to get from there back to the words before it.
`editions` goes back through the changes, the latest first, and returns what was published, the oldest first.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta

from demo.content.manual.writing import Chapter, Section, html, raw_section, raw_sections

# The day the manual began: the first edition of every chapter that names no other.
FIRST_DAY = date(2014, 5, 12)


@dataclass(frozen=True)
class Change:
    """One change: `on` is its day, or how many days before the day of building; `before` leads back."""

    on: date | int
    note: str
    before: tuple[Callable, ...] = ()
    minor: bool = False

    def day(self, today: date) -> date:
        """Return the day of the change."""
        return today - timedelta(days=self.on) if isinstance(self.on, int) else self.on


def begun(on: date | int) -> Change:
    """Return the beginning of a chapter: the first in its history. Not needed when it is as old as the manual."""
    return Change(on, "")


def editions(chapter: Chapter, today: date) -> list[tuple[date, Change, dict]]:
    """Return day, change and fields of each edition, the oldest first.

    The fields are title, scope, relevant_guidance, sections, under_review_since and under_review_reason.
    """
    fields = {
        "title": chapter.title,
        "scope": html(chapter.scope),
        "relevant_guidance": html(chapter.guidance),
        "sections": raw_sections(chapter),
        "under_review_since": None,
        "under_review_reason": "",
    }
    found = []
    if chapter.under_review_days:
        since = today - timedelta(days=chapter.under_review_days)
        now = {"under_review_since": since, "under_review_reason": chapter.under_review_reason}
        found.append((since, Change(chapter.under_review_days, "", minor=True), fields | now))
    for change in reversed(_changes(chapter)):
        found.append((change.day(today), change, fields))
        fields = deepcopy(fields)
        for step_back in change.before:
            step_back(fields)
    return found[::-1]


def _changes(chapter) -> list[Change]:
    """Return the changes, beginning with the first edition."""
    has_beginning = chapter.history and not chapter.history[0].note
    return chapter.history if has_beginning else [begun(FIRST_DAY), *chapter.history]


def reworded(now: str, before: str) -> Callable:
    """Return the step back from some words to those that stood in their place."""

    def step_back(fields):
        changed = _replaced(fields, now, before)
        if changed == fields:
            raise ValueError(f"Nowhere in the chapter: {now}")
        fields.update(changed)

    return step_back


def added(heading: str) -> Callable:
    """Return the step back to where a section or subsection was not there yet."""

    def step_back(fields):
        if not _take(fields["sections"], heading):
            raise ValueError(f"Not a heading of the chapter: {heading}")

    return step_back


def removed(section: Section, *, after: str, slug: str) -> Callable:
    """Return the step back to where a section, since removed, still stood; `after` is the heading it followed."""

    def step_back(fields):
        raw = raw_section(section, slug)
        fields["sections"].insert(_place(fields["sections"], after) + 1, raw)

    return step_back


def moved(heading: str, *, from_after: str) -> Callable:
    """Return the step back to where a section stood after another one; an empty `from_after` is the beginning."""

    def step_back(fields):
        sections = fields["sections"]
        section = sections.pop(_place(sections, heading))
        sections.insert(_place(sections, from_after) + 1 if from_after else 0, section)

    return step_back


def row_added(caption: str, first_cell: str) -> Callable:
    """Return the step back to where a table had no such row yet."""

    def step_back(fields):
        rows = _rows(fields, caption)
        rows.remove(_row(rows, first_cell))

    return step_back


def row_reworded(caption: str, first_cell: str, *, before: tuple[str, ...]) -> Callable:
    """Return the step back to the cells that a row of a table had."""

    def step_back(fields):
        _row(_rows(fields, caption), first_cell)["values"] = [html(cell) for cell in before]

    return step_back


def _replaced(value, now, before):
    if isinstance(value, str):
        return value.replace(now, before)
    if isinstance(value, list):
        return [_replaced(item, now, before) for item in value]
    if isinstance(value, dict):
        return {name: _replaced(item, now, before) for name, item in value.items()}
    return value


def _place(blocks, heading) -> int:
    return next(
        place
        for place, block in enumerate(blocks)
        if block["type"] in ("section", "subsection") and block["value"]["heading"] == heading
    )


def _take(blocks, heading):
    """Take a section out, wherever it stands."""
    for place, block in enumerate(blocks):
        if block["type"] in ("section", "subsection"):
            if block["value"]["heading"] == heading:
                return blocks.pop(place)
            if found := _take(block["value"]["body"], heading):
                return found
    return None


def _rows(fields, caption):
    return next(_tables(fields["sections"], caption))["rows"]


def _row(rows, first_cell):
    return next(row for row in rows if row["values"][0] == html(first_cell))


def _tables(blocks, caption):
    for block in blocks:
        if block["type"] == "table" and block["value"]["caption"] == caption:
            yield block["value"]
        elif block["type"] in ("section", "subsection", "local"):
            yield from _tables(block["value"]["body"], caption)
