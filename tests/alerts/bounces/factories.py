"""Messages and deliveries as rows, without any mail."""

from datetime import timedelta

from alerts.models import Delivery, DeliveryState, Kind, Message, Rank
from tests.alerts.factories import add_a_chapter, subscriber_to


def a_digest(*, now, title="Daily digest") -> Message:
    """Return a digest, which needs no page."""
    values = {"title": title, "begins_at": now - timedelta(days=1), "release_at": now, "spread_at": now}
    return Message.objects.get_or_create(kind=Kind.DIGEST, frequency="daily", moment=now, defaults=values)[0]


def an_update(*, now, kind=Kind.UPDATE, **values) -> Message:
    """Return a message about the edition of a chapter, which is made for it."""
    page = add_a_chapter()
    edition = page.editions.get()
    Message.objects.filter(edition=edition).delete()
    values = {"spread_at": now, "release_at": now, **values}
    return Message.objects.create(kind=kind, edition=edition, page=page, title=page.title, moment=now, **values)


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
