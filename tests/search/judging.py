"""How good the answers are: nDCG@10 and success@3 over the questions of judgements.toml, on the demonstration site.

A line of results is worth what the best passage is worth that it names: its own, or one of the places listed under it;
a grade less where it leads to the right page only. A page that Wagtail's search finds is worth what the best passage on
it is worth, wherever that stands. Both are compared with the best order of what there is.
"""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from math import log2
from pathlib import Path

from pages.models import BasePage
from search.engine.queries import Narrowing
from search.finding import find
from search.models import Passage

# The demonstration of which day: its meetings and bulletins are named after their quarter.
DAY = date(2026, 11, 25)
LOOKED_AT = 10
FIRST_ONES = 3
# From this grade on a passage answers the question.
ANSWERS = 2


@dataclass(frozen=True)
class Question:
    """A question, and {key of a passage: its grade, 3 for the best}."""

    asked: str
    grades: dict[int, int]


@dataclass(frozen=True)
class Judged:
    """What a search is worth: both from 0 to 1, over all questions; `missed`: questions without an answer at once."""

    ndcg: float
    success: float
    missed: list[str]


def questions() -> list[Question]:
    """Return the questions. Raises LookupError when they name a passage that there is not."""
    named: dict[str, list[int]] = {}
    for row in Passage.objects.visible().select_related("page"):
        below = row.anchor or row.key
        named.setdefault(f"{row.page.title} › {row.title}" if below else row.page.title, []).append(row.pk)
    said = tomllib.loads((Path(__file__).parent / "judgements.toml").read_text(encoding="utf-8"))["question"]
    if unknown := [name for one in said for name in one["answers"] if name not in named]:
        raise LookupError(f"No such passages: {unknown}")
    return [
        Question(one["asked"], {key: grade for name, grade in one["answers"].items() for key in named[name]})
        for one in said
    ]


def judge_ours(asked: list[Question], *, now: datetime) -> Judged:
    """Judge the search of this site."""
    folds = {row.pk: row.fold for row in Passage.objects.all()}

    def answered(question: Question) -> list[int]:
        worth = _by_unit(question, folds)
        found = find(question.asked, narrowing=Narrowing(), page=1, periods={}, now=now)
        lines = [[group.best, *group.others] for group in found.groups]
        named = [max(question.grades.get(row.pk, 0) for row in line) for line in lines]
        return [max(grade, worth.get(line[0].fold, 0) - 1) for grade, line in zip(named, lines, strict=True)]

    return _judged(asked, answered, folds)


def judge_wagtails(asked: list[Question], *, operator: str) -> Judged:
    """Judge Wagtail's own search of visible pages, as the base line; `operator`: "and" as it is without, or "or"."""
    pages = dict(Passage.objects.values_list("pk", "page_id"))
    # By their keys: Wagtail's search refuses a condition such as that of visible().
    visible = BasePage.objects.filter(pk__in=list(BasePage.objects.visible().values_list("pk", flat=True)))

    def answered(question: Question) -> list[int]:
        worth = _by_unit(question, pages)
        found = visible.search(question.asked, operator=operator)[:LOOKED_AT]
        return [worth.get(page.pk, 0) for page in found]

    return _judged(asked, answered, pages)


def _judged(asked, answered: Callable[[Question], list[int]], units: dict[int, int]) -> Judged:
    gains = {question.asked: answered(question) for question in asked}
    ideal = {question.asked: sorted(_by_unit(question, units).values(), reverse=True) for question in asked}
    missed = [words for words, found in gains.items() if max(found[:FIRST_ONES], default=0) < ANSWERS]
    return Judged(
        ndcg=sum(_dcg(gains[words]) / _dcg(ideal[words]) for words in gains) / len(gains),
        success=1 - len(missed) / len(gains),
        missed=missed,
    )


def _by_unit(question: Question, units: dict[int, int]) -> dict[int, int]:
    """Return {what is one line of results: the best grade in it}."""
    worth: dict[int, int] = {}
    for key, grade in question.grades.items():
        worth[units[key]] = max(grade, worth.get(units[key], 0))
    return worth


def _dcg(gains: list[int]) -> float:
    return sum((2**gain - 1) / log2(place + 2) for place, gain in enumerate(gains[:LOOKED_AT]))
