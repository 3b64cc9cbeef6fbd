"""Files in storage: what a file is by its bytes, and a copy on this machine for what can only read those."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from files.names import safe_name

READ_AT_ONCE = 1024 * 1024


@dataclass(frozen=True)
class FileFacts:
    """What a file is, whoever sent it: its name made safe, its size in bytes, its SHA-256 in hexadecimal."""

    name: str
    size: int
    sha256: str


def facts_of(file) -> FileFacts:
    """Return the facts of a file that is open or can be opened; it is left at its beginning."""
    file.open()
    digest, size = sha256(), 0
    while part := file.read(READ_AT_ONCE):
        digest.update(part)
        size += len(part)
    file.seek(0)
    return FileFacts(safe_name(Path(file.name).name), size, digest.hexdigest())


@contextmanager
def on_this_machine(field_file) -> Iterator[Path]:
    """Give the path of a stored file: its own where files lie on this machine's disk, else that of a passing copy.

    Raises OSError when the storage does not have it.
    """
    try:
        yield Path(field_file.path)
        return
    except NotImplementedError:
        pass
    with tempfile.NamedTemporaryFile(prefix="board-file-") as copy:
        with field_file.storage.open(field_file.name, "rb") as stored:
            shutil.copyfileobj(stored, copy, READ_AT_ONCE)
        copy.flush()
        yield Path(copy.name)
