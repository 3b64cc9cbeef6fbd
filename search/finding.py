"""Finds passages: asks the index, then the database for what readers may see of it, and folds what belongs together."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil

from search.engine import folder
from search.engine.counting import Question
from search.engine.following import Ready, ready
from search.engine.queries import Narrowing
from search.engine.understanding import Understood, understood
from search.engine.words import stem_of, words_of
from search.places import Place, visible_places
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


class NoIndex(Exception):
    """There is no index at the moment; the database has to answer."""


@dataclass(frozen=True)
class Group:
    """The best passage of a page, and others of the same page that fit."""

    best: Place
    others: tuple[Place, ...] = ()


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
        meant = understood(words, same=same_words(), searcher=available.searcher)
        hits, _, complete = _asked(available, meant, narrowing=Narrowing(), left_out=available.left_out, now=now)
    found = Found(total=hits.count, complete=complete, asked_for=len(meant.units))
    return found.is_answer and not meant.corrected


def last_page(wanted: int, groups: int) -> int:
    """Return the page that was wanted, or the last one there is."""
    return max(1, min(wanted, ceil(groups / GROUPS_A_PAGE)))


def _find(words, available: Ready, narrowing, page, periods, now) -> Found:
    searcher, left_out = available.searcher, list(available.left_out)
    meant = understood(words, same=same_words(), searcher=searcher)
    for attempt in range(TRIES):
        hits, question, complete = _asked(available, meant, narrowing=narrowing, left_out=left_out, now=now)
        folds, rows = _folded(searcher, hits)
        page = last_page(page, len(folds))
        wanted = list(folds)[(page - 1) * GROUPS_A_PAGE : page * GROUPS_A_PAGE]
        shown = visible_places([key for fold in wanted for key in folds[fold][: PARTS_SHOWN + 1]])
        hidden = {rows[key] for fold in wanted for key in folds[fold][: PARTS_SHOWN + 1] if key not in shown}
        if not hidden or attempt == TRIES - 1:
            break
        # Hidden a moment ago: not even counted.
        left_out += hidden
    groups = [[shown[key] for key in folds[fold] if key in shown] for fold in wanted]
    return Found(
        total=hits.count,
        complete=complete,
        asked_for=len(meant.units),
        groups=tuple(Group(best, tuple(others)) for best, *others in filter(None, groups)),
        number_of_groups=len(folds),
        page=page,
        corrected=meant.corrected,
        stems=_stems(meant),
        lacks_words=question.lacks_words,
        counts=question.counts(narrowing=narrowing, periods=periods, found=hits.count),
    )


def _asked(available: Ready, meant: Understood, *, narrowing, left_out, now) -> tuple[object, Question, int]:
    """Ask for all of the words; where that finds few, for most of them, and where it finds nothing, for any.

    Return what was found, the question that found it, and how many passages have all of the words.
    """
    units, complete, now = len(meant.units), 0, available.ended_by(now)
    for least in dict.fromkeys([units, ceil(units * ENOUGH), 1]):
        question = Question(available.seen, tuple(meant.units), least, tuple(left_out), now)
        hits = available.searcher.search(question.narrowed(narrowing), limit=MOST_SHOWN, weight_by_field="weight")
        if least == units:
            complete = hits.count
        if hits.count >= (FEW if least == units > 2 else 1):
            break
    return hits, question, complete


def _folded(searcher, hits) -> tuple[dict[int, list[int]], dict[int, int]]:
    """Return {what is shown together: keys of passages}, the best first, and {key of a passage: key of its page}."""
    places = [place for _, place in hits.hits]
    folds, rows, pages = (searcher.fast_field_values(name, places) for name in ("fold", "row", "page"))
    found: dict[int, list[int]] = {}
    for fold, row in zip(folds, rows, strict=True):
        found.setdefault(fold, []).append(row)
    return found, dict(zip(rows, pages, strict=True))


def _stems(meant: Understood) -> frozenset[str]:
    return frozenset(stem_of(word) for unit in meant.units for form in unit.forms for word in form)
