"""The database's own answer, while there is no index: every word must occur, in any order; no spelling, no filters."""

from search.engine.following import FEW_PASSAGES
from search.engine.queries import Narrowing
from search.engine.words import stem_of, telling, words_of
from search.finding import GROUPS_A_PAGE, MOST_SHOWN, PARTS_SHOWN, Found, Group, last_page
from search.models import Passage
from search.places import Place, places_of


def find_plainly(query: str, *, narrowing: Narrowing, page: int) -> Found:
    """Return one page (from 1) of the passages that hold every word; two queries, three where there are many.

    Texts are looked through on small sites alone: on large ones that takes a second, and an index is being made.
    """
    words = words_of(query)
    words = telling(words) or words
    if not words:
        return Found()
    in_text = not Passage.objects.all()[FEW_PASSAGES:].exists()
    found = Passage.objects.visible().with_words(words, in_text=in_text)
    for name, condition in (("kind", "kind"), ("topic", "page__topics"), ("audience", "page__audiences")):
        if (value := getattr(narrowing, name)) is not None:
            found = found.filter(**{condition: value})
    if narrowing.since:
        found = found.filter(day__gte=narrowing.since)
    folds: dict[int, list[Place]] = {}
    rows = places_of(found.order_by("title", "pk")[:MOST_SHOWN])
    for row in rows:
        folds.setdefault(row.fold, []).append(row)
    page = last_page(page, len(folds))
    shown = list(folds.values())[(page - 1) * GROUPS_A_PAGE : page * GROUPS_A_PAGE]
    return Found(
        total=len(rows),
        groups=tuple(Group(best, tuple(others[:PARTS_SHOWN])) for best, *others in shown),
        number_of_groups=len(folds),
        page=page,
        stems=frozenset(map(stem_of, words)),
    )
