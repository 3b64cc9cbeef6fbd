"""What staff do for one person who asks: give them all that is stored, erase it, or stop all mail."""

from datetime import datetime

from django.db import transaction
from wagtail.log_actions import log

from alerts import services
from alerts.models import LinkRequest, Subscriber


def export(subscriber: Subscriber, *, user) -> dict:
    """Return everything that is stored about a subscriber, for JSON; that it was taken out is logged."""
    log(subscriber, "alerts.export", user=user)
    return {
        "address": subscriber.address,
        "address_is_compared_as": subscriber.address_key,
        "state": subscriber.get_state_display(),
        "state_since": subscriber.since,
        "left_at": subscriber.left_at,
        "identifier_in_links": subscriber.public_id,
        "alerts": list(subscriber.subscriptions.values("topic", "frequency", "since")),
        "consents": list(subscriber.consents.values("words", "choices", "given_at")),
        "links_asked_for": list(
            _requests(subscriber).values("address", "choices", "asked_at", "sent_at", "refused_at", "confirmed_at")
        ),
    }


def erase(subscriber: Subscriber, *, user) -> None:
    """Erase everything about a subscriber. The log keeps who did it and when, and nothing of the person."""
    with transaction.atomic():
        log(subscriber, "alerts.erase", user=user, deleted=True)
        _requests(subscriber).delete()
        subscriber.delete()


def stop(subscriber: Subscriber, *, user, now: datetime) -> None:
    """Never write to a person again who complained to the office."""
    with transaction.atomic():
        services.stop(subscriber, now=now)
        log(subscriber, "alerts.stop", user=user)


def _requests(subscriber: Subscriber):
    """Return what was asked for with the address, also what no mail has been decided on yet."""
    return LinkRequest.objects.filter(address_key=subscriber.address_key)
