"""The page of results: what was found, ready to be shown, and the filters beside it."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.safestring import SafeString

from pages.filters import Choice, Filter, filter_from
from search.asked import Asked, labels, periods, terms
from search.engine.words import words_of
from search.finding import GROUPS_A_PAGE, Found, Group, NoIndex, find
from search.marking import excerpt, marked
from search.places import Place
from search.plain import find_plainly

LABELS = {"kind": "Kind", "topic": "Topic", "audience": "Who it is for", "since": "Date"}


@dataclass(frozen=True)
class Part:
    """Another place of the same page that fits."""

    title: SafeString
    url: str
    label: str


@dataclass(frozen=True)
class Line:
    """A result. `kicker`: what it is and where; `parts`: other places of the same page."""

    title: SafeString
    url: str
    kicker: str
    excerpt: SafeString
    parts: tuple[Part, ...]
    more_in: str


@dataclass(frozen=True)
class Results:
    """One page of results. `is_plain`: the database answered, without filters and spelling."""

    asked: Asked
    found: Found
    lines: tuple[Line, ...]
    page_obj: Page
    filters: tuple[Filter, ...]
    is_plain: bool

    @property
    def chosen(self) -> list[Choice]:
        """The choices that were made, each with the address that takes it back."""
        return [one.chosen for one in self.filters if one.chosen]

    @property
    def everything(self) -> str:
        """The address of the same words without any filter."""
        return replace(self.asked, chosen={}).address()

    @property
    def corrected_address(self) -> str:
        """The address that asks for the words as they were meant."""
        words = [self.found.corrected.get(word, word) for word in words_of(self.asked.query)]
        return self.asked.address(q=" ".join(words))

    @property
    def corrected(self) -> list[tuple[str, str]]:
        """(as typed, as meant) of words that were taken for others."""
        return list(self.found.corrected.items())


def results(*, asked: Asked, now: datetime) -> Results:
    """Return the page of results that was asked for; three queries, more in the moments after a change."""
    today = timezone.localdate(now)
    narrowing = asked.narrowing(today=today)
    is_plain = False
    try:
        found = find(asked.query, narrowing=narrowing, page=asked.page, periods=periods(today=today), now=now)
    except NoIndex:
        found, is_plain = find_plainly(asked.query, narrowing=narrowing, page=asked.page), True
    return Results(
        asked,
        found,
        lines=tuple(_line(group, found.stems) for group in found.groups),
        page_obj=Paginator(range(found.number_of_groups), GROUPS_A_PAGE).get_page(found.page),
        filters=tuple(_filters(asked, found)),
        is_plain=is_plain,
    )


def _line(group: Group, stems: frozenset[str]) -> Line:
    best = group.best
    return Line(
        title=marked(best.title, stems),
        url=best.url,
        kicker=" · ".join(_where(best)),
        excerpt=excerpt(best.text, stems),
        parts=tuple(Part(marked(other.title, stems), other.url, other.label) for other in _different(group)),
        more_in=best.page_title,
    )


def _where(place: Place) -> list[str]:
    return list(dict.fromkeys(filter(None, [place.kind, place.heading, place.label])))


def _different(group: Group):
    """Yield the other passages that lead elsewhere: a long text is kept in several rows."""
    seen = {group.best.url}
    for other in group.others:
        if other.url not in seen:
            seen.add(other.url)
            yield other


def _filters(asked: Asked, found: Found):
    known = terms()
    words = labels(known)
    for name, label in LABELS.items():
        counts = dict(found.counts.get(name, {}))
        if name in known:
            counts = {slug: counts.get(key, 0) for slug, (key, _) in known[name].items()}
        yield filter_from(
            label,
            words[name],
            counts,
            chosen=asked.chosen.get(name),
            address=lambda value, name=name: asked.address(**{name: value}),
        )
