"""Very many subscribers at once, for drills and benchmarks."""

import random
from datetime import timedelta

from django.utils import timezone

from alerts.models import Consent, State, Subscriber, Subscription


def add_crowd(many: int, *, common, some=()) -> None:
    """Add so many subscribers at once, who long ago chose to hear at once of what is common, and of one of some."""
    chance, since = random.Random(17), timezone.now() - timedelta(days=100)
    for begin in range(0, many, 5_000):
        addresses = [f"person-{number}@agency.example" for number in range(begin, min(begin + 5_000, many))]
        people = Subscriber.objects.bulk_create(
            Subscriber(address=address, address_key=address, state=State.ACTIVE, since=since) for address in addresses
        )
        chosen = [dict.fromkeys([*common, *chance.sample(some, k=min(1, len(some)))], "at_once") for _ in people]
        consents = Consent.objects.bulk_create(
            Consent(subscriber=person, words="I agree.", choices=choices, given_at=since)
            for person, choices in zip(people, chosen, strict=True)
        )
        Subscription.objects.bulk_create(
            Subscription(subscriber_id=consent.subscriber_id, topic=topic, frequency=each, since=since, consent=consent)
            for consent in consents
            for topic, each in consent.choices.items()
        )
