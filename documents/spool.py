"""Downloads on their way to the counts: a line each in a file of each process, without a database.

    VAR_DIR/downloads/<process>.open      where a process of the site writes
    VAR_DIR/downloads/<key>.closed        a batch: nobody writes to it any more, and it is counted once, by its key

A line is the key of a file of the library and a day, `+12 2026-11-25`: not when, not who, not from where.
"""

import os
import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings

# Half a million downloads. Where nobody counts them, they must not fill the disk.
LARGEST_FILE = 8 * 1024 * 1024
LONGEST_LINE = 64
# Who has just opened the file under its old name writes its line within this time.
SETTLED_AFTER_SECONDS = 1.0
# The sign in front keeps what two halves of lines make together from being taken for one.
_LINE = re.compile(rb"\+(\d{1,18}) (\d{4}-\d\d-\d\d)\n")
# With the number of the process, which alone is used again: no two processes write to one file.
_THIS_PROGRAM = uuid4().hex


class SpoolFull(OSError):
    """So much waits to be counted that no more is written down."""


def note(*, document_id: int, day: date) -> None:
    """Write down one download. Raises OSError.

    One call writes the line to the end of the file (O_APPEND), so threads cannot mix theirs. Nothing is kept open: the
    file may be closed, or its folder removed, between two downloads.
    """
    path = f"{settings.VAR_DIR}/downloads/{_THIS_PROGRAM}-{os.getpid()}.open"
    try:
        _append(path, b"+%d %s\n" % (document_id, day.isoformat().encode()))
    except FileNotFoundError:
        folder().mkdir(parents=True, exist_ok=True)
        _append(path, b"+%d %s\n" % (document_id, day.isoformat().encode()))


def _append(path: str, line: bytes):
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        if os.fstat(file).st_size > LARGEST_FILE:
            raise SpoolFull("Downloads are written down and not counted: does `manage.py count_downloads` run?")
        if os.write(file, line) < len(line):
            raise OSError("only a part of the line could be written")
    finally:
        os.close(file)


def close_open() -> None:
    """Make a batch of whatever each process has written until now; it goes on in a new file."""
    for path in folder().glob("*.open"):
        # Somebody else may have closed it in this moment.
        with suppress(FileNotFoundError):
            path.rename(folder() / f"{uuid4().hex}.closed")


def batches() -> dict[UUID, Path]:
    """Return the batches that are to be counted, by their keys."""
    return {key: path for path in sorted(folder().glob("*.closed")) if (key := _key(path))}


def read_batch(path: Path) -> Counter[tuple[int, date]]:
    """Return how often each (key of the file, day) is in a batch, leaving out lines that a dying process left half.

    Waits for a second where the batch has only just been closed. Raises FileNotFoundError when it is gone, OSError.
    """
    with path.open("rb") as file:
        closed_for = time.time() - os.fstat(file.fileno()).st_ctime
        if 0 <= closed_for < SETTLED_AFTER_SECONDS:
            time.sleep(SETTLED_AFTER_SECONDS - closed_for)
        return Counter(_entries(file))


def _entries(file) -> Iterator[tuple[int, date]]:
    while line := file.readline(LONGEST_LINE):
        if match := _LINE.fullmatch(line):
            with suppress(ValueError):  # No such day.
                yield int(match[1]), date.fromisoformat(match[2].decode())


def _key(path: Path) -> UUID | None:
    try:
        return UUID(path.stem)
    except ValueError:
        return None


def folder() -> Path:
    """The folder of the spool; it need not exist."""
    return Path(settings.VAR_DIR) / "downloads"
