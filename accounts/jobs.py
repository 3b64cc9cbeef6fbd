"""What accounts have to have done at its time: mail, the log, and sessions that are over."""

from datetime import datetime, time, timedelta

from django.core.management import call_command

from accounts.keeping import erase_old, log_failures
from accounts.letters import MailServerAway, send_owed
from clock.declared import Job, Unfinished
from clock.moments import Daily, Every


def send_mail(*, now: datetime) -> None:
    """Send what is owed. Raises Unfinished while the mail server is away."""
    try:
        sent, failed = send_owed(now=now)
    except MailServerAway as error:
        raise Unfinished(f"The mail server cannot be reached ({error}). Mail waits.") from error
    if failed and not sent:
        raise Unfinished(f"The mail server took none of {failed} mails. They wait.")


def clear(*, now: datetime) -> None:
    """Erase sessions that are over, and what was tried long ago."""
    call_command("clearsessions")
    erase_old(now=now)


JOBS = [
    Job("accounts.mail", "Mail to staff about their accounts", send_mail, Every(timedelta(minutes=1))),
    Job("accounts.failures", "Failed sign-ins into the log", log_failures, Every(timedelta(minutes=1))),
    Job("accounts.clear", "Clearing sessions that are over", clear, Daily(at=time(3, 45))),
]
