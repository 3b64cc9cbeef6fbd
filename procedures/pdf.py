"""Tagged PDFs of what is printed: made one at a time, in a process of their own, and kept for a day.

Setting a manual takes seconds of processor time and hundreds of megabytes, and Python would let every reader wait for
it. So the web process only hands over a folder with the text and the few files it shows (`procedures.typesetter`).
"""

import fcntl
import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import CDLL
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO, TextIO

from django.conf import settings
from django.contrib.staticfiles import finders

from procedures import typesetter
from procedures.pdf_files import files_shown_in

STYLE_SHEET = "css/paper.css"
FONT = "fonts/atkinson-hyperlegible-next.woff2"
LIBRARIES = {
    "linux": ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"),
    "darwin": ("libpango-1.0.dylib", "libpangoft2-1.0.dylib", "libharfbuzz-subset.0.dylib"),
}
# Together below the minute that web servers wait for an answer.
WAIT_SECONDS, MAKING_SECONDS = 10, 45
CPU_SECONDS = 60
MOST_WAITING = 2
MEMORY_BYTES = 1536 * 1024 * 1024
MOST_PAGES = 400
LONGEST_TEXT = 4_000_000
KEPT_SECONDS, KEPT_BYTES = 24 * 60 * 60, 200 * 1024 * 1024
LEFT_BEHIND_SECONDS = 15 * 60

log = logging.getLogger(__name__)


class Busy(Exception):
    """Other PDFs are being made, or this one still is; try again in a moment."""


class TooLong(Exception):
    """The document is too long for one PDF."""


class Failed(Exception):
    """The PDF could not be made; the log says why."""


@cache
def is_switched_on() -> bool:
    """Tell whether this machine can make PDFs: WeasyPrint is installed, and the libraries it draws letters with."""
    if find_spec("weasyprint") is None:
        return False
    try:
        for name in LIBRARIES.get(sys.platform, ()):
            CDLL(name)
    except OSError:
        log.warning("WeasyPrint is installed, but Pango is not: PDFs are switched off. See docs/operations.md.")
        return False
    return True


def fingerprint(text: str, *, base_url: str) -> str:
    """Return what names a finished file: the same only for the same text, look and program."""
    parts = (text, base_url, _sheet(), version("weasyprint"))
    return sha256("\0".join(parts).encode()).hexdigest()


def pdf_of(text: str, *, base_url: str) -> BinaryIO:
    """Return the PDF of an HTML document, opened for reading; made now, or kept from before.

    `base_url`: the site's address, for links. Raises Busy, TooLong or Failed.
    """
    if len(text) > LONGEST_TEXT:
        raise TooLong
    kept = _folder() / f"{fingerprint(text, base_url=base_url)}.pdf"
    if found := _opened(kept):
        return found
    with _turn() as lock:
        # Whoever waited may find that the one before wanted the same.
        return _opened(kept) or _made(text, base_url, kept, lock)


def _opened(path: Path) -> BinaryIO | None:
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return None
    return file


def _made(text: str, base_url: str, kept: Path, lock: TextIO) -> BinaryIO:
    try:
        _tidy()
        work = Path(tempfile.mkdtemp(prefix="work-", dir=_folder()))
        _prepare(work, text, base_url, kept)
        _set(work, lock)
        return kept.open("rb")
    except OSError as error:
        log.exception("A PDF could not be stored")
        raise Failed from error


def _prepare(work: Path, text: str, base_url: str, kept: Path):
    """Put into the folder everything that the typesetter may read."""
    (work / typesetter.TEXT).write_text(text, encoding="utf-8")
    (work / typesetter.SHEET).write_text(_sheet(), encoding="utf-8")
    shutil.copy(finders.find(FONT), work / "font")
    files = {f"{base_url.rstrip('/')}{settings.STATIC_URL}{FONT}": {"name": "font", "type": "font/woff2"}}
    files |= files_shown_in(text, base_url=base_url, folder=work)
    task = {
        "base_url": base_url,
        "files": files,
        "most_pages": MOST_PAGES,
        "result": str(kept),
        "cpu_seconds": CPU_SECONDS,
        "memory_bytes": MEMORY_BYTES,
    }
    (work / typesetter.TASK).write_text(json.dumps(task), encoding="utf-8")


def _set(work: Path, lock: TextIO):
    """Run the typesetter. Raises TooLong, Failed, or Busy while it is not done.

    It is left to finish then, with the lock, which it inherits: who asks again finds the file.
    """
    # Isolated, and with none of the site's secrets in its environment.
    command = [sys.executable, "-I", typesetter.__file__, str(work)]
    environment = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "TMPDIR": str(work)}
    environment["XDG_CACHE_HOME"] = str(_folder() / "fonts")
    with (_folder() / "errors.log").open("w+", encoding="utf-8", errors="replace") as errors:
        process = subprocess.Popen(  # noqa: S603 (our own program, and a folder that we named)
            command, env=environment, stdout=subprocess.DEVNULL, stderr=errors, pass_fds=[lock.fileno()]
        )
        try:
            ended = process.wait(timeout=MAKING_SECONDS)
        except subprocess.TimeoutExpired as error:
            raise Busy from error
        errors.seek(0)
        said = errors.read()[-2000:]
    shutil.rmtree(work, ignore_errors=True)
    if ended in (typesetter.TOO_LONG, -signal.SIGXCPU):
        raise TooLong
    if ended:
        log.error("A PDF could not be made (%s): %s", ended, said)
        raise Failed


@contextmanager
def _turn() -> Iterator[TextIO]:
    """Wait until no other PDF is being made on this machine. Raises Busy when too many wait already, or for too long.

    By locks on files, because each process of the site would count for itself; the system frees them, come what may.
    """
    with _first_free(f"place-{number}" for number in range(MOST_WAITING + 1)):
        begun = time.monotonic()
        while True:
            try:
                with _first_free(["turn"]) as lock:
                    yield lock
                    return
            except _Taken:
                if time.monotonic() - begun > WAIT_SECONDS:
                    raise Busy from None
                time.sleep(0.1)


class _Taken(Busy):
    """None of the locks is free."""


@contextmanager
def _first_free(names) -> Iterator[TextIO]:
    for name in names:
        with (_folder() / f"{name}.lock").open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            yield file
            return
    raise _Taken


def _tidy():
    """Remove what is older than a day, the oldest of what is too much, and what a killed process left behind."""
    now, size = time.time(), 0
    for path in sorted(_folder().glob("*.pdf"), key=lambda path: -path.stat().st_mtime):
        stat = path.stat()
        size += stat.st_size
        if now - stat.st_mtime > KEPT_SECONDS or size > KEPT_BYTES:
            path.unlink(missing_ok=True)
    for path in _folder().glob("work-*"):
        if now - path.stat().st_mtime > LEFT_BEHIND_SECONDS:
            shutil.rmtree(path, ignore_errors=True)


def _sheet() -> str:
    return Path(finders.find(STYLE_SHEET)).read_text(encoding="utf-8")


def _folder() -> Path:
    folder = Path(settings.VAR_DIR) / "pdf"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
