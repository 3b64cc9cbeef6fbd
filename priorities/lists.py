"""Everything that there is under one heading of a priority area."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from gathering.by_topic import Line, gathered_types, line_for, pages_about, pieces_about, slug_of
from gathering.models import Group
from priorities.hub import arranged_for


@dataclass(frozen=True)
class WholeList:
    """What stands under a heading, and how a row of it becomes a line."""

    heading: str
    rows: QuerySet
    line: Callable[[object], Line]


def lists_of(area, *, now: datetime) -> dict[str, WholeList]:
    """Return the lists of an area by their names in addresses. What staff hid is in none; nothing is read yet."""
    arranged = arranged_for(area)
    topics = list(area.topics.values_list("pk", flat=True))
    today = timezone.localdate(now)
    ends_on = area.plan_year and area.plan_year.ends_on
    over = ends_on if ends_on and ends_on < today else None
    pages = pages_about(topics, without=arranged.hidden_pages | {area.pk})
    pieces = pieces_about(topics, until=over, without=arranged.hidden_pieces)
    lists = {
        slug_of(model): WholeList(
            model.gathered_under, pages.filter(content_type=key), lambda page, model=model: line_for(page, model)
        )
        for key, model in gathered_types().items()
    }
    for group in Group:
        rows = pieces.filter(group=group)
        if group == Group.TRAINING:
            rows = rows.filter(day__gte=today).order_by("day", "page", "order")
        lists[group.value] = WholeList(group.label, rows, Line.of_piece)
    return lists
