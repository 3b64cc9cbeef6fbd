"""Sending again what failed, because somebody who may says so.

A delivery that waits again counts as made now: it is tried for some days as any other, and nobody is alarmed at once.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from wagtail.log_actions import log

from alerts.models import Delivery, DeliveryState, Message, Subscriber

LOG_ACTION = "alerts.retry"


class HasLeft(Exception):
    """The subscriber has left since, or gets no mail at all; nobody is written to who does not want it."""


class HasNotFailed(Exception):
    """It waits, was sent, or was dropped: somebody else may have had it tried again a moment ago."""


@dataclass(frozen=True)
class Retried:
    """How many wait again, and how many do not because their subscriber has left."""

    waiting: int
    left: int


def retry(delivery: Delivery, *, user, now: datetime) -> None:
    """Let a failed delivery be tried again. Raises HasLeft, HasNotFailed; then nothing is changed."""
    with transaction.atomic():
        if _let_wait(Delivery.objects.filter(pk=delivery.pk), now=now):
            _write_down(delivery.message, how_many=1, user=user)
            return
    if Delivery.objects.failed().filter(pk=delivery.pk).exists():
        raise HasLeft
    raise HasNotFailed


def retry_all(message: Message, *, user, now: datetime) -> Retried:
    """Let everything of a message that failed be tried again, but for people who have left."""
    with transaction.atomic():
        waiting = _let_wait(message.deliveries.all(), now=now)
        left = message.deliveries.failed().count()
        if waiting:
            _write_down(message, how_many=waiting, user=user)
    return Retried(waiting=waiting, left=left)


def _let_wait(deliveries, *, now: datetime) -> int:
    # Asked of the row itself, not through a join: of two who do this at once, the second finds that it waits, or that
    # it has been sent meanwhile.
    failed = deliveries.failed().filter(subscriber__in=Subscriber.objects.active())
    waits = {"state": DeliveryState.WAITING, "attempts": 0, "reason": "", "done_at": None}
    return failed.update(**waits, holder="", made_at=now, not_before=now)


def _write_down(message: Message, *, how_many: int, user) -> None:
    # Nothing of the people: the log outlives them.
    log(message, LOG_ACTION, user=user, data={"deliveries": how_many})
