"""A backup is worth what can be restored from it."""

import shutil
import sqlite3
import subprocess
import tarfile
import threading
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, connections

from pages.backups import back_up
from pages.models import Topic

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)


@pytest.fixture
def content():
    """A row and an upload."""
    Topic.objects.create(name="Neglect", slug="neglect")
    default_storage.save("original_images/a.txt", ContentFile(b"picture"))


def restored_topics(made: Path) -> list[str]:
    """Restore the database into a new one, and read it."""
    if connection.vendor == "sqlite":
        with sqlite3.connect(made / "site.sqlite3") as copy:
            assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert copy.execute("PRAGMA foreign_key_check").fetchall() == []
            return [row[0] for row in copy.execute("SELECT name FROM pages_topic ORDER BY id")]
    tables = subprocess.run(
        ["pg_restore", "--data-only", "--table=pages_topic", "--file=-", made / "site.pgdump"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    rows = tables.partition("COPY public.pages_topic")[2].partition("\\.")[0].splitlines()[1:]
    return [row.split("\t")[1] for row in rows]


@pytest.fixture(autouse=True)
def _with_the_tools_of_the_database():
    if connection.vendor == "postgresql" and not shutil.which("pg_dump"):
        pytest.skip("needs pg_dump")


class TestABackup:
    def test_holds_database_and_uploads(self, content, tmp_path):
        made = back_up(folder=tmp_path, now=NOW)
        assert made.name == "2026-05-04-030201"
        assert restored_topics(made) == ["Neglect"]
        with tarfile.open(made / "uploads.tar") as archive:
            assert archive.extractfile("media/original_images/a.txt").read() == b"picture"

    def test_is_for_its_owners_eyes_only(self, content, tmp_path):
        assert back_up(folder=tmp_path, now=NOW).stat().st_mode & 0o077 == 0

    def test_made_while_others_write_is_whole(self, tmp_path):
        stopped = threading.Event()
        written = []

        def write():
            while not stopped.is_set():
                name = f"Topic {len(written)}"
                Topic.objects.create(name=name, slug=name.lower().replace(" ", "-"))
                written.append(name)
            connections.close_all()

        writer = threading.Thread(target=write)
        writer.start()
        try:
            for number in range(3):
                committed = list(written)
                made = back_up(folder=tmp_path / str(number), now=NOW)
                restored = restored_topics(made)
                assert restored[: len(committed)] == committed
                assert restored == [f"Topic {n}" for n in range(len(restored))]
        finally:
            stopped.set()
            writer.join()
        assert len(written) > 5

    def test_that_fails_leaves_nothing_that_looks_like_one(self, content, tmp_path, monkeypatch):
        def fail(folder):
            raise OSError("disk full")

        monkeypatch.setattr("pages.backups._copy_uploads", fail)
        with pytest.raises(CommandError, match="disk full"):
            call_command("backup", tmp_path / "backups")
        assert list((tmp_path / "backups").iterdir()) == []

    def test_says_where_it_is(self, content, tmp_path):
        output = StringIO()
        call_command("backup", tmp_path / "backups", stdout=output)
        assert output.getvalue() == f"Backup made: {next((tmp_path / 'backups').iterdir())}\n"
