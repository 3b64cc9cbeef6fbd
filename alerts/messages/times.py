"""When digests are due: daily at 08:30, weekly on Saturday, as clocks in London show it.

Half past eight exists once on every day, also on those when clocks change (at one in the morning, universal time), so a
day is counted by the calendar and the time put on it; never by adding hours.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from alerts.models import Frequency

AT = time(8, 30)
SATURDAY = 5
DAYS_BETWEEN = {Frequency.DAILY: 1, Frequency.WEEKLY: 7}


def last_due(frequency: str, *, now: datetime) -> datetime:
    """Return the last moment, up to now, at which a digest was due."""
    zone = ZoneInfo(settings.TIME_ZONE)
    here = now.astimezone(zone)
    back = (here.weekday() - SATURDAY) % 7 if frequency == Frequency.WEEKLY else 0
    day = here.date() - timedelta(days=back)
    if datetime.combine(day, AT, zone) > now:
        day -= timedelta(days=DAYS_BETWEEN[frequency])
    return datetime.combine(day, AT, zone)


def due_before(frequency: str, moment: datetime) -> datetime:
    """Return the moment at which the digest before this one was due."""
    return last_due(frequency, now=moment - timedelta(hours=1))
