"""The numbers on staff's start page. Those of all panels are asked for together: one query, put together once a person.

Django takes ten times as long to write these questions as a database to answer them, and most panels have nothing to
say most of the time.
"""

from collections.abc import Hashable
from dataclasses import dataclass

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet, Value
from django.utils import timezone
from wagtail.admin.ui.components import Component

from pages.permissions import what_somebody_may
from pages.prepared import ask

# One a person, of some ten thousand bytes.
MOST_REMEMBERED = 300
_questions: dict[Hashable, "_Question"] = {}


@dataclass(frozen=True)
class InOneRow:
    """A question whose answer is one row of numbers, and their names."""

    rows: QuerySet
    names: tuple[str, ...]


def in_one_row(rows: QuerySet, **numbers) -> InOneRow:
    """Return the question for these numbers (name: `Count`) of some rows: one row, also where there are none."""
    return InOneRow(rows.order_by().values(row=Value(1)).annotate(**numbers).values_list(*numbers), tuple(numbers))


class NumbersPanel(Component):
    """A panel of the start page that has something to show when one of its numbers is not nought.

    `numbers`: {name: number} for each question of `counted`, in their order, once `count_together` has asked.
    """

    numbers: tuple[dict[str, int], ...] = ()

    def counted(self, user) -> list[InOneRow]:
        """Return questions made by `in_one_row`; none for whoever may not act on what they count.

        They are kept, and may depend on the person and their rights and on `depends_on`; on the time by `Moment` and
        `Day` alone.
        """
        raise NotImplementedError

    def depends_on(self, user) -> Hashable:
        """Return what else the questions depend on."""
        return None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not any(number for row in self.numbers for number in row.values())


@dataclass(frozen=True)
class _Question:
    """What all panels ask together: SQL, and (names, whether they are asked for) of each row of each panel."""

    sql: str
    params: tuple
    rows: tuple[tuple[tuple[tuple[str, ...], bool], ...], ...]


def count_together(panels: list, user) -> None:
    """Give the panels among these that have numbers theirs, and leave out those with nothing to show: one query."""
    counting = [panel for panel in panels if isinstance(panel, NumbersPanel)]
    question = _question_of(counting, user)
    found = iter(_ask(question))
    for panel, rows in zip(counting, question.rows, strict=True):
        panel.numbers = tuple({name: next(found) if is_asked else 0 for name in names} for names, is_asked in rows)
    panels[:] = [panel for panel in panels if not (isinstance(panel, NumbersPanel) and panel.is_empty)]


def _ask(question: _Question) -> tuple:
    if not question.sql:
        return ()
    return ask(question.sql, question.params, {"now": timezone.now(), "today": timezone.localdate()})[0]


def _question_of(panels: list[NumbersPanel], user) -> _Question:
    asked = tuple((type(panel), panel.depends_on(user)) for panel in panels)
    key = (connection.vendor, what_somebody_may(user), asked)
    question = _questions.get(key)
    if question is None:
        if len(_questions) >= MOST_REMEMBERED:
            _questions.clear()
        question = _questions[key] = _put_together([panel.counted(user) for panel in panels])
    return question


def _put_together(of_panels: list[list[InOneRow]]) -> _Question:
    """Write one question for all: each is a table of one row in it. What can have no rows is not asked."""
    tables, params, rows = [], [], []
    for questions in of_panels:
        written = [_written(each.rows) for each in questions]
        rows.append(tuple((each.names, one is not None) for each, one in zip(questions, written, strict=True)))
        for sql, its_params in filter(None, written):
            tables.append(f"({sql}) AS counted_{len(tables)}")
            params += its_params
    # What is put together is Django's own SQL, with places for values.
    sql = f"SELECT * FROM {' CROSS JOIN '.join(tables)}" if tables else ""  # noqa: S608
    return _Question(sql, tuple(params), tuple(rows))


def _written(rows: QuerySet) -> tuple[str, tuple] | None:
    try:
        return rows.query.sql_with_params()
    except EmptyResultSet:
        return None
