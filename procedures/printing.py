"""What goes on paper: a chapter, a part, or chosen chapters; as they are now, or as they were on a day."""

from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from django.apps import apps

from content.fetching import fetched_together
from pages.models import BasePage
from procedures.contents import Contents
from procedures.models.contents import ContentsEntry
from procedures.sections import Section
from updates.models import Edition

MOST_PRINTED = 60
MOST_IN_PDF = 30
# Where the manual does not say when it is amended next.
VALID_DAYS = 30


@dataclass(frozen=True)
class PrintedChapter:
    """A chapter on paper. `page`: as it is, or as it was; `prefix` keeps its anchors apart from those of the others."""

    page: BasePage
    number: str
    title: str
    edition: Edition | None
    sections: tuple[Section, ...]
    related: tuple[tuple[str, str], ...]
    path: str

    @property
    def anchor(self) -> str:
        """Its place in the document."""
        return f"c{self.page.pk}"

    @property
    def prefix(self) -> str:
        """What stands before the anchors of its sections."""
        return f"{self.anchor}-"

    @property
    def label(self) -> str:
        """Number, title and edition, for the foot of each sheet."""
        named = f"{self.number} {self.title}".strip()
        return f"{named}, edition {self.edition.number}" if self.edition else named


@dataclass(frozen=True)
class Printout:
    """What is printed together. `day`: the day it is as of; None for now. The last two: see Choice."""

    chapters: tuple[PrintedChapter, ...]
    day: date | None
    printed_on: date
    valid_until: date | None
    unreadable: int = 0
    not_in_force: tuple[str, ...] = ()


def valid_until(*, next_update_due: date | None, today: date) -> date:
    """Return the day up to which a paper copy may be relied on: that of the next update, or thirty days from today."""
    if next_update_due and next_update_due > today:
        return next_update_due
    return today + timedelta(days=VALID_DAYS)


def keys_below(contents: Contents, chosen: Iterable[int]) -> list[int]:
    """Return the chapters among the chosen pages and in the chosen parts, in reading order, then what is not listed."""
    chosen = list(dict.fromkeys(chosen))
    lines = [line for line in map(contents.line, chosen) if line]
    parts = tuple(f"{line.number}." for line in lines if not line.is_chapter)
    single = {line.page_id for line in lines if line.is_chapter}
    listed = [
        line.page_id
        for line in contents.lines
        if line.is_chapter and (line.page_id in single or (parts and line.number.startswith(parts)))
    ]
    return listed + [key for key in chosen if contents.line(key) is None]


def keys_listed_on(*, manual_id: int, part_id: int, day: date) -> list[int] | None:
    """Return the chapters that stood in a part when a day ended, in reading order; None where it did not exist then."""
    listed = ContentsEntry.objects.filter(manual_id=manual_id).listed(on=day)
    part = listed.filter(page_id=part_id).first()
    if part is None:
        return None
    below = listed.filter(sort_key__startswith=f"{part.sort_key}.", is_chapter=True, page_id__isnull=False)
    return list(below.values_list("page_id", flat=True))


@dataclass(frozen=True)
class Copy:
    """A chapter in the state that is to be printed."""

    page: BasePage
    number: str
    edition: Edition | None


@dataclass(frozen=True)
class Choice:
    """What was asked for and what of it can be printed, in order.

    `unreadable`: how many chapters readers may not see. `not_in_force`: titles of those not in force on that day.
    """

    copies: tuple[Copy, ...]
    day: date | None = None
    unreadable: int = 0
    not_in_force: tuple[str, ...] = ()


def choose(*, contents: Contents, keys: list[int], day: date | None) -> Choice:
    """Return the chapters with these keys as they are now, or were on a day: as few queries for sixty as for three."""
    readable = _readable(contents, keys, day=day)
    editions = _editions(readable, day=day)
    numbers = _numbers_on(contents, keys, day) if day else {line.page_id: line.number for line in contents.lines}
    copies, not_in_force = [], []
    for page in readable:
        edition = editions.get(page.alias_of_id or page.pk)
        if day and edition is None:
            not_in_force.append(page.title)
        else:
            copies.append(Copy(page.state_in(edition) if day else page, numbers.get(page.pk, ""), edition))
    if day:
        copies.sort(key=lambda copy: _as_people_count(copy.number))
    return Choice(tuple(copies), day, len(set(keys)) - len(readable), tuple(not_in_force))


@contextmanager
def printed(choice: Choice, *, contents: Contents | None, today: date):
    """Yield the chapters ready to be shown; while the block runs, everything they refer to is at hand."""
    pages = [copy.page for copy in choice.copies]
    update_due = contents.manual.next_update_due if contents else None
    # Nobody may rely on how it was, or on what was withdrawn.
    is_past = choice.day is not None or any(page.withdrawn_as for page in pages)
    with fetched_together(*pages, as_it_was=choice.day is not None):
        yield Printout(
            chapters=tuple(_chapter(copy, contents) for copy in choice.copies),
            day=choice.day,
            printed_on=today,
            valid_until=None if is_past else valid_until(next_update_due=update_due, today=today),
            unreadable=choice.unreadable,
            not_in_force=choice.not_in_force,
        )


def _chapter(copy: Copy, contents: Contents | None) -> PrintedChapter:
    return PrintedChapter(
        page=copy.page,
        number=copy.number,
        title=copy.page.title,
        edition=copy.edition,
        sections=tuple(copy.page.numbered_sections()),
        related=tuple(copy.page.related_pages(contents)),
        path=copy.page.permanent_path(),
    )


def _readable(contents: Contents, keys, *, day) -> list:
    """Return the chapters of the manual that may be printed, in the order of the keys."""
    manual = BasePage.objects.get(pk=contents.manual.pk)
    pages = BasePage.objects.descendant_of(manual)
    pages = pages.readable_as_it_was() if day else pages.visible()
    found = apps.get_model("procedures.ChapterPage").objects.filter(pk__in=pages.filter(pk__in=keys).values("pk"))
    by_key = {page.pk: page for page in found}
    for page in by_key.values():
        # Known: that saves a query for each. Nothing that is printed shows the pages between.
        page._trail = [manual]
    return [by_key[key] for key in dict.fromkeys(keys) if key in by_key]


def _editions(pages, *, day: date | None) -> dict[int, Edition]:
    """Return by page the edition in force now, or on a day."""
    editions = Edition.objects.filter(page_id__in=[page.alias_of_id or page.pk for page in pages])
    editions = editions.in_force(on=day).select_related("revision") if day else editions.current()
    return {edition.page_id: edition for edition in editions}


def _numbers_on(contents: Contents, keys, day: date) -> dict[int, str]:
    entries = ContentsEntry.objects.filter(manual_id=contents.manual.pk, page_id__in=keys).listed(on=day)
    return dict(entries.values_list("page_id", "number"))


def _as_people_count(number: str) -> tuple:
    """Return what sorts 1.10 behind 1.9, and what has no number last."""
    return (not number, [int(part) for part in number.split(".")] if number else [])
