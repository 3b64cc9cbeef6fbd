"""A mail that is only tried out: to the person who asks for it, and to nobody else."""

import logging
from datetime import datetime
from smtplib import SMTPException, SMTPRecipientsRefused

from django.core.mail import EmailMultiAlternatives
from rest_framework.throttling import SimpleRateThrottle

from bulletins.mailing.message import Personal
from bulletins.mailing.rendering import render_issue
from bulletins.models import BulletinPage

logger = logging.getLogger(__name__)

TEST = "This is a test, sent to you alone."
TEST_OF_A_DRAFT = "This is a test of a draft, sent to you alone. It is not public: do not pass it on."
WHY = "You get this because you asked for a test. Each reader will find here how to change or stop these mails."


class NoAddress(Exception):
    """The account has no e-mail address."""


class AddressRefused(Exception):
    """The mail server does not take mail for this address."""


class MailServerAway(Exception):
    """The mail server could not be reached, or did not take the mail."""


class TrialThrottle(SimpleRateThrottle):
    """Ten tests an hour for one person, whichever issue; counted in the cache."""

    rate = "10/hour"

    def get_cache_key(self, request, view):
        """Return the name under which the person is counted."""
        return f"bulletin-tests-{request.user.pk}"


def send_test(*, page: BulletinPage, is_draft: bool, user, now: datetime) -> str:
    """Send an issue to the person's own address and return that. Raises NoAddress, AddressRefused, MailServerAway."""
    if not user.email:
        raise NoAddress
    mail = render_issue(page=page, now=now, note=TEST_OF_A_DRAFT if is_draft else TEST)
    html, text = mail.addressed_to(Personal(why=WHY))
    message = EmailMultiAlternatives(
        subject=f"[Test] {'Draft: ' if is_draft else ''}{mail.subject}",
        body=text,
        to=[user.email],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        # No answer of a machine to the mail of a machine (RFC 3834).
        headers={"Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(html, "text/html")
    try:
        message.send()
    except SMTPRecipientsRefused as error:
        raise AddressRefused from error
    except (OSError, SMTPException) as error:
        logger.warning("A test of bulletin %s could not be sent (%s).", page.pk, type(error).__name__)
        raise MailServerAway from error
    return user.email
