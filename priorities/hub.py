"""What the page of a priority area gathers: by topic, and as staff arranged it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from gathering.by_topic import SHOWN, GatheredGroup, Line, groups_of_pages, groups_of_pieces, updates_about
from gathering.models import Group, Piece
from pages.models import BasePage
from updates.models import Edition
from updates.querysets import end_of_day

UPDATES_SHOWN = 5


@dataclass(frozen=True)
class Arranged:
    """What staff did about what is gathered: pinned lines in their order, and the keys of what they hid."""

    pinned: tuple[Line, ...]
    hidden_pages: frozenset[int]
    hidden_pieces: frozenset[int]

    @property
    def pinned_keys(self) -> set[str]:
        """The keys of the pinned lines."""
        return {line.key for line in self.pinned}


@dataclass(frozen=True)
class Hub:
    """Everything gathered for a priority area."""

    pinned: tuple[Line, ...]
    pages: list[GatheredGroup]
    pieces: list[GatheredGroup]
    training: GatheredGroup | None
    updates: list[Edition]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found at all."""
        return not (self.pinned or self.pages or self.pieces or self.training or self.updates)


def hub_of(area, *, topics: list[int], ends_on: date | None, now: datetime) -> Hub:
    """Gather what there is about the topics (keys) for an area whose plan year ends on a day.

    What is dated – items of bulletins, decisions, updates – ends with the plan year; what is in use is that of today.
    Four queries and one for what staff arranged, however much there is.
    """
    arranged = arranged_for(area)
    today = timezone.localdate(now)
    over = ends_on if ends_on and ends_on < today else None
    # As many more as were pinned: those may be the first ones, and others take their place.
    shown = SHOWN + len(arranged.pinned)
    pages = groups_of_pages(topics, shown=shown, without=arranged.hidden_pages | {area.pk})
    pieces = groups_of_pieces(topics, on=today, until=over, shown=shown, without=arranged.hidden_pieces)
    updates = updates_about(topics, until=end_of_day(over) if over else None)
    updates = updates.exclude(page__in=arranged.hidden_pages | {area.pk})
    groups = [group.without(arranged.pinned_keys) for group in pieces.values()]
    return Hub(
        pinned=arranged.pinned,
        pages=[group for group in (group.without(arranged.pinned_keys) for group in pages) if group.lines],
        pieces=[group for group in groups if group.lines and group.slug != Group.TRAINING],
        training=next((group for group in groups if group.lines and group.slug == Group.TRAINING), None),
        updates=list(updates[:UPDATES_SHOWN]),
    )


def arranged_for(area) -> Arranged:
    """Return what staff arranged for an area. What they pinned shows only while readers may see it."""
    rows = list(area.arrangements.all())
    hidden = [row for row in rows if row.is_hidden]
    pinned = [row for row in rows if not row.is_hidden]
    found = _lines_for(pinned)
    return Arranged(
        pinned=tuple(found[row.key] for row in pinned if row.key in found),
        hidden_pages=frozenset(row.page_id for row in hidden if row.page_id),
        hidden_pieces=frozenset(row.piece_id for row in hidden if row.piece_id),
    )


def _lines_for(pinned) -> dict[str, Line]:
    page_keys = [row.page_id for row in pinned if row.page_id]
    piece_keys = [row.piece_id for row in pinned if row.piece_id]
    pages = BasePage.objects.visible().filter(pk__in=page_keys) if page_keys else ()
    pieces = Piece.objects.visible().filter(pk__in=piece_keys).select_related("page") if piece_keys else ()
    lines = [*map(Line.of_page, pages), *map(Line.of_piece, pieces)]
    return {line.key: line for line in lines}
