"""One run over all subscribers, in which the deliveries of a digest are written.

What somebody has been told is never guessed from what they chose: it stands in the rows of their deliveries. So it does
not matter in which order people change how often they hear of things, nor whether a digest is made late or twice.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import groupby
from operator import itemgetter

from django.db import transaction

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


@dataclass
class Making:
    """One run over all subscribers, some thousand at a time."""

    digest: Message
    now: datetime
    # {topic: [(when it happened, when it was spread, key of the message)]}
    by_topic: dict = field(init=False)
    first_moment: datetime = field(init=False)
    # {(topic, from when on): keys} for all who had chosen it before anything happened.
    all_wanted: dict = field(default_factory=dict)
    # {key of contents: keys of the messages in it}, of this digest and of those before.
    known_contents: dict = field(default_factory=dict)
    own_contents: dict = field(default_factory=dict)

    def __post_init__(self):
        self.reaches_back_to = min(self.digest.begins_at, self.now - LOOK_BACK) - OVERLAP
        self.by_topic = self._what_happened()
        self.first_moment = min(
            (moment for of_one in self.by_topic.values() for moment, *_ in of_one), default=self.now
        )

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
        """Return {subscriber: keys of what they are to be told}, without those who are told nothing.

        Those who are told the same share one set: after an import there are thousands of keys in it.
        """
        chosen = self._subscriptions().filter(subscriber_id__gte=first, subscriber_id__lte=last)
        rows = chosen.values_list("subscriber_id", "topic", "frequency", "since", "consent__given_at")
        rows = list(rows.order_by("subscriber_id"))
        told = self._told_already(first, last) if rows else {}
        found, same = {}, {}
        for subscriber, of_one in groupby(rows, key=itemgetter(0)):
            keys = frozenset().union(*(self._wanted(*row[1:]) for row in of_one)).difference(*told.get(subscriber, ()))
            if keys:
                found[subscriber] = same.setdefault(keys, keys)
        return found

    def _wanted(self, topic: str, frequency: str, since: datetime, changed_at: datetime) -> frozenset[int]:
        """Return the keys of what a subscription asks to be told; most have asked for all that happened."""
        recently = changed_at >= self.digest.begins_at - OVERLAP
        if frequency != self.digest.frequency and not recently:
            return frozenset()
        begins_at = self.reaches_back_to if recently else self.digest.begins_at - OVERLAP
        if since > self.first_moment:
            return self._happened(topic, since=since, begins_at=begins_at)
        if (topic, begins_at) not in self.all_wanted:
            self.all_wanted[topic, begins_at] = self._happened(topic, since=since, begins_at=begins_at)
        return self.all_wanted[topic, begins_at]

    def _happened(self, topic: str, *, since: datetime, begins_at: datetime) -> frozenset[int]:
        return frozenset(
            key for moment, spread_at, key in self.by_topic[topic] if since <= moment and spread_at > begins_at
        )

    def _subscriptions(self):
        """Return what this digest looks at: in the daily one also what is told at once since lately."""
        frequencies = [self.digest.frequency]
        if self.digest.frequency == Frequency.DAILY:
            frequencies.append(Frequency.AT_ONCE)
        return Subscription.objects.filter(
            topic__in=list(self.by_topic), frequency__in=frequencies, subscriber__state=State.ACTIVE
        )

    def _told_already(self, first: int, last: int) -> dict[int, list[frozenset[int]]]:
        """Return {subscriber: sets of keys of messages that they have been told, or that are on their way}."""
        rows = Delivery.objects.filter(
            subscriber_id__gte=first, subscriber_id__lte=last, made_at__gt=self.reaches_back_to
        )
        rows = rows.exclude(state=DeliveryState.DROPPED).values_list("subscriber_id", "message_id", "contents_id")
        found = defaultdict(list)
        deliveries = list(rows)
        self._get_to_know({contents for _, _, contents in deliveries if contents})
        for subscriber, message, contents in deliveries:
            found[subscriber] += [frozenset([message]), self.known_contents.get(contents, frozenset())]
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
