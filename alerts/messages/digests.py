"""Digests: what has happened since the last one, to each person what they chose and have not been told yet.

What somebody has been told is never guessed from what they chose: it stands in the rows of their deliveries. So it does
not matter in which order people change how often they hear of things, nor whether a digest is made late or twice.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction

from alerts.messages.spreading import spread_due
from alerts.messages.times import due_before, last_due
from alerts.models import (
    Contents,
    Delivery,
    DeliveryState,
    Frequency,
    Kind,
    Message,
    MessageTopic,
    Rank,
    State,
    Subscriber,
    Subscription,
)
from pages.models import BasePage

# Subscribers that are looked at together; in one transaction, so that others can write in between.
TOGETHER = 2_000
# A message that was spread while the last digest was being made might be missed without this.
OVERLAP = timedelta(hours=1)
# Who has changed how often they hear of something is told what lies between the two.
LOOK_BACK = timedelta(days=8)
# Made while the clock was wrong. One that was put back by less has made it all the same.
TOO_FAR_AHEAD = timedelta(hours=1)
TITLES = {Frequency.DAILY: "Daily digest", Frequency.WEEKLY: "Weekly digest"}


def make_digest(frequency: str, *, now: datetime) -> int:
    """Write the deliveries of the digest that was due last, and return how many; 0 where that has been done.

    After some days in which nothing ran it is one digest of all of them. Killed half-way, it goes on from there.
    """
    end = last_due(frequency, now=now)
    _date_back(frequency, end, now=now)
    if Message.objects.digests(frequency).filter(moment__gte=end, spread_at__isnull=False).exists():
        return 0
    spread_due(now=now)
    written = write_deliveries(_digest_of(frequency, end), now=now)
    # With one that was killed half-way and is too late now: who had not been reached is told by this one.
    Message.objects.digests(frequency).filter(moment__lte=end, spread_at=None).update(spread_at=now)
    return written


def _date_back(frequency: str, end: datetime, *, now: datetime) -> None:
    """Let digests that were made while the clock was ahead not keep others from being made until that day.

    What they told is in the rows of their deliveries; so the next may look at the same time again.
    """
    ahead = list(Message.objects.digests(frequency).filter(moment__gt=now + TOO_FAR_AHEAD))
    for number, digest in enumerate(ahead, start=1):
        digest.moment = end - timedelta(microseconds=number)
        digest.spread_at = digest.begins_at = min([due_before(frequency, end), *(each.begins_at for each in ahead)])
        digest.save(update_fields=["moment", "begins_at", "spread_at"])


def write_deliveries(digest: Message, *, now: datetime) -> int:
    """Write those deliveries of a digest that are not written yet, some thousand at a time, and return how many."""
    making = Making(digest, now=now)
    written = 0
    while (done := making.next_people()) is not None:
        written += done
    return written


def _digest_of(frequency: str, end: datetime) -> Message:
    before = Message.objects.digests(frequency).filter(moment__lt=end, spread_at__isnull=False).first()
    begins_at = before.spread_at if before else due_before(frequency, end)
    values = {"title": f"{TITLES[frequency]} of {end:%d/%m/%Y}", "begins_at": begins_at, "release_at": end}
    digest, _ = Message.objects.get_or_create(kind=Kind.DIGEST, frequency=frequency, moment=end, defaults=values)
    return digest


@dataclass
class Making:
    """One run over all subscribers, some thousand at a time."""

    digest: Message
    now: datetime
    # {topic: [(when it happened, when it was spread, key of the message)]}
    by_topic: dict = field(init=False)
    # {key of contents: keys of the messages in it}, of this digest and of those before.
    known_contents: dict = field(default_factory=dict)
    own_contents: dict = field(default_factory=dict)

    def __post_init__(self):
        self.reaches_back_to = min(self.digest.begins_at, self.now - LOOK_BACK) - OVERLAP
        self.by_topic = self._what_happened()

    def next_people(self) -> int | None:
        """Write the deliveries of the next subscribers, and how far that has come; None when there are no more."""
        with transaction.atomic():
            digest = Message.objects.select_for_update().get(pk=self.digest.pk)
            people = Subscriber.objects.filter(pk__gt=digest.reached, state=State.ACTIVE).order_by("pk")
            keys = list(people.values_list("pk", flat=True)[:TOGETHER])
            if not keys or not self.by_topic:
                return None
            written = self._write(self._told_to(keys[0], keys[-1]))
            Message.objects.filter(pk=digest.pk).update(reached=keys[-1])
        return written

    def _what_happened(self) -> dict:
        told = Message.objects.exclude(kind=Kind.DIGEST).filter(
            not_told="", spread_at__gt=self.reaches_back_to, spread_at__lte=self.now
        )
        gone = told.exclude(kind=Kind.WITHDRAWAL).exclude(page__in=BasePage.objects.visible())
        rows = MessageTopic.objects.filter(message__in=told).exclude(message__in=gone)
        found = defaultdict(list)
        for topic, *happened in rows.values_list("topic", "message__moment", "message__spread_at", "message_id"):
            found[topic].append(tuple(happened))
        return found

    def _told_to(self, first: int, last: int) -> dict[int, frozenset[int]]:
        """Return {subscriber: keys of what they are to be told}, without those who are told nothing."""
        chosen = self._subscriptions().filter(subscriber_id__gte=first, subscriber_id__lte=last)
        wanted = defaultdict(set)
        rows = chosen.values_list("subscriber_id", "topic", "frequency", "since", "consent__given_at")
        for subscriber, topic, frequency, since, changed_at in rows:
            recently = changed_at >= self.digest.begins_at - OVERLAP
            if frequency == self.digest.frequency or recently:
                begins_at = self.reaches_back_to if recently else self.digest.begins_at - OVERLAP
                wanted[subscriber].update(
                    key for moment, spread_at, key in self.by_topic[topic] if since <= moment and spread_at > begins_at
                )
        told = self._told_already(first, last) if wanted else {}
        left = {subscriber: frozenset(keys - told.get(subscriber, set())) for subscriber, keys in wanted.items()}
        return {subscriber: keys for subscriber, keys in left.items() if keys}

    def _subscriptions(self):
        """Return what this digest looks at: in the daily one also what is told at once since lately."""
        frequencies = [self.digest.frequency]
        if self.digest.frequency == Frequency.DAILY:
            frequencies.append(Frequency.AT_ONCE)
        return Subscription.objects.filter(
            topic__in=list(self.by_topic), frequency__in=frequencies, subscriber__state=State.ACTIVE
        )

    def _told_already(self, first: int, last: int) -> dict[int, set[int]]:
        """Return {subscriber: keys of messages that they have been told, or that are on their way}."""
        rows = Delivery.objects.filter(
            subscriber_id__gte=first, subscriber_id__lte=last, made_at__gt=self.reaches_back_to
        )
        rows = rows.exclude(state=DeliveryState.DROPPED).values_list("subscriber_id", "message_id", "contents_id")
        found = defaultdict(set)
        deliveries = list(rows)
        self._get_to_know({contents for _, _, contents in deliveries if contents})
        for subscriber, message, contents in deliveries:
            found[subscriber].add(message)
            found[subscriber] |= self.known_contents.get(contents, frozenset())
        return found

    def _get_to_know(self, contents: set[int]):
        unknown = contents - self.known_contents.keys()
        through = Contents.messages.through.objects.filter(contents_id__in=unknown)
        found = defaultdict(set)
        for key, message in through.values_list("contents_id", "message_id"):
            found[key].add(message)
        self.known_contents |= {key: frozenset(found[key]) for key in unknown}

    def _write(self, told: dict[int, frozenset[int]]) -> int:
        for keys in set(told.values()) - self.own_contents.keys():
            self.own_contents[keys] = self._contents_of(keys)
        rows = [
            Delivery(
                message_id=self.digest.pk,
                subscriber_id=subscriber,
                contents_id=self.own_contents[keys],
                rank=Rank.AT_ONCE if self.digest.frequency == Frequency.AT_ONCE else Rank.DIGEST,
                made_at=self.now,
                not_before=self.now,
            )
            for subscriber, keys in told.items()
        ]
        # Of two that make the same digest at once, each person gets the rows of one.
        Delivery.objects.bulk_create(rows, ignore_conflicts=True)
        return len(rows)

    def _contents_of(self, keys: frozenset[int]) -> int:
        """Return the key of the row for these contents, made where there is none."""
        fingerprint = sha256(",".join(map(str, sorted(keys))).encode()).hexdigest()[:40]
        contents, is_new = Contents.objects.get_or_create(digest=self.digest, fingerprint=fingerprint)
        if is_new:
            contents.messages.set(keys)
        return contents.pk
