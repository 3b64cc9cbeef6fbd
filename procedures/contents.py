"""The list of contents of a manual, as readers see it now: remembered between requests, small for each line."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from urllib.parse import quote

from django.apps import apps
from django.utils import timezone

from pages.caching import remember
from pages.models import BasePage
from procedures.models.contents import ContentsEntry

REMEMBERED_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Line:
    """A part or chapter in the list."""

    page_id: int
    number: str
    title: str
    depth: int
    is_chapter: bool
    url: str
    expires: datetime | None = None


@dataclass(frozen=True)
class Manual:
    """What every chapter shows of its manual."""

    pk: int
    title: str
    url: str
    notice: str
    state_days: int
    next_update_due: date | None
    suggestions_until: date | None
    escalation_title: str = ""
    escalation_url: str = ""


@dataclass(frozen=True)
class Contents:
    """A manual with its lines in reading order."""

    manual: Manual
    lines: tuple[Line, ...]

    @cached_property
    def _positions(self) -> dict[int, int]:
        return {line.page_id: position for position, line in enumerate(self.lines)}

    def line(self, page_id: int | None) -> Line | None:
        """Return the line of a page; None where it is not listed."""
        position = self._positions.get(page_id)
        return None if position is None else self.lines[position]

    def before(self, page_id: int) -> Line | None:
        """Return what is read before a page: the nearest chapter, for parts have no text to read."""
        return next((line for line in reversed(self.lines[: self._positions.get(page_id, 0)]) if line.is_chapter), None)

    def after(self, page_id: int) -> Line | None:
        """Return the chapter that is read after a page."""
        position = self._positions.get(page_id)
        if position is None:
            return None
        return next((line for line in self.lines[position + 1 :] if line.is_chapter), None)


def contents_of(manual_id: int) -> Contents:
    """Return the contents of a manual without what has expired since they were put together."""
    contents = remember(f"contents:{manual_id}", lambda: _gather(manual_id), timeout=REMEMBERED_SECONDS)
    now = timezone.now()
    if any(line.expires and line.expires <= now for line in contents.lines):
        return replace(contents, lines=tuple(line for line in contents.lines if not line.expires or line.expires > now))
    return contents


def _gather(manual_id: int) -> Contents:
    manual = apps.get_model("procedures.ManualPage").objects.get(pk=manual_id)
    entries = ContentsEntry.objects.current().filter(manual_id=manual_id)
    visible = BasePage.objects.visible().descendant_of(manual)
    base = manual.url
    # Plain rows, and addresses put together here: a thousand pages as objects take a reader after an edit too long.
    pages = {
        key: (_url(base, url_path, manual), expires)
        for key, url_path, expires in visible.order_by().values_list("pk", "url_path", "expire_at")
    }
    lines = tuple(
        Line(page_id, number, title, depth, is_chapter, *pages[page_id])
        for page_id, number, title, depth, is_chapter in entries.values_list(
            "page_id", "number", "title", "depth", "is_chapter"
        )
        if page_id in pages
    )
    return Contents(_manual_facts(manual, lines), lines)


def _url(base: str | None, url_path: str, manual) -> str | None:
    """Return the address of a page in the manual at `base`; None without one: the manual stands in no site."""
    return base and base + quote(url_path.removeprefix(manual.url_path))


def _manual_facts(manual, lines) -> Manual:
    escalation = next((line for line in lines if line.page_id == manual.escalation_page_id), None)
    return Manual(
        pk=manual.pk,
        title=manual.title,
        url=manual.url,
        notice=manual.notice,
        state_days=manual.state_days,
        next_update_due=manual.next_update_due,
        suggestions_until=manual.suggestions_until,
        escalation_title=escalation.title if escalation else "",
        escalation_url=escalation.url if escalation else "",
    )
