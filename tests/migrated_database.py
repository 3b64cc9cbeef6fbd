"""A migrated SQLite database, kept from one run to the next: the migrations take ten seconds, a copy takes none.

Django migrates the copy as it would any database, so a migration that is new is run, and permissions are brought up to
date. A migration that was changed makes another file. PostgreSQL is always migrated from the beginning.
"""

import hashlib
import os
import shutil
import sqlite3
import tempfile
import time
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

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


def _fingerprint() -> str:
    """Return what changes whenever a migration that was run does."""
    folders = sorted({Path(app.path) / "migrations" for app in apps.get_app_configs()})
    files = sorted(path for folder in folders for path in folder.glob("*.py") if ROOT in path.parents)
    own = [(str(path.relative_to(ROOT)), path.read_bytes()) for path in files if ".venv" not in path.parts]
    content = repr((own, version("Django"), version("wagtail"), sqlite3.sqlite_version))
    return hashlib.sha256(content.encode()).hexdigest()[:16]
