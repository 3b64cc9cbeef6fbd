"""A migrated database for the workers of a run to copy: the migrations take half a minute, a copy takes a second.

Django migrates the copy as it would any database, so a migration that is new is run, and permissions are brought up to
date. On SQLite it is a file that is kept from one run to the next; a migration that was changed makes another file.
On PostgreSQL it is a database that `make test` makes for its own run, always from the beginning.

`python -m tests.migrated_database [NAME]` makes it, unless it is kept; on PostgreSQL with that name, and `--drop NAME`
takes it away again.
"""

import hashlib
import os
import shutil
import sqlite3
import sys
import tempfile
import time
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

import django
from django.apps import apps

from tests.static_files import A_DAY, ROOT

CACHE = ROOT / ".pytest_cache" / "d" / "database"


def is_for(connection) -> bool:
    """Tell whether a database is of the kind that is kept."""
    return connection.vendor == "sqlite"


def copy_to(connection) -> None:
    """Put the kept database, if there is one, where the test database is to be."""
    with suppress(FileNotFoundError):
        shutil.copyfile(CACHE / _fingerprint(), connection.creation._get_test_db_name())


def keep(connection) -> None:
    """Keep the test database, which has just been migrated; safe when several workers do so at once."""
    kept = CACHE / _fingerprint()
    if kept.exists():
        return
    CACHE.mkdir(parents=True, exist_ok=True)
    for outdated in CACHE.iterdir():
        if time.time() - outdated.stat().st_mtime > A_DAY:  # Another run may be using a recent one.
            outdated.unlink(missing_ok=True)
    handle, fresh = tempfile.mkstemp(dir=CACHE)
    os.close(handle)
    connection.ensure_connection()
    copy = sqlite3.connect(fresh)
    connection.connection.backup(copy)
    copy.close()
    os.replace(fresh, kept)


def make(connection, name: str) -> None:
    """Migrate a database to be copied; where nobody kept one on SQLite, or with that name on PostgreSQL."""
    if not is_for(connection):
        connection.settings_dict["TEST"]["NAME"] = name
    elif (CACHE / _fingerprint()).exists():
        return
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    if is_for(connection):
        keep(connection)
    # PostgreSQL copies only what nobody is connected to.
    connection.close()


def drop(connection, name: str) -> None:
    """Take the database of that name away from PostgreSQL, if it is there."""
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)}")


def _fingerprint() -> str:
    """Return what changes whenever a migration that was run does."""
    folders = sorted({Path(app.path) / "migrations" for app in apps.get_app_configs()})
    files = sorted(path for folder in folders for path in folder.glob("*.py") if ROOT in path.parents)
    own = [(str(path.relative_to(ROOT)), path.read_bytes()) for path in files if ".venv" not in path.parts]
    content = repr((own, version("Django"), version("wagtail"), sqlite3.sqlite_version))
    return hashlib.sha256(content.encode()).hexdigest()[:16]


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    from django.db import connection as default

    *dropping, name = sys.argv[1:] or [""]
    (drop if dropping else make)(default, name)
