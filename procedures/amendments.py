"""Amendments: the updates of a manual's chapters, and those that were withdrawn. Nobody writes them twice."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from heapq import merge
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from pages.caching import remember
from pages.models import BasePage
from procedures.contents import Contents
from updates.models import Edition
from updates.withdrawing.models import Withdrawal

A_PAGE = 50
DEEPEST_PAGE = 2000
REMEMBERED_SECONDS = 600
NEW, UPDATED, REMOVED = "New", "Updated", "Removed"


@dataclass(frozen=True)
class Amendment:
    """One line of the amendments page. `sections`: their labels, with links where they are still there."""

    kind: str
    number: str
    title: str
    url: str
    moment: datetime
    note: str
    sections: tuple[tuple[str, str], ...] = ()
    comparison_url: str = ""
    edition: Edition | None = field(default=None, compare=False)

    @property
    def day(self) -> date:
        """The day people here count it to."""
        return timezone.localdate(self.moment)

    @property
    def month(self) -> date:
        """The first day of its month."""
        return self.day.replace(day=1)

    @property
    def stands_out(self) -> bool:
        """Whether it is told in the colour for what is new."""
        return self.kind == NEW


@dataclass(frozen=True)
class AmendmentsPart:
    """Some of the amendments, newest first, and whether there are older ones."""

    amendments: list[Amendment]
    number: int
    has_older: bool

    @property
    def newer(self) -> int:
        """The number of the page before."""
        return self.number - 1

    @property
    def older(self) -> int:
        """The number of the page after."""
        return self.number + 1


def editions_of(manual):
    """Return the updates of the manual's chapters that readers may see, newest first."""
    return Edition.objects.updates(of=_chapters_of(manual))


def amendments_of(manual, *, contents: Contents, year: int | None = None, number: int = 1) -> AmendmentsPart:
    """Return the `number`th fifty amendments of a manual, or of one year; as few queries however many there are."""
    editions = editions_of(manual)
    if year:
        editions = editions.filter(in_force_from__gte=_begin_of(year), in_force_from__lt=_begin_of(year + 1))
    first = (number - 1) * A_PAGE
    found = list(editions.defer("author", "answer")[first : first + A_PAGE + 1])
    has_older = len(found) > A_PAGE
    lines = [of_edition(edition, contents) for edition in found[:A_PAGE]]
    newest = lines[0].moment if lines and number > 1 else None
    oldest = lines[-1].moment if has_older else None
    removed = _removed(manual, year=year, before=newest, after=oldest)
    both = merge(lines, removed, key=lambda line: line.moment, reverse=True)
    return AmendmentsPart(list(both), number, has_older)


def years_of(manual) -> list[int]:
    """Return the years from this one back to that of the first amendment; remembered."""
    first = remember(f"first-amendment:{manual.pk}", lambda: _first(manual), timeout=REMEMBERED_SECONDS)
    if first is None:
        return []
    return list(range(timezone.localdate().year, timezone.localdate(first).year - 1, -1))


def _first(manual) -> datetime | None:
    earliest = editions_of(manual).order_by("in_force_from", "pk").values_list("in_force_from", flat=True)
    return earliest.first()


def of_edition(edition: Edition, contents: Contents) -> Amendment:
    """Return the line for an edition of a chapter; a first edition is told by the page's summary."""
    page = edition.page
    line = contents.line(page.pk)
    is_new = edition.number == 1
    return Amendment(
        kind=NEW if is_new else UPDATED,
        number=line.number if line else "",
        title=page.title,
        url=page.url,
        moment=edition.in_force_from,
        note=page.summary if is_new else edition.note,
        sections=tuple(_section(page.url, section) for section in edition.sections),
        comparison_url="" if is_new else f"{page.url}compare/{edition.number - 1}/{edition.number}/",
        edition=edition,
    )


def _section(url: str, section: dict) -> tuple[str, str]:
    label = f"{section['number']} {section['title']}"
    if section["change"] == "removed":
        return f"{label} (taken out)", ""
    return label, f"{url}#s-{section['code']}"


def _removed(manual, *, year, before: datetime | None, after: datetime | None) -> list[Amendment]:
    """Return the chapters that were withdrawn or consolidated in that time, newest first."""
    since = max(filter(None, [after, year and _begin_of(year)]), default=None)
    until = min(filter(None, [before, year and _begin_of(year + 1)]), default=None)
    withdrawn = Withdrawal.objects.removed(of=_chapters_of(manual), since=since, until=until)
    return [_of_withdrawal(withdrawal) for withdrawal in withdrawn]


def _of_withdrawal(withdrawal: Withdrawal) -> Amendment:
    """Return the line for a chapter that was taken out; it leads to what takes its place, or to what it said."""
    instead = withdrawal.replacement
    note = f"{withdrawal.reason} Now part of “{instead.title}”." if instead else withdrawal.reason
    return Amendment(
        kind=REMOVED,
        number="",
        title=withdrawal.title,
        url=withdrawal.page.url or "",
        moment=withdrawal.withdrawn_at,
        note=note,
    )


def _chapters_of(manual):
    chapter_type = ContentType.objects.get_for_model(apps.get_model("procedures.ChapterPage"))
    return BasePage.objects.descendant_of(manual).filter(content_type=chapter_type)


def _begin_of(year: int) -> datetime:
    return datetime.combine(date(year, 1, 1), time.min, ZoneInfo(settings.TIME_ZONE))
