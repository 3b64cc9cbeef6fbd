"""What a factory writes is noted the first time, and written again as rows when another test asks for the same.

Publishing a page takes a hundred statements through Wagtail; its rows are a dozen. Unlike with `once`, nothing stays
between tests: each has the rows made where it asks for them, and they go with its transaction. They are written again
only where the tables concerned hold exactly what they held the first time, and only inside a transaction, so that
what waits for the end of one is left to the tests that end theirs.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, wraps
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.db import connection, transaction
from django.db.models import Model

from pages.models import BasePage

WRITES = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) "?(\w+)"?')
WRITES_NOTHING = re.compile(r"\s*\(?SELECT|SAVEPOINT|RELEASE|ROLLBACK|PRAGMA")
# Values in one statement: no database takes fewer.
MOST_VALUES = 900

Table = list[tuple]


@dataclass
class Noted:
    """What a call found and left in the tables that it wrote to, the files it made, and the page it returned."""

    before: dict[str, Table] = field(default_factory=dict)
    after: dict[str, Table] = field(default_factory=dict)
    files: dict[Path, bytes] = field(default_factory=dict)
    page: tuple[type[Model], object] | None = None

    def fits(self) -> bool:
        """Tell whether the tables hold what that call found."""
        return all(_read(name) == rows for name, rows in self.before.items())

    def write(self) -> Model:
        """Leave tables and uploaded files as that call left them, and return the page as it reads then."""
        with transaction.atomic():
            for name, rows in self.before.items():
                _change(name, rows, self.after[name])
        for path, content in self.files.items():
            place = Path(settings.MEDIA_ROOT, path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        # Nothing that was remembered before holds, as after publishing.
        for each in caches.all(initialized_only=True):
            each.clear()
        model, pk = self.page
        return model._base_manager.get(pk=pk)


def written_once(make: Callable[..., Model]) -> Callable[..., Model]:
    """Return a factory that does as `make`, and repeats the rows of an earlier call that was given the same."""
    noted: dict[tuple, Noted] = {}

    @wraps(make)
    def made(*args, **fields) -> Model:
        given = _key(args, fields)
        if given is None or not connection.in_atomic_block:
            return make(*args, **fields)
        if given in noted and noted[given].fits():
            page = noted[given].write()
            for parent in (each for each in args if isinstance(each, BasePage)):
                parent.find_place()  # A page that was given a child knows of it.
            return page
        with _noting() as notes:
            page = make(*args, **fields)
        notes.page = type(page), page.pk
        noted[given] = notes
        return page

    return made


def _key(args, fields) -> tuple | None:
    """Return what a call is given, pages by their keys beside plain values; None where there is anything else."""
    key = []
    for name, value in [("", value) for value in args] + sorted(fields.items()):
        if isinstance(value, BasePage) and value.pk is not None:
            value = type(value), value.pk
        elif not isinstance(value, str | int | None):
            return None
        key.append((name, type(value), value))
    return tuple(key)


@contextmanager
def _noting() -> Iterator[Noted]:
    """Note each table before the first statement that writes to it, and all of them at the end."""
    notes = Noted()

    def note(execute, sql, params, many, context):
        written = WRITES.match(sql)
        assert written or WRITES_NOTHING.match(sql), f"To which table does this write? {sql}"
        if written and written[1] not in notes.before:
            notes.before[written[1]] = _read(written[1])
        return execute(sql, params, many, context)

    files = _uploaded()
    with connection.execute_wrapper(note):
        yield notes
    notes.after = {name: _read(name) for name in notes.before}
    notes.files = {path: Path(settings.MEDIA_ROOT, path).read_bytes() for path in _uploaded() - files}


def _uploaded() -> set[Path]:
    """Return where uploaded files lie."""
    root = Path(settings.MEDIA_ROOT)
    return {path.relative_to(root) for path in root.rglob("*") if path.is_file()}


def _read(name: str) -> Table:
    """Return the rows of a table as the database writes them down, in the order of their keys."""
    columns, key = _columns(name)
    # Neither driver makes anything else of these: "+" is nothing but an expression, which has no type of a column.
    as_written = "{}::text" if connection.vendor == "postgresql" else "+{}"
    wanted = ", ".join(as_written.format(_quoted(column)) for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {wanted} FROM {_quoted(name)} ORDER BY {_quoted(key)}")
        return list(map(tuple, cursor.fetchall()))


def _change(name: str, before: Table, after: Table):
    """Take the rows out of a table that are not to be there, and put in those that are missing."""
    columns, key = _columns(name)
    kept = set(before) & set(after)
    place = columns.index(key)
    gone = [row[place] for row in before if row not in kept]
    fresh = [row for row in after if row not in kept]
    with connection.cursor() as cursor:
        if gone:
            places = ", ".join(["%s"] * len(gone))
            cursor.execute(f"DELETE FROM {_quoted(name)} WHERE {_quoted(key)} IN ({places})", gone)
        step = MOST_VALUES // len(columns)
        for rows in (fresh[start : start + step] for start in range(0, len(fresh), step)):
            places = ", ".join([f"({', '.join(['%s'] * len(columns))})"] * len(rows))
            names = ", ".join(map(_quoted, columns))
            cursor.execute(f"INSERT INTO {_quoted(name)} ({names}) VALUES {places}", list(chain(*rows)))


@cache
def _columns(name: str) -> tuple[list[str], str]:
    """Return the names of a table's columns, and which of them is the key."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {_quoted(name)} LIMIT 0")
        columns = [column[0] for column in cursor.description]
        return columns, connection.introspection.get_primary_key_column(cursor, name)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
