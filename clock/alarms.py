"""What staff have to know of: a scheduler that stands still, a job that fails again and again, and what rooms add."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import Error
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format

from clock.finding import all_alarms, all_jobs
from clock.models import JobRecord

STANDS_STILL = timedelta(minutes=10)
TOO_LONG = timedelta(hours=1)
TOO_OFTEN = 3
# A machine that is gone does not raise an alarm for ever.
GONE = timedelta(days=1)

logger = logging.getLogger(__name__)


def may_see(user) -> bool:
    """Tell whether somebody is told of alarms when signing in."""
    return user.has_perm("clock.view_jobrecord")


def raised_alarms(*, now: datetime) -> list[str]:
    """Return a sentence for each thing that is wrong. Raises django.db.Error while the database is away."""
    return [*_standing_still(now), *_of_jobs(now), *_of_rooms(now)]


def _standing_still(now: datetime) -> Iterator[str]:
    latest = JobRecord.objects.aggregate(Max("begun_at"))["begun_at__max"]
    what_follows = "Nothing is published at its time, and no mail goes out."
    if latest is None:
        yield f"The scheduler has not run yet. {what_follows}"
    elif latest < now - STANDS_STILL:
        when = date_format(timezone.localtime(latest), "j F Y, H:i")
        yield f"The scheduler has not run since {when}. {what_follows}"


def _of_jobs(now: datetime) -> Iterator[str]:
    titles = {job.name: job.title for job in all_jobs()}
    for record in JobRecord.objects.in_trouble(since=now - TOO_LONG, failures=TOO_OFTEN, now=now).order_by("name"):
        title = titles.get(record.name)
        if title is None or (record.machine and record.begun_at < now - GONE):
            continue
        where = f" on {record.machine}" if record.machine else ""
        if record.failures >= TOO_OFTEN:
            yield f"“{title}”{where} has failed {record.failures} times in a row. {record.fault}"
        else:
            yield f"“{title}”{where} has been running for over an hour."


def _of_rooms(now: datetime) -> Iterator[str]:
    for alarm in all_alarms():
        try:
            sentence = alarm.raised(now=now)
        except Error:
            raise
        except Exception:
            # What cannot be asked must not look as if all were well.
            logger.exception("The alarm %s could not be asked.", alarm.name)
            sentence = f"The alarm {alarm.name} could not be asked; the log says why."
        if sentence:
            yield sentence
