"""What is public about some topics: pages of every kind that wants to be gathered, pieces of pages, updates.

A page type that wants to be gathered has `gathered_under`, the heading above its pages, and may have `gathered_first`,
a condition on `BasePage` for those that come before the others, with `gathered_first_word`, what readers call these.
However many pages there are, each list here costs one query.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Self

from django.contrib.contenttypes.models import ContentType
from django.db.models import BooleanField, Case, Count, F, OrderBy, Q, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils.text import slugify
from wagtail.models import get_page_models

from gathering.models import Group, Piece
from pages.models import BasePage
from updates.models import Edition

SHOWN = 6


@dataclass(frozen=True)
class Line:
    """One thing that was gathered: a page, or a piece of one. `key` names it among both kinds."""

    key: str
    title: str
    url: str
    summary: str = ""
    word: str = ""
    day: date | None = None
    place: str = ""

    @classmethod
    def of_page(cls, page, *, word: str = "") -> Self:
        """Return the line for a page; it needs no type."""
        return cls(f"page-{page.pk}", page.title, page.url or "", page.summary, word)

    @classmethod
    def of_piece(cls, piece: Piece) -> Self:
        """Return the line for a piece; its page must have come along."""
        return cls(
            f"piece-{piece.pk}",
            piece.title,
            piece.url or "",
            piece.summary,
            piece.kind,
            piece.day,
            piece.page.title,
        )


@dataclass(frozen=True)
class GatheredGroup:
    """What stands under one heading, how many there are in all, and the name of the list of all."""

    slug: str
    heading: str
    lines: tuple[Line, ...]
    total: int

    @property
    def has_more(self) -> bool:
        """Whether the list of all has more than what is shown here."""
        return self.total > len(self.lines)

    def without(self, keys: Iterable[str]) -> Self:
        """Return it without some of its lines, which are shown elsewhere; the list of all has them too."""
        keys = set(keys)
        return replace(self, lines=tuple(line for line in self.lines if line.key not in keys)[:SHOWN])


def gathered_types() -> dict[int, type[BasePage]]:
    """Return {key of the content type: page type} of those that want to be gathered."""
    types = [model for model in get_page_models() if getattr(model, "gathered_under", None)]
    return {found.pk: model for model, found in ContentType.objects.get_for_models(*types).items()}


def pages_about(topics, *, without: Iterable[int] = ()):
    """Return the pages that carry one of the topics, may be read, and want to be gathered; first ones first."""
    types = gathered_types()
    through = BasePage.topics.through
    firsts = [model.gathered_first for model in types.values() if getattr(model, "gathered_first", None) is not None]
    is_first = Case(*(When(condition, then=Value(True)) for condition in firsts), default=Value(False))
    return (
        BasePage.objects.visible()
        .filter(pk__in=through.objects.filter(topic__in=topics).values("basepage"), content_type__in=types)
        .exclude(pk__in=set(without))
        .annotate(is_first=is_first if firsts else Value(False, output_field=BooleanField()))
        .order_by(F("is_first").desc(), "title", "pk")
    )


def groups_of_pages(topics, *, shown: int = SHOWN, without: Iterable[int] = ()) -> list[GatheredGroup]:
    """Return what pages there are about the topics, by kind, with the first few of each: one query."""
    pages = pages_about(topics, without=without)
    found = _first_few(pages, "content_type", [F("is_first").desc(), F("title").asc(), F("pk").asc()], shown)
    types = gathered_types()
    groups = []
    for key, model in types.items():
        of_type = [page for page in found if page.content_type_id == key]
        if of_type:
            lines = tuple(line_for(page, model) for page in of_type)
            groups.append(GatheredGroup(slug_of(model), model.gathered_under, lines, of_type[0].total))
    return sorted(groups, key=lambda group: group.heading)


def line_for(page, model: type[BasePage]) -> Line:
    """Return the line for a page of a type, found by `pages_about`."""
    return Line.of_page(page, word=getattr(model, "gathered_first_word", "") if page.is_first else "")


def slug_of(model: type[BasePage]) -> str:
    """Return the name of the list of all pages of a type, for addresses."""
    return slugify(model.gathered_under)


def pieces_about(topics, *, since: date | None = None, until: date | None = None, without: Iterable[int] = ()):
    """Return the pieces about one of the topics that readers may see, of days in that time; the newest first."""
    pieces = Piece.objects.visible().about(topics).exclude(pk__in=set(without)).select_related("page")
    if since:
        pieces = pieces.filter(day__gte=since)
    if until:
        pieces = pieces.filter(day__lte=until)
    return pieces.order_by("-day", "page", "order")


def groups_of_pieces(topics, *, on: date, until: date | None = None, shown: int = SHOWN, without=()):
    """Return {group: GatheredGroup} of pieces about the topics: one query. Of training, only what is still to come."""
    over = Q(group=Group.TRAINING, day__lt=on)
    pieces = pieces_about(topics, until=until, without=without).exclude(over)
    order = [_soonest_first(on), F("day").desc(), F("page").asc(), F("order").asc()]
    found = _first_few(pieces, "group", order, shown)
    return {
        group: GatheredGroup(group.value, group.label, tuple(map(Line.of_piece, of_group)), of_group[0].total)
        for group in Group
        if (of_group := [piece for piece in found if piece.group == group])
    }


def _soonest_first(on: date) -> OrderBy:
    """Order training by its day, the next one first; what is not training is not touched."""
    return Case(When(group=Group.TRAINING, then=F("day")), default=Value(on)).asc()


def _first_few(rows, partition: str, order: list, shown: int) -> list:
    """Return the first few rows of each part, in order, each with `total`: how many rows its part has."""
    parted = rows.order_by().annotate(
        rank=Window(RowNumber(), partition_by=[F(partition)], order_by=order),
        total=Window(Count("pk"), partition_by=[F(partition)]),
    )
    return list(parted.filter(rank__lte=shown).order_by("rank"))


def updates_about(topics, *, until: datetime | None = None):
    """Return the editions of pages about one of the topics that readers have to know about, newest first."""
    through = BasePage.topics.through
    about = BasePage.objects.filter(pk__in=through.objects.filter(topic__in=topics).values("basepage"))
    found = Edition.objects.updates(of=about)
    return found.filter(in_force_from__lt=until) if until else found
