"""This machine's index on its disk: which of its folders holds, who may write, and opening it.

An index is built in a folder of its own, and only a finished one is named in the file `current`. So one that was killed
half-way is never looked at, and readers go on with the old one until the new one is there.
"""

import fcntl
import json
import logging
import os
import shutil
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from tantivy import Index, Query

from search.engine.schema import FORMAT, STATE, register, schema

logger = logging.getLogger(__name__)
LOCK_EVERY_SECONDS = 0.02


class CannotWrite(Exception):
    """Somebody else has been writing to the index for as long as we are willing to wait."""


class IndexFault(Exception):
    """The index cannot be read or written: damaged files, a full disk, a folder that is not ours."""


@contextmanager
def faults_told():
    """Raise IndexFault for whatever the engine says when it meets damaged or missing files."""
    try:
        yield
    except (ValueError, OSError, LookupError) as error:
        raise IndexFault from error
    except BaseException as error:
        # The engine is written in Rust, and what its authors held to be impossible is no Exception here.
        if type(error).__name__ != "PanicException":
            raise
        raise IndexFault(str(error)) from None


@dataclass(frozen=True)
class Seen:
    """What was committed last when somebody looked: a searcher of it, up to where in the log that has read, and what
    was worked out from it since, under any name.
    """

    searcher: object
    state: tuple[int, str]
    known: dict = field(default_factory=dict)


@dataclass
class Opened:
    """An index that was opened, and what was seen of it last."""

    name: str
    index: Index
    seen: Seen

    @property
    def searcher(self):
        """A searcher of what was seen last."""
        return self.seen.searcher

    @property
    def state(self) -> tuple[int, str]:
        """Up to where in the log that has read."""
        return self.seen.state

    def reload(self) -> None:
        """Look at what was committed last."""
        self.index.reload()
        self.seen = _seen(self.index)


def root() -> Path:
    """Return the folder of this machine's index."""
    return Path(settings.SEARCH_INDEX_FOLDER)


# The one that this process has open.
_opened: dict[tuple[int, Path], Opened] = {}


def opened() -> Opened | None:
    """Return the index that holds, as this process last saw it; None where there is none that can be used."""
    key = (os.getpid(), root())
    name = _current()
    held = _opened.get(key)
    if name is None or (held and held.name == name):
        return held if name else None
    try:
        with faults_told():
            index = Index.open(str(root() / name))
            register(index)
            index.config_reader("manual")
            _opened[key] = Opened(name, index, _seen(index))
    except IndexFault:
        logger.exception("The index of the search cannot be opened. It is made anew.")
        discard()
        return None
    return _opened[key]


def discard() -> None:
    """Say that no index holds: the next one who needs it makes a new one."""
    _opened.pop((os.getpid(), root()), None)
    with suppress(OSError):
        (root() / "current").unlink(missing_ok=True)


def _current() -> str | None:
    try:
        said = json.loads((root() / "current").read_text())
    except (OSError, ValueError):
        return None
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        return None
    return said.get("name")


def _seen(index: Index) -> Seen:
    searcher = index.searcher()
    found = searcher.search(Query.term_query(schema(), "note", STATE), limit=1).hits
    number, stamp = json.loads(searcher.doc(found[0][1])["state"][0])
    return Seen(searcher, (number, stamp))


@contextmanager
def writing(*, wait: float):
    """Be the only one on this machine who writes to the index. Raises CannotWrite after `wait` seconds.

    The lock is the system's: whoever is killed lets go of it.
    """
    root().mkdir(parents=True, exist_ok=True)
    with (root() / "lock").open("a") as file:
        until = time.monotonic() + wait
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= until:
                    raise CannotWrite from None
                time.sleep(LOCK_EVERY_SECONDS)
        yield


def begin() -> tuple[str, Index]:
    """Return the name of a new folder, and an empty index in it. Only for who holds the lock."""
    name = f"index-{uuid4().hex}"
    (root() / name).mkdir(parents=True)
    index = Index(schema(), path=str(root() / name))
    register(index)
    return name, index


def finish(name: str) -> None:
    """Let a finished index hold, and remove all others. Only for who holds the lock."""
    written = root() / f"current-{name}"
    with written.open("w") as file:
        json.dump({"format": FORMAT, "name": name}, file)
        file.flush()
        os.fsync(file.fileno())
    written.replace(root() / "current")
    for other in root().glob("index-*"):
        if other.name != name:
            # Who still reads it has its files open.
            shutil.rmtree(other, ignore_errors=True)
