"""A database to break, and a program that does it."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent.parent


@contextmanager
def sqlite(folder: str):
    """Give the address of a new SQLite database in the folder."""
    yield f"sqlite:///{folder}/drill.sqlite3"


@contextmanager
def postgresql(address: str):
    """Give the address of a new database on the server of `address`, and drop it afterwards."""
    import psycopg2

    server = psycopg2.connect(address)
    server.autocommit = True
    name = f"drill_{os.getpid()}"
    try:
        with server.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
        yield urlsplit(address)._replace(path=f"/{name}").geturl()
    finally:
        with server.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.close()


def run(address: str, folder: str, *arguments, stock: bool = False, program: str = "tests.drills.work") -> dict:
    """Run a part of a drill (see work.py) on the database and return its figures. Raises when it failed."""
    environment = os.environ | {
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "tests.drills.settings",
        "DRILL_STOCK": "1" if stock else "",
        "TMPDIR": folder,
    }
    command = [sys.executable, "-m", program, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)
