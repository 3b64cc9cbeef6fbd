"""What is done when a mail came back, or somebody complained; safe to be done twice."""

import logging
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import transaction

from alerts import services
from alerts.addresses import NotAnAddress, read_address
from alerts.bounces.reading import Failure, Returned
from alerts.models import Delivery, DeliveryState, Subscriber
from alerts.posting.refusals import without_name

logger = logging.getLogger(__name__)

COMPLAINED = "They complained about it; they get no mail any more."
# Beyond these, and beyond a tenth of all, mailboxes that "do not exist" are a fault of a mail server.
FEW_A_DAY, ONE_IN = 50, 10
DAY = timedelta(days=1)


def note_returned(*, returned: Returned, now: datetime) -> None:
    """Do what a mail that was sent back asks for."""
    if returned.is_complaint:
        note_complaint(delivery=returned.delivery, now=now)
    for failure in returned.failures:
        note_failure(delivery=returned.delivery, failure=failure, now=now)


def note_failure(*, delivery: int, failure: Failure, now: datetime) -> None:
    """Write down that a delivery has failed, though it was sent; where there is no such mailbox, end the alerts.

    They end only for the mailbox that we wrote to: one that it passes mail on to may be one of many. And not for who
    has registered, or come back, since the mail was made.
    """
    with _delivery(delivery) as (row, subscriber):
        if row is None:
            return
        reason = without_name(failure.words, address=subscriber.address)
        rows = Delivery.objects.filter(pk=row.pk, state__in=[DeliveryState.WAITING, DeliveryState.SENT])
        rows.update(state=DeliveryState.FAILED, holder="", done_at=now, reason=reason)
        if not (failure.of_address and _is_of(subscriber, failure) and subscriber.since <= row.made_at):
            return
        if _too_many_end(now=now):
            logger.warning("Delivery %s came back; too many do to end the alerts: is the mail server right?", row.pk)
            return
        services.end_for_refusal(subscriber.pk, now=now)


def note_complaint(*, delivery: int, now: datetime) -> None:
    """Never write again to who complained about a delivery."""
    with _delivery(delivery) as (row, subscriber):
        if row is None:
            return
        services.stop(subscriber, now=now)
        Delivery.objects.filter(pk=row.pk).update(reason=COMPLAINED)


def note_leaving(*, delivery: int, now: datetime) -> None:
    """Stop the alerts of who told the provider of mail so; not of who has come back since that mail."""
    with _delivery(delivery) as (row, subscriber):
        if row is not None and subscriber.since <= row.made_at:
            services.leave(subscriber, now=now)


@contextmanager
def _delivery(pk: int):
    """Yield a delivery and its subscriber, who is locked; None for both where they have been erased."""
    with transaction.atomic():
        subscriber = Subscriber.objects.select_for_update(of=("self",)).filter(deliveries=pk).first()
        row = Delivery.objects.filter(pk=pk).first() if subscriber else None
        yield (row, subscriber) if row else (None, None)


def _is_of(subscriber: Subscriber, failure: Failure) -> bool:
    """Tell whether it was their own mailbox that failed."""
    for recipient in failure.recipients:
        try:
            if read_address(recipient).key == subscriber.address_key:
                return True
        except NotAnAddress:
            continue
    return False


def _too_many_end(*, now: datetime) -> bool:
    ended = Subscriber.objects.refused_since(now - DAY).count()
    # No more are counted than needed: of a hundred thousand that took longer than all the rest.
    return ended >= FEW_A_DAY and Subscriber.objects.active().order_by()[: ended * ONE_IN].count() < ended * ONE_IN
