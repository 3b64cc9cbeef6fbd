"""Sending an issue of the bulletin to its subscribers: now or at a time, once, by somebody who may."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from wagtail.log_actions import log

from alerts.messages.held_back import why_not_told
from alerts.models import Delivery, Kind, Message
from bulletins.models import BulletinPage
from pages.querysets import of_visible_pages
from updates.models import Edition

LOG_SEND, LOG_CANCEL = "alerts.send_issue", "alerts.cancel_issue"
FURTHEST = timedelta(days=92)
REMINDED_FOR = timedelta(days=92)


class CannotSend(Exception):
    """The issue cannot be sent, or its schedule cannot be cancelled; the words are a sentence for staff."""


def issue_message(issue: BulletinPage) -> Message | None:
    """Return the message by which an issue is sent; None where it was published before there were alerts."""
    messages = Message.objects.filter(kind=Kind.ISSUE, page=issue.pk)
    return messages.select_related("edition", "released_by").first()


def send_issue(issue: BulletinPage, *, at: datetime, user, now: datetime) -> Message:
    """Let an issue go out at a moment, now or later. Raises CannotSend; then nothing is changed.

    Whoever has chosen bulletins by that moment gets it. What goes out is the issue as it is public then.
    """
    if at < now or at > now + FURTHEST:
        raise CannotSend(f"Choose a time that is to come, within the next {FURTHEST.days} days.")
    with transaction.atomic():
        message = _message_to_send(issue)
        # Of two who press at once, one finds it released.
        values = {"release_at": at, "moment": at, "released_by": user, "spread_at": None, "not_told": ""}
        if not _sendable().filter(pk=message.pk).update(**values, edition=message.edition):
            raise CannotSend("This issue has been sent already, or is about to be.")
        log(message, LOG_SEND, user=user, data={"at": at.isoformat()})
    message.refresh_from_db()
    return message


def cancel(issue: BulletinPage, *, user) -> None:
    """Take back that an issue is to be sent, as long as nothing of it has gone out. Raises CannotSend."""
    with transaction.atomic():
        planned = Message.objects.filter(kind=Kind.ISSUE, page=issue.pk, spread_at=None, release_at__isnull=False)
        if not planned.update(release_at=None, released_by=None):
            raise CannotSend("Nothing was cancelled: this issue is being sent already, or was not to be sent.")
        log(issue_message(issue), LOG_CANCEL, user=user)


def not_sent_yet(*, now, today):
    """Return the public issues of the last quarter that nobody has sent, nor said when, the latest first.

    `now`, `today`: a time, or what stands for it in a prepared question.
    """
    released = Message.objects.filter(kind=Kind.ISSUE, release_at__isnull=False, page=OuterRef("pk"))
    public = BulletinPage.objects.filter(of_visible_pages(now=now))
    return public.filter(~Exists(released), issue_date__gte=today - REMINDED_FOR).newest_first()


def _sendable():
    """Return messages that nobody has sent; or that went to nobody, because the issue was not public just then."""
    deliveries = Delivery.objects.filter(message=OuterRef("pk"))
    went_to_nobody = Q(spread_at__isnull=False) & ~Q(not_told="") & ~Exists(deliveries)
    return Message.objects.filter(Q(release_at=None) | went_to_nobody, kind=Kind.ISSUE)


def _message_to_send(issue: BulletinPage) -> Message:
    """Return the message of an issue, about an edition that readers may be told of. Raises CannotSend."""
    if not BulletinPage.objects.visible().filter(pk=issue.pk).exists():
        raise CannotSend("Only an issue that is public can be sent.")
    message = issue_message(issue)
    if message is None:
        first = Edition.objects.filter(page=issue.pk).order_by("number").first()
        values = {"edition": first, "title": issue.title, "moment": first.in_force_from}
        message, _ = Message.objects.get_or_create(kind=Kind.ISSUE, page_id=issue.pk, defaults=values)
    if why_not_told(message):
        # It was taken down and published again: what goes out is the edition of now.
        message.edition = _current(issue)
    return message


def _current(issue: BulletinPage) -> Edition:
    edition = Edition.objects.current().filter(page=issue.pk, message=None).first()
    if edition is None:
        raise CannotSend("This issue was taken down and published again, and was told as an update then.")
    return edition
