"""What keeps the rows of pieces as their pages say."""

import re

from django.db import transaction

from gathering.declared import DeclaredPiece
from gathering.models import Piece
from pages.models import BasePage, Topic

_WRITTEN = ("group", "kind", "title", "summary", "day", "order", "has_chosen_topics")


def record_pieces(*, page) -> int:
    """Write the pieces of a page as it is now, each with its topics; return how many there are.

    A piece keeps its row while its anchor stays. Of two with the same anchor the first is kept: it is where the anchor
    leads. `page` is of its own type; one without pieces has none.
    """
    by_anchor: dict[str, DeclaredPiece] = {}
    for piece in page.declared_pieces() if hasattr(page, "declared_pieces") else ():
        by_anchor.setdefault(piece.anchor, piece)
    declared = list(by_anchor.values())
    with transaction.atomic():
        Piece.objects.filter(page_id=page.pk).exclude(anchor__in=[piece.anchor for piece in declared]).delete()
        if declared:
            Piece.objects.bulk_create(
                [_row(page.pk, order, piece) for order, piece in enumerate(declared)],
                update_conflicts=True,
                unique_fields=["page", "anchor"],
                update_fields=_WRITTEN,
            )
            _write_topics(page.pk, declared)
    return len(declared)


def _row(page_id: int, order: int, piece: DeclaredPiece) -> Piece:
    return Piece(
        page_id=page_id,
        anchor=piece.anchor,
        group=piece.group,
        kind=piece.kind[:60],
        title=piece.title[:255],
        summary=piece.summary[:300],
        day=piece.day,
        order=order,
        has_chosen_topics=bool(piece.topics),
    )


def _write_topics(page_id: int, declared: list[DeclaredPiece]):
    through = Piece.topics.through
    keys = dict(Piece.objects.filter(page_id=page_id).values_list("anchor", "pk"))
    through.objects.filter(piece__page_id=page_id).delete()
    topics = list(Topic.objects.prefetch_related("former"))
    of_pages = _topics_of({key for piece in declared if not piece.topics for key in piece.links})
    through.objects.bulk_create(
        through(piece_id=keys[piece.anchor], topic_id=topic)
        for piece in declared
        for topic in sorted(_topics_for(piece, topics, of_pages))
    )


def _topics_for(piece: DeclaredPiece, topics: list[Topic], of_pages: dict[int, set[int]]) -> set[int]:
    if piece.topics:
        return {topic.pk for topic in topics if topic.slug in piece.topics}
    named = {topic.pk for topic in topics if any(names(piece.title, name) for name in topic.names())}
    return named.union(*(of_pages.get(key, ()) for key in piece.links))


def _topics_of(page_ids: set[int]) -> dict[int, set[int]]:
    """Return {page: its topics}, of pages that readers may see."""
    found: dict[int, set[int]] = {}
    pages = BasePage.objects.visible().filter(pk__in=page_ids)
    for page, topic in BasePage.topics.through.objects.filter(basepage__in=pages).values_list("basepage", "topic"):
        found.setdefault(page, set()).add(topic)
    return found


def names(title: str, topic: str) -> bool:
    """Tell whether a title names a topic: its words, whole, in their order, in capitals or not."""
    words = r"[\s-]+".join(map(re.escape, topic.split()))
    return bool(words) and re.search(rf"(?<!\w){words}(?!\w)", title, re.I) is not None


def find_by_new_topic(*, topic: Topic) -> int:
    """Give a topic that is new, or has a new name, to pieces that name it and for which staff chose none; return how
    many.
    """
    first = topic.name.split()[0] if topic.name.split() else ""
    likely = Piece.objects.filter(title__icontains=first, has_chosen_topics=False).exclude(topics=topic)
    found = [pk for pk, title in likely.values_list("pk", "title") if names(title, topic.name)] if first else []
    through = Piece.topics.through
    through.objects.bulk_create(
        (through(piece_id=pk, topic_id=topic.pk) for pk in found), ignore_conflicts=True, batch_size=500
    )
    return len(found)
