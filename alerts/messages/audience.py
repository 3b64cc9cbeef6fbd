"""Who hears of a message: asked when its deliveries are written, and by staff before they send something."""

from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q

from alerts.models import Delivery, DeliveryState, Frequency, Message, State, Subscription
from alerts.topics import topics_for


def those_at_once(message: Message, keys: list[str]):
    """Return the subscriptions of those who hear of it at once. `keys`: of the topics that it goes by."""
    return _subscriptions(keys, moment=message.moment).filter(frequency=Frequency.AT_ONCE)


def not_told_by_digests(message: Message, keys: list[str]):
    """Return the subscriptions of all who hear of it, however often, but for those whom a digest tells or has told."""
    told = Delivery.objects.filter(contents__messages=message, subscriber=OuterRef("subscriber"))
    told = told.exclude(state=DeliveryState.DROPPED)
    return _subscriptions(keys, moment=message.moment).exclude(Exists(told))


def reached_if_urgent(message: Message) -> int:
    """Return how many people would get a message in addition if it were urgent. One query, and those for its topics."""
    keys = list(message.topics.values_list("topic", flat=True)) or _keys_for(message.page.specific)
    has_it = message.deliveries.filter(subscriber=OuterRef("subscriber"))
    more = not_told_by_digests(message, keys).exclude(Exists(has_it))
    if message.spread_at is None:
        # They get it anyway.
        more = more.exclude(subscriber__in=those_at_once(message, keys).values("subscriber"))
    return more.aggregate(people=Count("subscriber", distinct=True))["people"]


def will_hear(page, *, moment: datetime) -> tuple[int, int]:
    """Return how many hear of what a page tells at a moment: at once, and with a digest. One query, and the topics."""
    at_once = Count("subscriber", distinct=True, filter=Q(frequency=Frequency.AT_ONCE))
    chosen = _subscriptions(_keys_for(page), moment=moment)
    found = chosen.aggregate(people=Count("subscriber", distinct=True), at_once=at_once)
    return found["at_once"], found["people"] - found["at_once"]


def _subscriptions(keys: list[str], *, moment: datetime):
    """Return the subscriptions of those who get alerts, and had chosen one of these topics when it happened."""
    return Subscription.objects.filter(topic__in=keys, since__lte=moment, subscriber__state=State.ACTIVE)


def _keys_for(page) -> list[str]:
    return [topic.key for topic in topics_for(page)]
