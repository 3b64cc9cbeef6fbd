"""`make drill-alerts`: is a mail lost or doubled when whatever sends it is killed, or loses what it talks to?

Thousands of deliveries go to a counting mail server. The worker is ended by SIGKILL at random moments and started again
at once; in between the mail server goes away and comes back, also while mails are under way. On SQLite, and when
TEST_DATABASE_URL is set on a PostgreSQL of the drill's own, whose power is cut, too; there also with two workers.

Prints a table, and ends with status 1 unless everybody got the mail, and no more of them went out twice than there were
kills and outages (each may break off one mail a worker, of which nobody can know whether it went), under the same name.
"""

import argparse
import os
import signal
import sys
import tempfile
from contextlib import contextmanager
from functools import partial

from tests.drills.cluster import cluster, programs
from tests.drills.publish import table
from tests.drills.scratch import postgresql, run, sqlite
from tests.drills.sending import LEASE_SECONDS

COLUMNS = ("database", "workers", "deliveries", "sent", "lost", "doubled", "may be", "another name", "kills")
COLUMNS += ("outages", "power cuts", "errors", "seconds")
MUST_BE_0 = ("lost", "another name", "errors")


def drill(name: str, database, options, *, workers: int = 1) -> dict:
    """Run the drill on one database and return a row of figures."""
    with tempfile.TemporaryDirectory(prefix="drill-") as folder, database(folder) as (address, *power):
        part = partial(run, address, folder)
        part("migrate")
        came = part("deliver", options.people, options.kills, workers, *power, program="tests.drills.sending")
    return {"database": name, "workers": workers, "power cuts": came["cuts"]} | came


@contextmanager
def on_sqlite(folder: str):
    """Give the address of a new SQLite database."""
    with sqlite(folder) as address:
        yield (address,)


@contextmanager
def on_postgresql(folder: str):
    """Give the address of a PostgreSQL of our own, its folder and port; without one, of a database on the given one."""
    if programs():
        with cluster() as own:
            yield own.address, own.folder, own.port
    else:
        with postgresql(os.environ["TEST_DATABASE_URL"]) as address:
            yield (address,)


def holds(row: dict, options) -> bool:
    """Tell whether nothing went wrong."""
    everybody = row["deliveries"] == row["sent"] == options.people
    return everybody and row["doubled"] <= row["may be"] and not any(row[column] for column in MUST_BE_0)


def main() -> int:
    """Run the drill and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=5000, help="how many get the mail")
    parser.add_argument("--kills", type=int, default=50, help="how often a worker is killed")
    options = parser.parse_args()
    # Stopped by whatever runs it, it still removes its PostgreSQL.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    rows = [drill("SQLite", on_sqlite, options)]
    if os.environ.get("TEST_DATABASE_URL"):
        rows += [drill("PostgreSQL", on_postgresql, options, workers=workers) for workers in (1, 2)]
    sys.stdout.write(table(rows, COLUMNS))
    sys.stdout.write(f"What a dead worker held is free after {LEASE_SECONDS} s here (ALERTS_LEASE_SECONDS).\n")
    if not os.environ.get("TEST_DATABASE_URL"):
        sys.stdout.write("PostgreSQL was left out: TEST_DATABASE_URL is not set.\n")
    elif not programs():
        sys.stdout.write(
            "The power of PostgreSQL was not cut: initdb was not found, and the server given is not ours.\n"
        )
    return 0 if all(holds(row, options) for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
