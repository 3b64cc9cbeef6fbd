"""When digests are due: daily at 08:30, weekly on Saturday, as clocks in London show it."""

from datetime import datetime, time, timedelta

from alerts.models import Frequency
from clock.moments import SATURDAY, Daily, Weekly

AT = time(8, 30)
DUE = {Frequency.DAILY: Daily(at=AT), Frequency.WEEKLY: Weekly(SATURDAY, at=AT)}


def last_due(frequency: str, *, now: datetime) -> datetime:
    """Return the last moment, up to now, at which a digest was due."""
    return DUE[frequency].latest(now=now)


def due_before(frequency: str, moment: datetime) -> datetime:
    """Return the moment at which the digest before this one was due."""
    return last_due(frequency, now=moment - timedelta(hours=1))
