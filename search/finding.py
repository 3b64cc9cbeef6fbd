"""Finds passages: asks the index, then the database for what readers may see of it, and folds what belongs together."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from math import ceil

from search.engine import folder
from search.engine.following import Ready, ready
from search.engine.queries import Narrowing, asking
from search.engine.schema import day_number
from search.engine.understanding import Understood, understood
from search.engine.words import stem_of, words_of
from search.models import Passage
from search.vocabulary import same_words

logger = logging.getLogger(__name__)
# So many passages are folded and shown, page by page; who wants others adds a word or a filter.
MOST_SHOWN = 200
GROUPS_A_PAGE = 10
PARTS_SHOWN = 3
# With fewer than this, passages that lack some of three words or more are shown as well.
FEW = 3
ENOUGH = 0.6
TRIES = 3
# More words than this are a question in a sentence, and a passage need not have all of them to answer it.
LONGEST_PHRASE = 3
COUNTED = {name: {"terms": {"field": name, "size": 500}} for name in ("kind", "topic", "audience")}


class NoIndex(Exception):
    """There is no index at the moment; the database has to answer."""


@dataclass(frozen=True)
class Group:
    """The best passage of a page, and others of the same page that fit."""

    best: Passage
    others: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class Found:
    """A page of what was found. `total` counts passages, `complete` those with all of the words.

    `lacks_words`: what is shown has not all of the words. `asked_for`: how many words were asked for, without those
    that are in every text.
    """

    total: int = 0
    complete: int = 0
    asked_for: int = 0
    groups: tuple[Group, ...] = ()
    number_of_groups: int = 0
    page: int = 1
    corrected: Mapping[str, str] = field(default_factory=dict)
    stems: frozenset[str] = frozenset()
    lacks_words: bool = False
    counts: Mapping[str, Mapping] = field(default_factory=dict)

    @property
    def has_more(self) -> bool:
        """Whether there is more than can be shown."""
        return self.total > MOST_SHOWN

    @property
    def is_answer(self) -> bool:
        """Whether anything has all of the words; of a whole sentence, some are enough."""
        return self.complete > 0 or (self.asked_for > LONGEST_PHRASE and self.total > 0)


def find(query: str, *, narrowing: Narrowing, page: int, periods: Mapping, now: datetime) -> Found:
    """Return one page (from 1) of what fits a query; `periods`: {name: first day} to be counted.

    Raises NoIndex when the database has to answer.
    """
    words = words_of(query)
    if not words:
        return Found()
    available = ready()
    if available is None:
        raise NoIndex
    try:
        with folder.faults_told():
            return _find(words, available, narrowing, page, periods, now)
    except folder.IndexFault as error:
        logger.exception("The index of the search is damaged. It is made anew.")
        folder.discard()
        raise NoIndex from error


def is_answered(query: str, *, now: datetime) -> bool:
    """Tell whether a query finds something with its own words, as far as the index knows. Raises NoIndex."""
    words, available = words_of(query), ready()
    if available is None:
        raise NoIndex
    with folder.faults_told():
        searcher = available.searcher
        meant = understood(words, same=same_words(), searcher=searcher)
        hits, asked = _asked(searcher, meant, narrowing=Narrowing(), left_out=list(available.left_out), now=now)
    found = Found(total=hits.count, complete=asked.complete, asked_for=len(meant.units))
    return found.is_answer and not meant.corrected


def last_page(wanted: int, groups: int) -> int:
    """Return the page that was wanted, or the last one there is."""
    return max(1, min(wanted, ceil(groups / GROUPS_A_PAGE)))


def _find(words, available: Ready, narrowing, page, periods, now) -> Found:
    searcher, left_out = available.searcher, list(available.left_out)
    meant = understood(words, same=same_words(), searcher=searcher)
    for attempt in range(TRIES):
        hits, query = _asked(searcher, meant, narrowing=narrowing, left_out=left_out, now=now)
        folds, rows = _folded(searcher, hits)
        page = last_page(page, len(folds))
        wanted = list(folds)[(page - 1) * GROUPS_A_PAGE : page * GROUPS_A_PAGE]
        shown = _visible([key for fold in wanted for key in folds[fold][: PARTS_SHOWN + 1]])
        hidden = {rows[key] for fold in wanted for key in folds[fold][: PARTS_SHOWN + 1] if key not in shown}
        if not hidden or attempt == TRIES - 1:
            break
        # Hidden a moment ago: not even counted.
        left_out += hidden
    groups = [[shown[key] for key in folds[fold] if key in shown] for fold in wanted]
    return Found(
        total=hits.count,
        complete=query.complete,
        asked_for=len(meant.units),
        groups=tuple(Group(best, tuple(others)) for best, *others in filter(None, groups)),
        number_of_groups=len(folds),
        page=page,
        corrected=meant.corrected,
        stems=_stems(meant),
        lacks_words=query.lacks_words,
        counts=_counts(searcher, query, narrowing, periods),
    )


@dataclass(frozen=True)
class _Asked:
    """A question that was put, so that it can be put again with other filters."""

    meant: Understood
    least: int
    left_out: list
    now: datetime
    complete: int = 0

    @property
    def lacks_words(self) -> bool:
        return self.least < len(self.meant.units)

    def narrowed(self, narrowing: Narrowing):
        return asking(self.meant.units, least=self.least, narrowing=narrowing, left_out=self.left_out, now=self.now)


def _asked(searcher, meant: Understood, *, narrowing, left_out, now):
    """Ask for all of the words; where that finds few, for most of them, and where it finds nothing, for any."""
    units, complete = len(meant.units), 0
    for least in dict.fromkeys([units, ceil(units * ENOUGH), 1]):
        query = _Asked(meant, least, left_out, now, complete)
        hits = searcher.search(query.narrowed(narrowing), limit=MOST_SHOWN, weight_by_field="weight")
        if least == units:
            complete = hits.count
            query = replace(query, complete=complete)
        if hits.count >= (FEW if least == units > 2 else 1):
            break
    return hits, query


def _folded(searcher, hits) -> tuple[dict[int, list[int]], dict[int, int]]:
    """Return {what is shown together: keys of passages}, the best first, and {key of a passage: key of its page}."""
    places = [place for _, place in hits.hits]
    folds, rows, pages = (searcher.fast_field_values(name, places) for name in ("fold", "row", "page"))
    found: dict[int, list[int]] = {}
    for fold, row in zip(folds, rows, strict=True):
        found.setdefault(fold, []).append(row)
    return found, dict(zip(rows, pages, strict=True))


def _visible(keys: list[int]) -> dict[int, Passage]:
    """Return {key: passage} of those that readers may see at this moment: one query."""
    found = Passage.objects.visible().with_place().in_bulk(keys) if keys else {}
    # Passages of one page share it, so that its address is worked out once.
    pages: dict = {}
    for passage in found.values():
        passage.page = pages.setdefault(passage.page_id, passage.page)
    return found


def _stems(meant: Understood) -> frozenset[str]:
    return frozenset(stem_of(word) for unit in meant.units for form in unit.forms for word in form)


def _counts(searcher, query: _Asked, narrowing: Narrowing, periods: Mapping) -> dict[str, dict]:
    """Return {filter: {value: how many passages it would leave}}, each with what was chosen in the other filters."""
    wanted = COUNTED | ({"since": _days(periods)} if periods else {})
    chosen = [name for name in wanted if getattr(narrowing, name) is not None]
    asked = [(narrowing, [name for name in wanted if name not in chosen])]
    asked += [(replace(narrowing, **{name: None}), [name]) for name in chosen]
    found: dict[str, dict] = {}
    for one, names in asked:
        if names:
            answer = searcher.aggregate(query.narrowed(one), {name: wanted[name] for name in names})
            found |= {name: {each["key"]: each["doc_count"] for each in answer[name]["buckets"]} for name in names}
            if "since" in names:
                found["since"] = _since(answer["since"]["buckets"], periods)
    return found


def _days(periods: Mapping) -> dict:
    """Return the question how many are of the days between the first days of the periods, and after the last."""
    first = sorted({day_number(day) for day in periods.values()})
    ends = [{"to": day} for day in first[1:]] + [{}]
    return {"range": {"field": "day", "ranges": [{"from": day} | end for day, end in zip(first, ends, strict=True)]}}


def _since(buckets: list[dict], periods: Mapping) -> dict[str, int]:
    """Return {period: how many are of its first day or later}; one pass over what was found is enough for all."""
    return {
        name: sum(each["doc_count"] for each in buckets if each.get("from", -1) >= day_number(day))
        for name, day in periods.items()
    }
