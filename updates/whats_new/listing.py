"""One page of "What's new", the filters beside it, and the ways to the rest; as quick for 100,000 updates as for 10."""

from dataclasses import dataclass
from datetime import date
from heapq import merge
from itertools import islice

from django.db.models import Q
from django.utils import timezone

from pages.filters import Choice, Filter, filter_from
from updates.models.editions import Edition
from updates.whats_new.asked import EDITION, WITHDRAWAL, Asked, Place, filters
from updates.whats_new.lines import Update
from updates.whats_new.tally import A_PAGE, Counts, counts_of
from updates.withdrawing.models import Withdrawal

LABELS = {"topic": "Topic", "audience": "Who it is for", "kind": "Kind"}


@dataclass(frozen=True)
class Listing:
    """Some updates, newest first. `older`: the address of those that come after, if there are any."""

    asked: Asked
    updates: list[Update]
    total: int
    filters: list[Filter]
    years: list[Choice]
    older: str
    is_beginning: bool

    @property
    def chosen(self) -> list[Choice]:
        """The choices that were made, each with the address that takes it back."""
        return [one.chosen for one in self.filters if one.chosen]

    @property
    def query(self) -> str:
        """The query of the addresses of its beginning and its feed."""
        return self.asked.query


def listing(*, asked: Asked, place: Place | None, today: date) -> Listing:
    """Return the updates that were asked for, from a place on."""
    counts = counts_of(asked)
    found = updates_for(asked, place=place, most=A_PAGE + 1)
    shown = found[:A_PAGE]
    has_older = len(found) > A_PAGE
    return Listing(
        asked,
        updates=shown,
        total=counts.fitting,
        filters=[_filter(asked, name, label, counts) for name, label in LABELS.items()],
        years=_years(asked, counts, place, today),
        older=asked.address(before=str(shown[-1].place)) if has_older else "",
        is_beginning=place is None,
    )


def updates_for(asked: Asked, *, place: Place | None = None, most: int) -> list[Update]:
    """Return at most so many of the updates that were asked for, newest first: editions, and what was withdrawn."""
    editions = _editions(asked).filter(_after(place, "in_force_from", EDITION)).defer("answer", "author", "sections")
    withdrawals = Withdrawal.objects.removed(of=asked.pages()).filter(_after(place, "withdrawn_at", WITHDRAWAL))
    both = merge(
        map(Update.of_edition, editions[:most]),
        map(Update.of_withdrawal, withdrawals[:most]),
        # Of one moment, editions come first; `_after` holds to the same.
        key=lambda update: (update.place.moment, update.place.kind == EDITION, update.place.pk),
        reverse=True,
    )
    return list(islice(both, most))


def _editions(asked: Asked):
    """Return the editions that were asked for, in the quicker of two ways: see `Counts.few_pages`."""
    few_pages = counts_of(asked).few_pages
    if few_pages is not None:
        return Edition.objects.updates().filter(page__in=few_pages)
    return Edition.objects.updates(of=asked.pages()) if asked.chosen else Edition.objects.updates()


def _after(place: Place | None, moment: str, kind: str) -> Q:
    """Return the condition for what comes after a place, among the updates of one kind."""
    if place is None:
        return Q()
    if place.kind == kind:
        # The first condition is what the index is for; the second looks at the few of that one moment.
        of_that_moment = Q(**{f"{moment}__lt": place.moment}) | Q(pk__lt=place.pk)
        return Q(**{f"{moment}__lte": place.moment}) & of_that_moment
    return Q(**{f"{moment}__{'lte' if (place.kind, kind) == (EDITION, WITHDRAWAL) else 'lt'}": place.moment})


def _filter(asked: Asked, name: str, label: str, counts: Counts) -> Filter:
    return filter_from(
        label,
        filters()[name],
        counts.by_filter[name],
        chosen=asked.chosen.get(name),
        address=lambda value: asked.address(**{name: value}),
    )


def _years(asked: Asked, counts: Counts, place: Place | None, today: date) -> list[Choice]:
    """Return the past years in which there was something, each with the address of the list from its end on."""
    first = timezone.localdate(counts.first).year if counts.first else today.year
    begun = str(timezone.localdate(place.moment).year - 1) if place and not place.kind else ""
    years = map(str, range(today.year - 1, first - 1, -1))
    return [Choice(year, 0, asked.address(until=year), year == begun) for year in years]
