"""Jobs for tests."""

import threading
import time
from datetime import UTC, datetime, timedelta

from clock.declared import Job
from clock.moments import Every

NOON = datetime(2026, 5, 1, 12, 0, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Calls:
    """Something to run that remembers when it was run, and breaks off as often as it is told to."""

    def __init__(self, *errors: Exception):
        self.at: list[datetime] = []
        self.errors = list(errors)
        self._lock = threading.Lock()

    def __call__(self, *, now):
        with self._lock:
            self.at.append(now)
            error = self.errors.pop(0) if self.errors else None
        if error:
            raise error


def make_job(name="tests.job", run=None, when=None, **options) -> Job:
    """Return a job that is due each minute."""
    return Job(name, f"Title of {name}", run or Calls(), when or Every(MINUTE), **options)


def wait_until(condition):
    """Wait until something is so; a minute at most."""
    last_look = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < last_look, "It did not happen within a minute."
        time.sleep(0.01)
