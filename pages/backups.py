"""A copy of everything the site cannot make again: the database and what staff have uploaded; and how old it is."""

import logging
import os
import shutil
import socket
import subprocess
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import Error, connection
from django.utils import timezone
from django.utils.formats import date_format

from pages.models import Backup
from pages.prepared import Moment, Prepared

LONGEST_FAULT = 300
logger = logging.getLogger(__name__)


_that_count = Prepared(lambda: Backup.objects.that_count(now=Moment()))


class BackupFailed(Exception):
    """The copy could not be made; nothing that looks like one is left behind. `reason`: what stopped it."""

    def __init__(self, reason: str):
        super().__init__(f"The backup could not be made: {reason}")
        self.reason = reason


@dataclass(frozen=True)
class Standing:
    """How it stands with the backups: the latest complete one, and one that failed since; None where there is none."""

    complete: Backup | None
    failed: Backup | None
    is_late: bool

    @property
    def is_well(self) -> bool:
        """Whether nobody has to do anything."""
        return not self.is_late and self.failed is None

    def sentences(self) -> Iterator[str]:
        """Yield what is wrong, a sentence each, with the days and times of London."""
        if self.failed:
            yield f"The backup of {_moment(self.failed.over_at)} failed."
        if self.is_late and self.complete is None:
            yield "No backup has been made yet."
        elif self.is_late:
            hours = settings.BACKUP_WITHIN_HOURS
            yield f"The last complete backup is of {_moment(self.complete.over_at)}, more than {hours} hours ago."


def standing(*, now: datetime) -> Standing:
    """Return how it stands with the backups: one query. `BACKUP_WITHIN_HOURS` of 0: none is ever late."""
    latest, complete = None, None
    for backup in _that_count.objects(Backup, now=now):
        latest = latest or backup
        complete = complete or (None if backup.fault else backup)
    allowed = timedelta(hours=settings.BACKUP_WITHIN_HOURS)
    is_late = bool(allowed) and (complete is None or complete.over_at < now - allowed)
    return Standing(complete, latest if latest and latest.fault else None, is_late)


def record_backup(*, place: str, now: datetime, size: int | None = None, fault: str = "") -> Backup:
    """Write down that a backup is complete, or why it is not; and forget what is long past.

    `place`: where it is, in words for whoever looks for it; `size` in bytes. Only after it is complete, so that a site
    restored from it does not take it for one that it can fall back on.
    """
    Backup.objects.forgettable(now=now).delete()
    longest = Backup._meta.get_field("place").max_length
    return Backup.objects.create(over_at=now, place=place[:longest], bytes=size, fault=fault[:LONGEST_FAULT])


def back_up_and_record(*, folder: Path, now: datetime) -> Path:
    """Make a backup as `back_up` does, and write down that it was made or failed. Raises BackupFailed.

    One that cannot be written down is a backup all the same: the log says so, and staff will be told that it is late.
    """
    place = f"{socket.gethostname()}:{folder.absolute()}"
    try:
        made = back_up(folder=folder, now=now)
    except BackupFailed as failure:
        _record_if_possible(place=place, fault=" ".join(failure.reason.split()))
        raise
    size = sum(path.stat().st_size for path in made.iterdir())
    _record_if_possible(place=f"{place}/{made.name}", size=size)
    return made


def _record_if_possible(**said) -> None:
    try:
        record_backup(now=timezone.now(), **said)
    except Error:
        logger.exception("The backup could not be written down.")


def _moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "j F Y, H:i")


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
        raise BackupFailed(str(getattr(error, "stderr", None) or error)) from error
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
