"""The list of contents as a page shows it: now with its states, or as it stood on a day; bounded at any size."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.apps import apps
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone
from wagtail.models import Revision

from pages.models import BasePage
from procedures.contents import contents_of
from procedures.models.contents import ContentsEntry
from procedures.states import State, states, word_for
from updates.history import KeepsHistory
from updates.models import Edition, Significance
from updates.querysets import end_of_day

# A longer list is of no use on a phone: then the parts are listed, and each part lists its own chapters.
MOST_LINES = 250


@dataclass(frozen=True, slots=True)
class ListedLine:
    """A line of the list. `url` is empty where readers may not see the page any more; `chapters`: how many it has."""

    number: str
    title: str
    depth: int
    is_chapter: bool
    url: str
    states: tuple[State, ...] = ()
    chapters: int = 0


@dataclass(frozen=True)
class Listing:
    """Lines in reading order. `hidden`: how many stood there then that are not public any more."""

    lines: tuple[ListedLine, ...]
    parts_only: bool = False
    hidden: int = 0

    @property
    def chapters(self) -> int:
        """How many chapters there are, listed or not."""
        return sum(line.is_chapter or line.chapters for line in self.lines)


def listed_now(*, manual, now: datetime, below: int | None = None) -> Listing:
    """Return the contents of a manual, or of the part `below`, with the state of each chapter: two queries at most."""
    contents = contents_of(manual.pk)
    lines = contents.lines
    if below is not None:
        part = contents.line(below)
        if part is None:
            return Listing(())
        lines = tuple(line for line in lines if line.number.startswith(f"{part.number}."))
    if len(lines) > MOST_LINES:
        return _parts_of(lines)
    words = _words(manual, lines, now=now)
    return Listing(
        tuple(
            ListedLine(line.number, line.title, line.depth, line.is_chapter, line.url, words.get(line.page_id, ()))
            for line in lines
        )
    )


def _parts_of(lines) -> Listing:
    """Return the parts alone, each with how many chapters are in it, and what stands outside of every part."""
    shown = {line.number: line for line in lines if not line.is_chapter or line.depth == lines[0].depth}
    chapters = dict.fromkeys(shown, 0)
    for line in lines:
        if line.is_chapter and line.number not in shown:
            nearest = line.number.rpartition(".")[0]
            if nearest in chapters:
                chapters[nearest] += 1
    return Listing(
        tuple(
            ListedLine(line.number, line.title, line.depth, line.is_chapter, line.url, (), chapters[number])
            for number, line in shown.items()
        ),
        parts_only=True,
    )


def _words(manual, lines, *, now: datetime) -> dict[int, tuple[State, ...]]:
    """Return the states worth telling, by page."""
    keys = [line.page_id for line in lines if line.is_chapter]
    recent = (
        Edition.objects.filter(
            page_id__in=keys,
            significance=Significance.MAJOR,
            in_force_from__gt=now - timedelta(days=manual.state_days),
        )
        .order_by()
        .values_list("page_id")
        .annotate(Max("number"), Max("in_force_from"))
    )
    newest = {page_id: (number, begun) for page_id, number, begun in recent}
    today = timezone.localdate(now)
    reviewed = apps.get_model("procedures.ChapterPage").objects.filter(pk__in=keys, under_review_since__lte=today)
    since = dict(reviewed.values_list("pk", "under_review_since"))
    found = {}
    for key in newest.keys() | since.keys():
        word = None
        if key in newest:
            number, begun = newest[key]
            word = word_for(number=number, in_force_from=begun, now=now, days=manual.state_days)
        if word or key in since:
            found[key] = tuple(states(word=word, under_review_since=since.get(key), today=today))
    return found


def listed_on(*, manual, day: date) -> Listing:
    """Return the contents as they stood when a day ended, each chapter leading to its text of that day.

    Chapters that readers may not see any more are counted, not named; those withdrawn since are named.
    """
    entries = _entries_on(manual, day)
    is_long = len(entries) > MOST_LINES
    gone = {entry.page_id for entry in entries if entry.is_chapter and entry.page_id and not entry.is_readable}
    shown = [entry for entry in entries if not (is_long and entry.is_chapter and entry.depth > 1)]
    pages = _pages([entry.page_id for entry in shown if entry.is_readable])
    lines = tuple(
        ListedLine(entry.number, entry.title, entry.depth, entry.is_chapter, _url_on(pages.get(entry.page_id), day))
        for entry in shown
        if entry.page_id not in gone
    )
    return Listing(lines, parts_only=is_long, hidden=len(gone))


def scheduled_in(*, manual, until: date) -> list[tuple[str, datetime]]:
    """Return (title, time) of what is scheduled to be published in a manual by the end of a day, in that order."""
    below = BasePage.objects.descendant_of(manual, inclusive=True)
    revisions = Revision.page_revisions.filter(
        object_id__in=[str(key) for key in below.values_list("pk", flat=True)],
        approved_go_live_at__lt=end_of_day(until),
    )
    return list(revisions.order_by("approved_go_live_at").values_list("object_str", "approved_go_live_at"))


def _entries_on(manual, day: date):
    """Return the lines as plain rows, with whether readers may look at the old editions of their pages."""
    readable = BasePage.objects.readable_as_it_was().filter(pk=OuterRef("page_id"))
    listed = ContentsEntry.objects.filter(manual_id=manual.pk).listed(on=day).annotate(is_readable=Exists(readable))
    return list(listed.values_list("page_id", "number", "title", "depth", "is_chapter", "is_readable", named=True))


def _url_on(page, day: date) -> str:
    """Return where a page can be read as it was on a day; its own address where it has no editions to look at."""
    if page is None or page.specific_class is apps.get_model("procedures.PartPage"):
        return ""
    return f"{page.url}on/{day.isoformat()}/" if issubclass(page.specific_class, KeepsHistory) else page.url


def _pages(keys) -> dict[int, BasePage]:
    """Return pages by key, with what their address and type need."""
    return BasePage.objects.only("pk", "url_path", "locale", "content_type").in_bulk(keys)
