"""Starts `manage.py scheduler` as the server does: a process of its own."""

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


def database_url(*, port: int | None = None) -> str:
    """Return the address of the database that the tests use; through another port where one is given."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    user = f"{database['USER']}:{database['PASSWORD']}" if database["PASSWORD"] else database["USER"]
    return f"postgres://{user}@{database['HOST']}:{port or database['PORT'] or 5432}/{database['NAME']}"


@contextmanager
def manage(*arguments, url):
    """A command of manage.py in a process; killed at the end if it has not ended."""
    process = subprocess.Popen(
        [sys.executable, "-m", "django", *arguments],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()
