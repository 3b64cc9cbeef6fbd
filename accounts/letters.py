"""Mail to staff about their accounts. No request sends any: it writes down what is owed, and a job sends it.

So the answer to "I have forgotten my password" is the same, and takes as long, for every address that somebody types:
whose it is, is looked up here. An address gets at most three such links an hour, however often it is asked for.
"""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.utils.module_loading import import_string

from accounts import links
from accounts.models import Letter, User

MOST_RESETS = 3
RESETS_WITHIN = timedelta(hours=1)
TAKEN_FOR = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(hours=1)

logger = logging.getLogger(__name__)


class MailServerAway(Exception):
    """No connection to the mail server; everything stays owed."""


def write_invitation(user: User, *, by: User | None, now: datetime) -> None:
    """Owe somebody the link with which they choose their password; an older one that still waits is not sent."""
    Letter.objects.filter(kind=Letter.Kind.INVITATION, user=user, sent_at=None).delete()
    details = {"by": str(by) if by else ""}
    Letter.objects.create(kind=Letter.Kind.INVITATION, user=user, details=details, asked_at=now)


def write_reset(address: str, *, now: datetime) -> None:
    """Owe an address the link to choose a new password, if it turns out to be somebody's."""
    Letter.objects.create(kind=Letter.Kind.RESET, address=address.strip()[:254], asked_at=now)


def write_notice(user: User, *, of: str, now: datetime, to: str = "", **details: str) -> None:
    """Owe somebody word of a change to their account: `of` is a key of `NOTICES`; `to`: another address than theirs."""
    Letter.objects.create(kind=Letter.Kind.NOTICE, user=user, address=to, details={"of": of, **details}, asked_at=now)


# What the person is told of: the subject, and the sentence of it.
NOTICES = {
    "password": ("Your password was changed", "The password of your account was changed."),
    "added": ("A second factor was added to your account", "A second factor was added: {what}."),
    "removed": (
        "A second factor was removed from your account",
        "A second factor was removed: {what}.",
    ),
    "codes": (
        "You have new recovery codes",
        "New recovery codes were made. The old ones open nothing any more.",
    ),
    "code used": ("A recovery code was used", "Somebody signed in to your account with one of your recovery codes."),
    "reset": (
        "Your second factor was removed by {by}",
        "{by} removed the second factor of your account, so that you can set up a new one. "
        "You were signed out everywhere. Sign in with your password to set it up.",
    ),
    "address": (
        "The e-mail address of your account was changed",
        "{by} changed the e-mail address of your account from {before} to {after}. You sign in with the new one, and "
        "mail about your account goes there.",
    ),
    "address left": (
        "The e-mail address of your account was changed",
        "{by} changed the e-mail address of your account from {before} to {after}. You sign in with the new one. This "
        "is the last mail to the old one.",
    ),
    "provider": ("A new way to sign in to your account", "Your account can now be signed in to with {what}."),
}


def send_owed(*, now: datetime) -> tuple[int, int]:
    """Send every mail that is owed; return how many went and how many failed. Raises MailServerAway."""
    owing = list(Letter.objects.owing(now=now).values_list("pk", flat=True))
    if not owing:
        return 0, 0
    connection = get_connection()
    try:
        connection.open()
    except (OSError, SMTPException) as error:
        raise MailServerAway(type(error).__name__) from error
    try:
        results = [_send(pk, connection=connection, now=now) for pk in owing]
    finally:
        connection.close()
    return results.count("sent"), results.count("failed")


def _send(pk: int, *, connection, now: datetime) -> str:
    """Take a letter and send it; return "sent", "failed", or "" where none is to go out."""
    if not Letter.objects.owing(now=now).filter(pk=pk).order_by().update(not_before=now + TAKEN_FOR):
        return ""  # Somebody else has it.
    letter = Letter.objects.select_related("user").get(pk=pk)
    if letter.kind == Letter.Kind.RESET:
        letter.user = User.objects.filter(email__iexact=letter.address, is_active=True).first()
    if not _may_go_out(letter, now=now):
        letter.delete()
        return ""
    try:
        _mail(letter, connection=connection).send()
    except Exception as error:  # One that cannot be sent must not keep all others waiting.
        logger.warning("A mail about an account could not be sent (%s).", type(error).__name__)
        pause = min(timedelta(minutes=2 ** min(letter.attempts, 6)), LONGEST_PAUSE)
        Letter.objects.filter(pk=pk).update(not_before=now + pause, attempts=min(letter.attempts + 1, 1000))
        return "failed"
    # The address that was typed is not kept: now it is known whose it is.
    Letter.objects.filter(pk=pk).update(sent_at=now, user=letter.user, address="")
    return "sent"


def _may_go_out(letter: Letter, *, now: datetime) -> bool:
    if letter.user is None or (not letter.user.is_active and letter.kind != Letter.Kind.NOTICE):
        return False
    if letter.kind == Letter.Kind.INVITATION:
        return letter.user.is_invited()
    if letter.kind == Letter.Kind.RESET:
        sent = Letter.objects.filter(kind=letter.kind, user=letter.user, sent_at__gt=now - RESETS_WITHIN)
        return sent.count() < MOST_RESETS
    return True


def _mail(letter: Letter, *, connection) -> EmailMultiAlternatives:
    """Return the mail, as text and HTML."""
    template, subject, facts = _what_it_says(letter)
    context = {"organisation": letterhead(), "site_url": settings.SITE_URL, "person": letter.user, **facts}
    mail = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=render_to_string(f"emails/accounts/{template}.txt", context).strip() + "\n",
        # A reset goes to the address as the account has it, never as it was typed.
        to=[(letter.kind == Letter.Kind.NOTICE and letter.address) or letter.user.email],
        # No answer of a machine to the mail of a machine (RFC 3834).
        headers={"Auto-Submitted": "auto-generated"},
        connection=connection,
    )
    mail.attach_alternative(render_to_string(f"emails/accounts/{template}.html", context), "text/html")
    return mail


def _what_it_says(letter: Letter) -> tuple[str, str, dict]:
    """Return template, subject and what the template is given beside the person."""
    if letter.kind == Letter.Kind.INVITATION:
        facts = {
            "link": links.link(letter.user, purpose=links.INVITATION),
            "days": links.INVITATION_DAYS,
            "by": letter.details["by"],
        }
        return "invitation", f"Your account at {letterhead().name}", facts
    if letter.kind == Letter.Kind.RESET:
        return "reset", "Choose a new password", {"link": links.link(letter.user, purpose=links.RESET)}
    subject, sentence = (words.format(**letter.details) for words in NOTICES[letter.details["of"]])
    facts = {"sentence": sentence, "at": letter.asked_at, "reason": letter.details.get("reason", "")}
    # To an address that is the account's no more no link can be sent.
    return "notice", subject, facts | {"is_theirs": not letter.address}


def letterhead():
    """Return who the board is, as mails name it; the room that knows is above this one, and named in the settings."""
    return import_string(settings.LETTERHEAD)()
