"""`make drill-publish`: does publishing lose, double or damage anything when it is interrupted or done all at once?

Two drills, on a scratch SQLite database and, when TEST_DATABASE_URL is set, on a scratch PostgreSQL one:

- killed: `publish_scheduled` is ended by SIGKILL again and again while it publishes hundreds of pages;
- crowded: processes publish, schedule, move, reorder and add pages, in the admin and by code, for a while.

Prints a table and ends with status 1 unless every fault is 0. `--stock` shows, for comparison, what Wagtail does by
itself: its own command, no lock, pages without editions.
"""

import argparse
import os
import sys
import tempfile
from functools import partial

from tests.drills.scratch import postgresql, run, sqlite

COLUMNS = ("database", "drill", "done", "refused", "errors", "lost", "doubled", "unlogged", "tree faults")
MUST_BE_0 = ("errors", "lost", "doubled", "unlogged", "tree faults")


def drill(name: str, database, options) -> list[dict]:
    """Run both drills on one database and return a row of figures for each."""
    with tempfile.TemporaryDirectory(prefix="drill-") as folder, database(folder) as address:
        part = partial(run, address, folder, stock=options.stock)
        part("migrate")
        return [
            {"database": name} | part("killed", options.pages, options.kills),
            {"database": name} | part("crowded", options.processes, options.seconds),
        ]


def table(rows: list[dict], columns: tuple[str, ...] = COLUMNS) -> str:
    """Lay the figures out in columns."""
    cells = [columns] + [tuple(str(row.get(column, 0)) for column in columns) for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + "\n" for line in cells
    )


def main() -> int:
    """Run the drills asked for and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=400, help="pages scheduled in the first drill")
    parser.add_argument("--kills", type=int, default=50, help="how often the command is killed")
    parser.add_argument("--processes", type=int, default=8, help="processes in the second drill")
    parser.add_argument("--seconds", type=int, default=60, help="length of the second drill")
    parser.add_argument("--stock", action="store_true", help="drill Wagtail's own publishing instead, for comparison")
    options = parser.parse_args()
    rows = drill("SQLite", sqlite, options)
    if address := os.environ.get("TEST_DATABASE_URL"):
        rows += drill("PostgreSQL", lambda folder: postgresql(address), options)
    sys.stdout.write(table(rows))
    return 0 if options.stock else int(any(row.get(column, 0) for row in rows for column in MUST_BE_0))


if __name__ == "__main__":
    sys.exit(main())
