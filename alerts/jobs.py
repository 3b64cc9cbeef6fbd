"""What alerts have to have done at its time: links by mail, digests, and erasing. Workers send: `send_deliveries`."""

from datetime import datetime, time, timedelta

from alerts.alarms import what_waits
from alerts.mail import send_owed
from alerts.messages.digests import make_digest
from alerts.messages.times import DUE
from alerts.models import Frequency
from alerts.services import erase_old
from clock.declared import Alarm, Job
from clock.moments import Daily, Every
from enquiries.letters import send_or_wait


def send_links(*, now: datetime) -> None:
    """Send the links that people asked for. Raises Unfinished while the mail server is away."""
    send_or_wait(send_owed, now=now)


def make_daily_digest(*, now: datetime) -> None:
    """Make the digest that was due last, unless that is done."""
    make_digest(Frequency.DAILY, now=now)


def make_weekly_digest(*, now: datetime) -> None:
    """Make the digest that was due last, unless that is done."""
    make_digest(Frequency.WEEKLY, now=now)


JOBS = [
    Job("alerts.links", "Mail with links to confirm and change alerts", send_links, Every(timedelta(minutes=1))),
    Job("alerts.daily", "The daily digest", make_daily_digest, DUE[Frequency.DAILY]),
    Job("alerts.weekly", "The weekly digest", make_weekly_digest, DUE[Frequency.WEEKLY]),
    Job("alerts.erase", "Erasing addresses that alerts do not need", erase_old, Daily(at=time(3, 30))),
]
ALARMS = [Alarm("alerts.waiting", what_waits)]
