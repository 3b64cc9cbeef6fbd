"""What shared drafts have to have done at its time: their mail, and erasing."""

from datetime import datetime, time, timedelta

from clock.declared import Job
from clock.moments import Daily, Every
from drafts.mail import send_owed
from drafts.services import erase_old
from enquiries.letters import send_or_wait


def send_mail(*, now: datetime) -> None:
    """Tell of comments. Raises Unfinished while the mail server is away."""
    send_or_wait(send_owed, now=now)


JOBS = [
    Job("drafts.mail", "Mail about comments on drafts", send_mail, Every(timedelta(minutes=1))),
    Job("drafts.erase", "Erasing links to drafts that ended long ago", erase_old, Daily(at=time(3, 45))),
]
