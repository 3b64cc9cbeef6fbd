"""Deliveries that have been sent, without pages or mail."""

from datetime import timedelta

from alerts.models import Delivery, DeliveryState, Kind, Message, Rank
from tests.alerts.factories import subscriber_to


def a_digest(*, now, title="Daily digest") -> Message:
    """Return a digest, which needs no page."""
    values = {"title": title, "begins_at": now - timedelta(days=1), "release_at": now, "spread_at": now}
    return Message.objects.get_or_create(kind=Kind.DIGEST, frequency="daily", moment=now, defaults=values)[0]


def delivery_to(subscriber, *, now, state=DeliveryState.SENT, message=None) -> Delivery:
    """Make a delivery to somebody."""
    return Delivery.objects.create(
        message=message or a_digest(now=now),
        subscriber=subscriber,
        rank=Rank.DIGEST,
        state=state,
        made_at=now,
        not_before=now,
        done_at=None if state == DeliveryState.WAITING else now,
    )


def sent_to(address, *, now) -> Delivery:
    """Let somebody have been sent a digest."""
    return delivery_to(subscriber_to({"library": "daily"}, address=address, since=now - timedelta(days=9)), now=now)
