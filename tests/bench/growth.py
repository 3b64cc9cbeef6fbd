"""What the pages of a manual cost when it is small, and when it has become 25 times as long with 20 times the past."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.cache import caches

from pages.caching import forget_public_pages, generation
from procedures.models import ContentsEntry
from tests.bench import manual, measuring
from updates.models import Edition

# Fewer than for the demonstration: there are 16 pages, twice.
REPEATS = 40
AFTER_EDIT = "(after an edit)"


@dataclass(frozen=True)
class Page:
    """A page to measure. `before`: what is forgotten before each time, besides stored pages."""

    address: str
    before: Callable[[], None]


@dataclass(frozen=True)
class Grown:
    """The queries and the time of a page at one size."""

    queries: measuring.Queries
    times: measuring.Times
    minimal: measuring.Times


def pages(grown: manual.GrowingManual) -> dict[str, Page]:
    """Return the pages to measure, by name; some once more as the first reader after an edit gets them."""
    contents, chapter = grown.manual.url, grown.measured.url
    newest = grown.measured.history().first().number
    addresses = {
        "contents": contents,
        "contents on a date": f"{contents}on/{grown.day}/",
        "part": grown.part.url,
        "chapter": chapter,
        "chapter on a date": f"{chapter}on/{grown.day}/",
        "heavy chapter": grown.heavy.url,
        "heavy chapter on a date": f"{grown.heavy.url}on/{grown.day}/",
        "history": f"{chapter}history/",
        "amendments": grown.amendments.url,
        "amendments of a year": f"{grown.amendments.url}?year={grown.year}",
        "amendments feed": f"{grown.amendments.url}feed/",
        "comparison": f"{chapter}compare/{newest - 1}/{newest}/",
        "chapter on paper": f"{chapter}print/",
    }
    found = {name: Page(address, _forget_page) for name, address in addresses.items()}
    found["comparison, first time"] = Page(addresses["comparison"], lambda: _forget_comparison(grown))
    for name in ("contents", "chapter", "amendments"):
        found[f"{name} {AFTER_EDIT}"] = Page(addresses[name], _forget_all)
    return found


def is_after_edit(name: str) -> bool:
    """Tell whether what is measured under this name is put together anew after an edit, which has no bar."""
    return name.endswith(AFTER_EDIT)


def _forget_page():
    measuring.forget("pages")


def _forget_comparison(grown):
    newer, older = grown.measured.history().values_list("pk", flat=True)[:2]
    caches["default"].delete(f"{generation()}:comparison:{older}:{newer}:inline")
    _forget_page()


def _forget_all():
    forget_public_pages()
    _forget_page()


def measured(grown: manual.GrowingManual) -> dict[str, Grown]:
    """Measure all pages at the size that the manual has now."""
    return {name: _measured(page) for name, page in pages(grown).items()}


def _measured(page: Page) -> Grown:
    queries = measuring.queries(page.address)
    return Grown(queries, *measuring.processor_time(page.address, before=page.before, repeats=REPEATS))


def sizes() -> str:
    """Say how many lines and editions there are."""
    return f"{ContentsEntry.objects.count():,} lines of contents, {Edition.objects.count():,} editions"
