"""Files that strangers send with a form: checked before they are taken, kept where nobody is served from, and erased.

They lie beside the library's, in folders of their own that nobody can guess; nothing under MEDIA_ROOT but pictures is
ever given out by its address. A row and its file end together: see `enquiries.receivers` for rows that are erased, and
`erase_orphans` for what a process left behind that was killed in between.
"""

import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from threading import Semaphore
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import default_storage

from files.caps import Caps
from files.confined import CannotExamine, Examiner
from files.names import safe_name
from files.receiving import check_upload
from files.scanning import ScannerAway, scan

FOLDER = "enquiries"
LARGEST_FILE = 10 * 1024 * 1024
LONGEST_PATH = 255
# Somebody is waiting for the answer, in one of few threads; the library's own files may take much longer.
CAPS = Caps(cpu_seconds=10, wall_seconds=15, preview_seconds=1)
# At a time, in one process of the site. Whoever comes meanwhile waits as long as one takes, then is asked to try again.
_MAY_EXAMINE = Semaphore(1)
LONGEST_QUEUE_SECONDS = 15
# What is being stored has no row for a moment.
ORPHAN_AFTER = timedelta(days=1)

logger = logging.getLogger(__name__)


class CannotCheck(Exception):
    """Nobody can look into the file now, whatever is in it; it says so to whoever sent it."""

    def __init__(self):
        super().__init__("We cannot check files at the moment. Send it without the file, or try again in ten minutes.")


def place_in_storage(row, name: str) -> str:
    """Return where a file is kept: a folder of its own that nobody can guess."""
    return f"{FOLDER}/{uuid4().hex}/{safe_name(name)}"


def check_file(upload) -> None:
    """Look into the whole of an uploaded file, apart from the site and within limits.

    Raises Refused, in words for whoever sent it, or CannotCheck.
    """
    # The size and the first bytes come first: what is no document at all costs nothing.
    check_upload(upload, name=upload.name, most_bytes=LARGEST_FILE)
    if not _MAY_EXAMINE.acquire(timeout=LONGEST_QUEUE_SECONDS):
        raise CannotCheck
    try:
        with _on_disk(upload) as path:
            _examine(path, upload.name)
    finally:
        _MAY_EXAMINE.release()


def _examine(path: Path, name: str):
    try:
        if settings.CLAMD_ADDRESS:
            with path.open("rb") as file:
                scan(file, address=settings.CLAMD_ADDRESS)
        with Examiner(caps=CAPS) as examiner:
            examiner.examine(path, name=name)
    except (ScannerAway, CannotExamine) as error:
        logger.error("A file that was sent in could not be checked: %s", error)
        raise CannotCheck from error


@contextmanager
def _on_disk(upload) -> Iterator[Path]:
    """Give the path of an upload: large ones lie on the disk already."""
    if hasattr(upload, "temporary_file_path"):
        yield Path(upload.temporary_file_path())
        return
    with tempfile.NamedTemporaryFile(prefix="board-sent-") as copy:
        upload.seek(0)
        shutil.copyfileobj(upload, copy)
        copy.flush()
        upload.seek(0)
        yield Path(copy.name)


@contextmanager
def kept(upload) -> Iterator[str]:
    """Store an upload and give its place, "" without one; if what follows fails, it is taken out again."""
    place = default_storage.save(place_in_storage(None, upload.name), upload) if upload else ""
    try:
        yield place
    except BaseException:
        if place:
            remove(place)
        raise


def remove(place: str) -> None:
    """Erase a stored file and its folder; what cannot be erased now is an orphan, and erased on another day."""
    try:
        default_storage.delete(place)
    except Exception as error:  # Each storage has its own; the row is gone, and that must not fail for this.
        logger.warning("A file that was sent in could not be erased (%s); tried again tomorrow.", type(error).__name__)
        return
    # Where files lie on a disk, their folder goes too; a bucket has none.
    with suppress(NotImplementedError, OSError):
        Path(default_storage.path(place)).parent.rmdir()


def erase_orphans(*, named: set[str], now: datetime) -> int:
    """Erase the stored files that are not among the `named` places; return how many. What came today is left alone."""
    orphans = [place for place in _stored() if place not in named and _is_old(place, now)]
    for place in orphans:
        remove(place)
    return len(orphans)


def _stored() -> Iterator[str]:
    try:
        folders, _ = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return
    for folder in folders:
        _, names = default_storage.listdir(f"{FOLDER}/{folder}")
        yield from (f"{FOLDER}/{folder}/{name}" for name in names)


def _is_old(place: str, now: datetime) -> bool:
    return default_storage.get_modified_time(place) < now - ORPHAN_AFTER
