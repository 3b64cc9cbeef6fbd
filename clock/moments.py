"""When something falls due: again and again, each day, or each week, by the clocks of London.

A day's moment is one moment, also on the two days on which clocks change: a time that is skipped in March falls due an
hour later by the clock, and of a time that comes twice in October the first counts (PEP 495, fold 0).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

DAY = timedelta(days=1)
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)


@dataclass(frozen=True)
class Every:
    """Again and again: `Every(timedelta(minutes=1))` is due when a minute begins."""

    interval: timedelta
    # What is new is due at once.
    waits_for_the_first = False

    def __post_init__(self):
        if self.interval < timedelta(seconds=1):
            raise ValueError("Nothing can be due more often than once a second.")

    def latest(self, *, now: datetime) -> datetime:
        """Return the last due moment up to now."""
        return now.astimezone(UTC) - (now - BEGINNING) % self.interval


@dataclass(frozen=True)
class Daily:
    """Each day at a time of day: `Daily(at=time(8, 30))`."""

    at: time
    # What is new today was not due this morning.
    waits_for_the_first = True

    def latest(self, *, now: datetime) -> datetime:
        """Return the last due moment up to now."""
        return _latest(timezone.localdate(now), self.at, DAY, now)


@dataclass(frozen=True)
class Weekly:
    """Each week on a day at a time of day: `Weekly(SATURDAY, at=time(8, 30))`."""

    weekday: int
    at: time
    waits_for_the_first = True

    def __post_init__(self):
        if not MONDAY <= self.weekday <= SUNDAY:
            raise ValueError("A weekday is a number from 0, Monday, to 6, Sunday.")

    def latest(self, *, now: datetime) -> datetime:
        """Return the last due moment up to now."""
        today = timezone.localdate(now)
        return _latest(today - DAY * ((today.weekday() - self.weekday) % 7), self.at, 7 * DAY, now)


def _latest(day: date, at: time, step: timedelta, now: datetime) -> datetime:
    """Return the moment of that day, or of the one before where it is still to come."""
    moment = _moment(day, at)
    return moment if moment <= now else _moment(day - step, at)


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=timezone.get_default_timezone()).astimezone(UTC)
