"""Sending an update at once to those, too, who hear of things once a day or a week: somebody who may says so."""

from datetime import datetime, timedelta

from django.db import transaction
from wagtail.log_actions import log

from alerts.messages.held_back import why_not_told
from alerts.models import Kind, Message
from pages.models import BasePage
from updates.models import Edition, Significance

LOG_ACTION = "alerts.urgent"
# What is older has reached everybody by their digests, and is no news.
NEWS_FOR = timedelta(days=14)


class NotUrgent(Exception):
    """It cannot be sent as urgent; the words are a sentence for staff."""


def urgent_message(page: BasePage, *, now: datetime) -> Message:
    """Return what would be sent as urgent of a page: the message of its edition in force. Raises NotUrgent."""
    if page.withdrawn_as:
        raise NotUrgent("This page is withdrawn. Publish it again first.")
    edition = Edition.objects.current().filter(page=page.pk).first()
    if edition is None:
        raise NotUrgent("This page has never been published, or was taken down.")
    if not BasePage.objects.visible().filter(pk=page.pk).exists():
        raise NotUrgent("Readers may not see this page, so nobody can be told of it.")
    if edition.significance != Significance.MAJOR:
        raise NotUrgent("The latest edition is a minor one, of which nobody is told.")
    if edition.in_force_from < now - NEWS_FOR:
        raise NotUrgent("The latest edition is more than 14 days old.")
    return _message_of(edition)


def _message_of(edition: Edition) -> Message:
    message = Message.objects.filter(edition=edition).select_related("page", "edition").first()
    if message is None:
        raise NotUrgent("Nobody is told of the latest edition by itself.")
    if message.kind == Kind.ISSUE:
        raise NotUrgent("A bulletin is sent to its subscribers from its own screen.")
    if message.urgent_at:
        raise NotUrgent("The latest edition has been sent as urgent already.")
    if reason := why_not_told(message):
        raise NotUrgent(reason)
    return message


def send_as_urgent(page: BasePage, *, user, now: datetime) -> Message:
    """Mark the edition in force as urgent, once; a worker writes to all who have not been told. Raises NotUrgent."""
    with transaction.atomic():
        message = urgent_message(page, now=now)
        # Of two who press at once, one finds it marked.
        if not Message.objects.filter(pk=message.pk, urgent_at=None).update(urgent_at=now, urgent_by=user):
            raise NotUrgent("The latest edition has been sent as urgent already.")
        log(message, LOG_ACTION, user=user)
    message.refresh_from_db()
    return message
