"""What mails to people without an account have in common: their look, their heads, and what happens when one fails."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from wagtail.models import Site

from clock.declared import Unfinished
from enquiries.models import EnquirySettings
from organisation.gather import gather

# Whoever sends the mails of a row takes it for so long.
TAKEN_FOR = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(hours=1)


class MailServerAway(Exception):
    """No connection to the mail server; everything stays owed."""


@contextmanager
def mail_server() -> Iterator:
    """Keep one connection open for many mails. Raises MailServerAway."""
    connection = get_connection()
    try:
        connection.open()
    except (OSError, SMTPException) as error:
        raise MailServerAway(type(error).__name__) from error
    try:
        yield connection
    finally:
        connection.close()


def send_or_wait(send_owed: Callable[..., tuple[int, int]], *, now: datetime) -> None:
    """Send what is owed, as a job. Raises Unfinished when everything waits for the mail server, or all of it failed.

    One mail that fails has its own pause, and says nothing of the others.
    """
    try:
        sent, failed = send_owed(now=now)
    except MailServerAway as error:
        raise Unfinished(f"The mail server cannot be reached ({error}). Mail waits.") from error
    if failed and not sent:
        raise Unfinished(f"The mail server took none of {failed} mails. They wait.")


def letter(*, templates: list[str], context: dict, subject: str, to: list[str], connection, headers=None):
    """Return a mail as text and HTML. `templates`: names below emails/ without their ending; the first there is."""
    reply_to = EnquirySettings.load().reply_to
    site = Site.objects.filter(is_default_site=True).first()
    context = context | {
        "organisation": gather(site),
        "site_url": settings.SITE_URL,
        "reply_to": reply_to or settings.DEFAULT_FROM_EMAIL,
    }
    names = [f"emails/{name}" for name in templates]
    message = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=render_to_string([f"{name}.txt" for name in names], context).strip() + "\n",
        to=to,
        reply_to=[reply_to] if reply_to else None,
        # No answer of a machine to the mail of a machine (RFC 3834).
        headers={"Auto-Submitted": "auto-generated", **(headers or {})},
        connection=connection,
    )
    message.attach_alternative(render_to_string([f"{name}.html" for name in names], context), "text/html")
    return message


def pause_after(attempts: int) -> timedelta:
    """Return how long to leave alone what failed so often before: one minute, two, four… an hour."""
    return min(timedelta(minutes=2 ** min(attempts, 6)), LONGEST_PAUSE)


def is_for_good(error: SMTPRecipientsRefused) -> bool:
    """Tell whether a mail server refuses an address for good (5xx), and not for a passing reason (4xx)."""
    return refusal_code(error) >= 500


def refusal_code(error: SMTPRecipientsRefused) -> int:
    """Return the code with which the mail server refused, the worst of several."""
    return max(code for code, _ in error.recipients.values())
