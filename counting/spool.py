"""What is to be counted, on its way to the counts: a line each in a file of each process, without a database.

VAR_DIR/<what is counted>/<process>.open      where a process of the site writes
VAR_DIR/<what is counted>/<key>.closed        a batch: nobody writes to it any more, and it is counted once, by its key
"""

import os
import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings

# Half a million downloads. Where nobody counts them, they must not fill the disk.
LARGEST_FILE = 8 * 1024 * 1024
# Who has just opened the file under its old name writes its line within this time.
SETTLED_AFTER_SECONDS = 1.0
# With the number of the process, which alone is used again: no two processes write to one file.
_THIS_PROGRAM = uuid4().hex


class SpoolFull(OSError):
    """So much waits to be counted that no more is written down."""


class Spool:
    """The lines of one kind. `line`: what a whole line looks like, with a group for each thing it says.

    In the file each line has a + in front, which must not be in it: it keeps what two halves of lines make together
    from being taken for one. Lines are of `longest` bytes at most.
    """

    def __init__(self, name: str, *, line: str, longest: int):
        self.name, self._longest = name, longest + 2
        self._line = re.compile(rf"\+{line}\n")

    @property
    def folder(self) -> Path:
        """The folder of the spool; it need not exist."""
        return Path(settings.VAR_DIR) / self.name

    def note(self, text: str) -> None:
        """Write down one line. Raises OSError, and ValueError for a text that is no line of this kind.

        One call writes the line to the end of the file (O_APPEND), so threads cannot mix theirs. Nothing is kept open:
        the file may be closed, or its folder removed, between two lines.
        """
        line = f"+{text}\n".encode()
        if len(line) > self._longest or not self._line.fullmatch(f"+{text}\n"):
            raise ValueError(f"no line of {self.name}")
        path = f"{settings.VAR_DIR}/{self.name}/{_THIS_PROGRAM}-{os.getpid()}.open"
        try:
            self._append(path, line)
        except FileNotFoundError:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._append(path, line)

    def _append(self, path: str, line: bytes):
        file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
        try:
            if os.fstat(file).st_size > LARGEST_FILE:
                raise SpoolFull(f"Lines of {self.name} wait and are not counted: does `manage.py scheduler` run?")
            if os.write(file, line) < len(line):
                raise OSError("only a part of the line could be written")
        finally:
            os.close(file)

    def close_open(self) -> None:
        """Make a batch of whatever each process has written until now; it goes on in a new file."""
        for path in self.folder.glob("*.open"):
            # Somebody else may have closed it in this moment.
            with suppress(FileNotFoundError):
                path.rename(self.folder / f"{uuid4().hex}.closed")

    def batches(self) -> dict[UUID, Path]:
        """Return the batches that are to be counted, by their keys."""
        return {key: path for path in sorted(self.folder.glob("*.closed")) if (key := _key(path))}

    def read_batch(self, path: Path) -> Counter[tuple[str, ...]]:
        """Return how often each line is in a batch, as the groups of its pattern.

        Lines that a dying process left half are left out. Waits for a second where the batch has only just been closed.
        Raises FileNotFoundError when it is gone, OSError.
        """
        with path.open("rb") as file:
            closed_for = time.time() - os.fstat(file.fileno()).st_ctime
            if 0 <= closed_for < SETTLED_AFTER_SECONDS:
                time.sleep(SETTLED_AFTER_SECONDS - closed_for)
            return Counter(self._entries(file))

    def _entries(self, file) -> Iterator[tuple[str, ...]]:
        while line := file.readline(self._longest):
            if match := self._line.fullmatch(line.decode(errors="replace")):
                yield match.groups()


def _key(path: Path) -> UUID | None:
    try:
        return UUID(path.stem)
    except ValueError:
        return None
