"""The lists of meetings and reviews: what a reader asked for, what there is of it, and the ways to the rest."""

from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator

from board_business.actions import Plan, plan_of
from board_business.blocks import anchor_for
from board_business.states import ReviewType

A_PAGE = 20
# How many of each the board's own page shows before it leads to the whole list.
LATEST_MEETINGS = 4
LATEST_REVIEWS = 6


@dataclass(frozen=True)
class Choice:
    """One line of a filter; `address` chooses it, and takes it back where it is chosen."""

    label: str
    count: int
    address: str
    is_chosen: bool


@dataclass(frozen=True)
class MeetingLine:
    """A meeting in a list, with its decisions: (anchor, title)."""

    page: object
    decisions: list[tuple[str, str]]


@dataclass(frozen=True)
class ReviewLine:
    """A review in a list, with its action plan as it stands today."""

    page: object
    plan: Plan


@dataclass(frozen=True)
class Listing:
    """Lines of a list, the filters beside it, and the page of the list they are on (None: only the latest)."""

    lines: list
    total: int
    page_obj: Page | None = None
    filters: dict[str, list[Choice]] = field(default_factory=dict)

    @property
    def is_filtered(self) -> bool:
        """Whether something was chosen."""
        return any(choice.is_chosen for choices in self.filters.values() for choice in choices)


def decisions_of(raw_decisions) -> list[tuple[str, str]]:
    """Return (anchor, title) of each decision in a raw value, without fetching what the decisions refer to."""
    return [(anchor_for("decision", raw.get("id") or ""), raw["value"].get("heading", "")) for raw in raw_decisions]


def latest_meetings(meetings) -> Listing:
    """Return the latest meetings: two queries."""
    return Listing(_meeting_lines(meetings.newest_first()[:LATEST_MEETINGS]), meetings.count())


def latest_reviews(reviews, *, today) -> Listing:
    """Return the latest reviews: two queries."""
    return Listing(_review_lines(reviews.newest_first()[:LATEST_REVIEWS], today), reviews.count())


def all_meetings(meetings, *, query) -> Listing:
    """Return one page of all meetings, or of those of the year in the address: two queries, however many there are."""
    counts = meetings.count_by()
    chosen = _chosen(query, year={str(year) for (year,) in counts})
    found = meetings.of_year(int(chosen["year"])) if chosen["year"] else meetings
    total = sum(count for (year,), count in counts.items() if chosen["year"] in ("", str(year)))
    shown = _page(found, total, query)
    return Listing(
        _meeting_lines(shown), total, shown, {"Year": _years(Counter({y: n for (y,), n in counts.items()}), chosen)}
    )


def all_reviews(reviews, *, query, today) -> Listing:
    """Do the same for reviews, by year and by type."""
    counts = reviews.count_by("review_type")
    years, types = {str(year) for year, _ in counts}, {kind for _, kind in counts}
    chosen = _chosen(query, year=years, type=types)
    found = reviews.of_year(int(chosen["year"])) if chosen["year"] else reviews
    found = found.of_type(chosen["type"]) if chosen["type"] else found
    by_year, by_type, total = Counter(), Counter(), 0
    for (year, kind), count in counts.items():
        of_year, of_type = chosen["year"] in ("", str(year)), chosen["type"] in ("", kind)
        by_year[year] += count * of_type
        by_type[kind] += count * of_year
        total += count * of_year * of_type
    shown = _page(found, total, query)
    filters = {"Type": _types(by_type, chosen), "Year": _years(by_year, chosen)}
    return Listing(_review_lines(shown, today), total, shown, filters)


def _chosen(query, **known: set[str]) -> dict[str, str]:
    """Return what the address asks for; what means nothing here is left out."""
    return {name: query.get(name, "") if query.get(name) in values else "" for name, values in known.items()}


def _page(found, total: int, query) -> Page:
    paginator = Paginator(found.newest_first(), A_PAGE)
    # Known from the filters already: one query less.
    paginator.count = total
    return paginator.get_page(query.get("page"))


def _meeting_lines(meetings) -> list[MeetingLine]:
    return [MeetingLine(meeting, decisions_of(meeting.decisions.raw_data)) for meeting in meetings]


def _review_lines(reviews, today) -> list[ReviewLine]:
    return [ReviewLine(review, plan_of(review.actions.raw_data, today=today)) for review in reviews]


def _years(counts: Counter, chosen: dict[str, str]) -> list[Choice]:
    return [_choice(str(year), str(year), counts[year], "year", chosen) for year in sorted(counts, reverse=True)]


def _types(counts: Counter, chosen: dict[str, str]) -> list[Choice]:
    return [
        _choice(label, value, counts[value], "type", chosen) for value, label in ReviewType.choices if value in counts
    ]


def _choice(label: str, value: str, count: int, name: str, chosen: dict[str, str]) -> Choice:
    is_chosen = chosen[name] == value
    asked = chosen | {name: "" if is_chosen else value}
    return Choice(label, count, "?" + urlencode({key: said for key, said in asked.items() if said}), is_chosen)
