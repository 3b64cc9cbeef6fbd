"""Counting never keeps a reader from anything."""

import logging
import time
from contextlib import contextmanager

SAID_EVERY_SECONDS = 3600

logger = logging.getLogger(__name__)
# {what: when it may be said again that it cannot be counted (time.monotonic)}.
_quiet_until: dict[str, float] = {}


@contextmanager
def failing_quietly(what: str):
    """Whatever goes wrong inside, say it and go on; once an hour, because a full disk is met by every reader."""
    try:
        yield
    except Exception as error:
        if time.monotonic() >= _quiet_until.get(what, 0.0):
            _quiet_until[what] = time.monotonic() + SAID_EVERY_SECONDS
            logger.error("%s are not counted (%s: %s). Readers notice nothing.", what, type(error).__name__, error)
