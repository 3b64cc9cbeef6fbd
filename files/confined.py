"""Files are examined apart from the site: in a process with little memory, little time and nothing to write to.

What reads a stranger's file is C code of a million lines. Whatever a file does to it, the site only hears a sentence,
and the next file is examined as if nothing had been.
"""

import json
import logging
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from base64 import b64decode
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from threading import Lock

from files.caps import GRACE_SECONDS, OUT_OF_MEMORY, READY, START_SECONDS, Caps
from files.findings import Findings, is_preview
from files.refusals import Crashed, TooMuch, refusal

PROGRAM = Path(__file__).with_name("child.py")
TOOK_TOO_MUCH = {OUT_OF_MEMORY, -signal.SIGXCPU, -signal.SIGALRM, -signal.SIGKILL}
LONGEST_SENTENCE = 500

log = logging.getLogger(__name__)


class CannotExamine(Exception):
    """This machine could not examine the file, whatever is in it; the log says why. It may be tried again later."""


def examine_confined(path: Path | str, *, name: str) -> Findings:
    """Return what is in the file at `path`, which was called `name`, within the limits of `files.caps`.

    Raises Refused for anything that is wrong with the file, and CannotExamine when the machine is at fault. For more
    than one file, an Examiner is ten times as quick.
    """
    with Examiner() as examiner:
        return examiner.examine(path, name=name)


class Examiner:
    """Examines many files, one after the other, each in a process of its own that is forked from one kept ready.

    Used with `with`. Threads may share one; they wait for each other. Should the process kept ready die, another is
    started.
    """

    def __init__(self, *, caps: Caps | None = None):
        self._caps = caps or Caps()
        self._program: _Program | None = None
        self._lock = Lock()

    def __enter__(self) -> "Examiner":
        return self

    def __exit__(self, *_):
        with self._lock:
            self._stop()

    def examine(self, path: Path | str, *, name: str) -> Findings:
        """Return what is in the file at `path`, which was called `name`. Raises Refused or CannotExamine."""
        path = Path(path).absolute()
        if not os.access(path, os.R_OK) or not path.is_file():
            raise CannotExamine(f"There is no file to be read at “{path}”.")
        task = json.dumps({"path": str(path), "name": name, "caps": asdict(self._caps)}).encode() + b"\n"
        with self._lock:
            ended, said = self._answer(task)
        return _findings(ended, said)

    def _answer(self, task: bytes) -> tuple[int, bytes]:
        try:
            return self._ask(task)
        except _Gone:
            log.warning("The program that examines files was gone; it is started again")
        try:
            return self._ask(task)
        except _Gone as error:
            raise CannotExamine("The program that examines files ends again and again.") from error

    def _ask(self, task: bytes) -> tuple[int, bytes]:
        self._program = self._program or _Program()
        try:
            return self._program.ask(task, seconds=self._caps.wall_seconds + GRACE_SECONDS)
        except BaseException:
            # Whatever came in between, an answer that is still to come would be taken for that of the next file.
            self._stop()
            raise

    def _stop(self):
        if self._program:
            self._program.stop()
        self._program = None


class _Gone(Exception):
    """The program ended while it was needed."""


class _Program:
    """The program kept ready, and the pipes to it."""

    def __init__(self):
        # Read only when it ends; nobody has to listen meanwhile.
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 (closed when the program is stopped)
        try:
            # Isolated, and with nothing of the site in its environment.
            self._process = subprocess.Popen(  # noqa: S603 (our own program)
                [sys.executable, "-I", str(PROGRAM)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                env={},
                cwd="/",
                start_new_session=True,
            )
        except OSError as error:
            self._errors.close()
            raise CannotExamine("The program that examines files could not be started.") from error
        self._heard = bytearray()
        try:
            ready = self._line(time.monotonic() + START_SECONDS)
        except _Gone:
            ready = b""
        if ready != READY:
            self.stop()
            raise CannotExamine("The program that examines files could not be started.")

    def ask(self, task: bytes, *, seconds: int) -> tuple[int, bytes]:
        """Hand over a task; return how it ended and what was said. Raises _Gone, or CannotExamine when time is up."""
        end = time.monotonic() + seconds
        try:
            self._process.stdin.write(task)
            self._process.stdin.flush()
        except OSError as error:
            raise _Gone from error
        ended, length = map(int, self._line(end).split())
        while len(self._heard) < length:
            self._heard += self._more(end)
        return ended, self._taken(length)

    def stop(self):
        """End the program and whatever it is examining, and note what it complained of."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                pipe.close()
        self._process.wait()
        with self._errors as errors:
            errors.seek(0)
            if complaints := errors.read()[-2000:].decode(errors="replace"):
                log.warning("The program that examines files said: %s", complaints)

    def _line(self, end: float) -> bytes:
        while b"\n" not in self._heard:
            self._heard += self._more(end)
        return self._taken(self._heard.index(b"\n") + 1)

    def _taken(self, length: int) -> bytes:
        taken = bytes(self._heard[:length])
        del self._heard[:length]
        return taken

    def _more(self, end: float) -> bytes:
        if not select.select([self._process.stdout], [], [], max(end - time.monotonic(), 0))[0]:
            raise CannotExamine("The program that examines files did not answer in time.")
        data = os.read(self._process.stdout.fileno(), 1024 * 1024)
        if not data:
            raise _Gone
        return data


def _findings(ended: int, said: bytes) -> Findings:
    """Return what a child found. What it says is looked at closely: a stranger's file may have spoken through it."""
    try:
        heard = _heard(said)
        if "findings" in heard:
            # If it ended after that, only the picture is missing.
            preview = b64decode(heard.get("preview", ""))
            return replace(Findings.from_json(heard["findings"]), preview=preview if is_preview(preview) else b"")
        if "refused" in heard:
            raise refusal(str(heard["refused"])[:LONGEST_SENTENCE], why=str(heard.get("why")))
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        log.warning("A file was examined, and what was said of it makes no sense: %s", error)
        raise Crashed from error
    if "failed" not in heard and ended in TOOK_TOO_MUCH:
        raise TooMuch
    if "failed" not in heard and ended < 0:
        log.warning("The program that reads files crashed over one, with signal %d", -ended)
        raise Crashed
    log.error("A file could not be examined (%d): %s", ended, str(heard.get("failed"))[-2000:])
    raise CannotExamine("This file could not be examined on this machine.")


def _heard(said: bytes) -> dict:
    """Return all that was said in whole lines."""
    heard = {}
    for line in said.split(b"\n")[:-1]:
        heard |= json.loads(line).items()
    return heard
