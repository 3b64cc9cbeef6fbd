"""What enquiries have to have done at its time: their mail, and erasing."""

from datetime import datetime, time, timedelta

from clock.declared import Job
from clock.moments import Daily, Every
from enquiries.letters import send_or_wait
from enquiries.mail import send_owed
from enquiries.services import erase_old
from enquiries.taking import erase_files_without_news
from enquiries.usefulness import erase_old_answers


def send_mail(*, now: datetime) -> None:
    """Send what is owed. Raises Unfinished while the mail server is away."""
    send_or_wait(send_owed, now=now)


def erase(*, now: datetime) -> None:
    """Erase what has been kept for long enough."""
    erase_old(now=now)
    erase_old_answers(now=now)
    erase_files_without_news(now=now)


JOBS = [
    Job("enquiries.mail", "Mail about what people sent in", send_mail, Every(timedelta(minutes=1))),
    Job("enquiries.erase", "Erasing old enquiries", erase, Daily(at=time(3, 15))),
]
