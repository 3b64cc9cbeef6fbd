"""A copy of everything the site cannot make again: the database and what staff have uploaded."""

import os
import shutil
import subprocess
import tarfile
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection


class BackupFailed(Exception):
    """The copy could not be made; nothing that looks like one is left behind."""


def back_up(*, folder: Path, now: datetime) -> Path:
    """Copy database and uploads into a new folder below `folder`, while the site runs, and return it.

    It has its name only when it is complete. Raises BackupFailed.
    """
    complete = folder / now.strftime("%Y-%m-%d-%H%M%S")
    partial = complete.with_name(complete.name + ".partial")
    try:
        partial.mkdir(parents=True)
        partial.chmod(0o700)  # It holds drafts and staff accounts.
        _copy_database(partial)
        _copy_uploads(partial)
        partial.rename(complete)
    except (OSError, subprocess.CalledProcessError) as error:
        shutil.rmtree(partial, ignore_errors=True)
        reason = getattr(error, "stderr", None) or error
        raise BackupFailed(f"The backup could not be made: {reason}") from error
    return complete


def _copy_database(folder: Path):
    """Write site.sqlite3, or site.pgdump in PostgreSQL's own format."""
    if connection.vendor == "sqlite":
        # Not a copy of the file: that loses what still is in the write-ahead log.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(folder / "site.sqlite3")])
        return
    given = connection.settings_dict
    access = {
        "PGHOST": given["HOST"],
        "PGPORT": given["PORT"],
        "PGUSER": given["USER"],
        "PGPASSWORD": given["PASSWORD"],
    }
    command = ["pg_dump", "--format=custom", "--no-owner", f"--file={folder / 'site.pgdump'}", given["NAME"]]
    environment = {**os.environ, **{name: str(value) for name, value in access.items() if value}}
    subprocess.run(command, env=environment, check=True, capture_output=True, text=True)  # noqa: S603 (no shell)


def _copy_uploads(folder: Path):
    """Write uploads.tar, unless uploads are in a bucket, which has backups of its own."""
    if not isinstance(default_storage, FileSystemStorage):
        return
    with tarfile.open(folder / "uploads.tar", "w") as archive:
        if Path(settings.MEDIA_ROOT).is_dir():
            archive.add(settings.MEDIA_ROOT, arcname="media")
