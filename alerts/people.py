"""What staff do for one person who asks: give them all that is stored, erase it, or stop all mail."""

from datetime import datetime

from django.db import transaction
from wagtail.log_actions import log

from alerts import services
from alerts.models import Delivery, LinkRequest, State, Subscriber


def export(subscriber: Subscriber, *, user) -> dict:
    """Return everything that is stored about a subscriber, for JSON; that it was taken out is logged."""
    log(subscriber, "alerts.export", user=user)
    return {
        "address": subscriber.address,
        "address_is_compared_as": subscriber.address_key,
        "state": subscriber.get_state_display(),
        "state_since": subscriber.since,
        "left_at": subscriber.left_at,
        "left_because": subscriber.get_left_because_display() if subscriber.state == State.LEFT else "",
        "identifier_in_links": subscriber.public_id,
        "alerts": list(subscriber.subscriptions.values("topic", "frequency", "since")),
        "consents": list(subscriber.consents.values("words", "choices", "given_at")),
        "links_asked_for": list(
            _requests(subscriber).values("address", "choices", "asked_at", "sent_at", "refused_at", "confirmed_at")
        ),
        "mails": [_mail(row) for row in subscriber.deliveries.select_related("message")],
    }


def erase(subscriber: Subscriber, *, user) -> None:
    """Erase everything about a subscriber. The log keeps who did it and when, and nothing of the person."""
    with transaction.atomic():
        # Whoever is writing to them, or letting them leave, is waited for.
        Subscriber.objects.select_for_update().filter(pk=subscriber.pk).first()
        log(subscriber, "alerts.erase", user=user, deleted=True)
        _requests(subscriber).delete()
        subscriber.delete()


def stop(subscriber: Subscriber, *, user, now: datetime) -> None:
    """Never write to a person again who complained to the office."""
    with transaction.atomic():
        services.stop(subscriber, now=now)
        log(subscriber, "alerts.stop", user=user)


def _mail(delivery: Delivery) -> dict:
    """Return what is stored about a mail to them."""
    return {
        "title": delivery.message.title,
        "kind": delivery.message.get_kind_display(),
        "made_at": delivery.made_at,
        "done_at": delivery.done_at,
        "state": delivery.get_state_display(),
        "reason": delivery.reason,
    }


def _requests(subscriber: Subscriber):
    """Return what was asked for with the address, also what no mail has been decided on yet."""
    return LinkRequest.objects.filter(address_key=subscriber.address_key)
