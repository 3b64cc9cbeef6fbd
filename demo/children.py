"""Processes beside the site while `make run` serves it: the scheduler, and what sends mail.

They end with it, however it ends. Ctrl-C reaches the site alone, which then asks them to end and waits. If it is
killed, the pipe that is their standard input closes, and they end by themselves (`end_with_parent`).
"""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence

# After that a child that was asked to end is killed; what it was at is done again another time.
PATIENCE_SECONDS = 30
FIRST_PAUSE_SECONDS = 2
LONGEST_PAUSE_SECONDS = 60

log = logging.getLogger(__name__)


class Child(threading.Thread):
    """Keeps a command running until it is stopped, and passes on each line it says, with its name before it."""

    def __init__(self, name: str, command: Sequence[str], *, pause: float = FIRST_PAUSE_SECONDS, **environment: str):
        super().__init__(name=name, daemon=True)
        self.command, self.pause, self.environment = list(command), pause, environment
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._process: subprocess.Popen | None = None

    def run(self):
        """Start it, and again after a pause that grows each time when it ends by itself."""
        while process := self._start():
            began = time.monotonic()
            for line in process.stdout:
                sys.stderr.write(f"{self.name}: {line.rstrip()}\n")
            status = process.wait()
            if self._stopped.is_set():
                return
            if time.monotonic() - began > LONGEST_PAUSE_SECONDS:
                self.pause = FIRST_PAUSE_SECONDS
            log.warning("%s ended with %s. It is started again in %s seconds.", self.name, status, self.pause)
            self._stopped.wait(self.pause)
            self.pause = min(self.pause * 2, LONGEST_PAUSE_SECONDS)

    def _start(self) -> subprocess.Popen | None:
        with self._lock:
            if self._stopped.is_set():
                return None
            self._process = subprocess.Popen(  # noqa: S603  (our own commands)
                self.command,
                env={**os.environ, **self.environment},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                # Ctrl-C in the terminal is for the site, which asks its children to end.
                start_new_session=True,
            )
            return self._process

    def ask_to_end(self):
        """Begin to end it."""
        with self._lock:
            self._stopped.set()
            if self._process:
                self._process.terminate()

    def wait_for_the_end(self, seconds: float = PATIENCE_SECONDS):
        """Wait until it has ended; kill it when that takes too long."""
        self.join(seconds)
        if self.is_alive() and self._process:
            log.warning("%s did not end within %s seconds, and is killed.", self.name, seconds)
            self._process.kill()
            self.join(5)


def stop(children: Sequence[Child]):
    """End them all, at the same time."""
    for child in children:
        child.ask_to_end()
    for child in children:
        child.wait_for_the_end()


def end_with_parent():
    """Let this process end, by SIGTERM first, when whoever holds the other end of its standard input is gone."""
    threading.Thread(target=_wait_for_the_parents_end, name="parent", daemon=True).start()


def _wait_for_the_parents_end():
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(PATIENCE_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)
