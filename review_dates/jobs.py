"""What review dates have to have done at their time."""

from datetime import datetime, time

from clock.declared import Job
from clock.moments import Daily
from enquiries.letters import send_or_wait
from review_dates.reminding import remind


def send_reminders(*, now: datetime) -> None:
    """Remind people of reviews. Raises Unfinished while the mail server is away."""
    send_or_wait(remind, now=now)


JOBS = [Job("review_dates.reminders", "Reminding people of reviews", send_reminders, Daily(at=time(7, 15)))]
