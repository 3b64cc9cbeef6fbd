"""Questions to the database that are put together once in a process, for where milliseconds count.

Of a question over several tables Django takes longer to write the SQL than a database to answer it.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import connection
from django.db.models import Expression, QuerySet


class Parameter(Expression):
    """Stands in a question for a value that is given each time it is asked."""

    def __init__(self, name: str, output_field):
        super().__init__(output_field)
        self.name = name

    def as_sql(self, compiler, connection):
        """Return its place in the SQL, and itself as what stands there until then."""
        return "%s", [self]


class Prepared:
    """A question for columns (`values_list`) in which parameters stand for some values.

    `make` puts it together. Values come as the driver gives them: for texts, numbers and truths only.
    """

    def __init__(self, make: Callable[[], QuerySet]):
        self.make = make
        self._written: dict[str, tuple[str, tuple]] = {}

    def rows(self, **given) -> list[tuple]:
        """Ask it, with a value for the name of each of its parameters: one query."""
        if connection.vendor not in self._written:
            self._written[connection.vendor] = self.make().query.sql_with_params()
        sql, params = self._written[connection.vendor]
        values = {name: _as_the_driver_takes_it(value) for name, value in given.items()}
        with connection.cursor() as cursor:
            cursor.execute(sql, [values[each.name] if isinstance(each, Parameter) else each for each in params])
            return cursor.fetchall()


def _as_the_driver_takes_it(value):
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
