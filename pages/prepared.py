"""Questions to the database that are put together once in a process, for where milliseconds count.

Of a question over several tables Django takes longer to write the SQL than a database to answer it.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Self

from django.db import connection
from django.db.models import DateField, DateTimeField, Expression, QuerySet


class Parameter(Expression):
    """Stands in a question for a value that is given each time it is asked."""

    def __init__(self, name: str, output_field):
        super().__init__(output_field)
        self.name = name

    def as_sql(self, compiler, connection):
        """Return its place in the SQL, and itself as what stands there until then."""
        return "%s", [self]

    def value(self, given: dict):
        """Return what stands for it. Raises KeyError when nothing was given."""
        return given[self.name]


class _Time(Parameter):
    """Stands for a time by which rows are told apart, or one so much earlier or later."""

    def __init__(self, name: str, output_field, apart=timedelta()):
        super().__init__(name, output_field)
        self.apart = apart

    def __add__(self, other) -> Self:
        return type(self)(self.apart + other) if isinstance(other, timedelta) else super().__add__(other)

    def __sub__(self, other) -> Self:
        return self + -other if isinstance(other, timedelta) else super().__sub__(other)

    def value(self, given: dict):
        """Return the time that was given, as much earlier or later."""
        return super().value(given) + self.apart


class Moment(_Time):
    """Stands for the moment at which the question is asked: `now=`."""

    def __init__(self, apart=timedelta()):
        super().__init__("now", DateTimeField(), apart)


class Day(_Time):
    """Stands for the day on which the question is asked: `today=`."""

    def __init__(self, apart=timedelta()):
        super().__init__("today", DateField(), apart)


class Prepared:
    """A question in which parameters stand for some values. `make` puts it together.

    `rows` are for columns (`values_list`); values come as the driver gives them: for texts, numbers and truths only.
    """

    def __init__(self, make: Callable[[], QuerySet]):
        self.make = make
        self._written: dict[str, tuple[str, tuple]] = {}

    def rows(self, **given) -> list[tuple]:
        """Ask it, with a value for the name of each of its parameters: one query."""
        return ask(*self._sql(), given)

    def objects(self, model, **given) -> list:
        """Ask it for rows of a model, with their annotations: one query. `make` says which fields come along."""
        sql, params = self._sql()
        return list(model.objects.raw(sql, _values(params, given)))

    def _sql(self) -> tuple[str, tuple]:
        if connection.vendor not in self._written:
            self._written[connection.vendor] = self.make().query.sql_with_params()
        return self._written[connection.vendor]


def ask(sql: str, params: tuple, given: dict) -> list[tuple]:
    """Ask a question that was put together, with a value for the name of each parameter among `params`: one query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, _values(params, given))
        return cursor.fetchall()


def _values(params: tuple, given: dict) -> list:
    return [_as_the_driver_takes_it(each.value(given) if isinstance(each, Parameter) else each) for each in params]


def _as_the_driver_takes_it(value):
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
