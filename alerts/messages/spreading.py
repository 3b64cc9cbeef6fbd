"""Finds out whom a message goes to, and writes a delivery for each of them, by one statement however many there are."""

import logging
from datetime import datetime, timedelta

from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.models import BigIntegerField, CharField, DateTimeField, SmallIntegerField, Value

from alerts.messages.audience import not_told_by_digests, those_at_once
from alerts.messages.held_back import why_not_told
from alerts.models import Delivery, DeliveryState, Kind, Message, MessageTopic, Rank, State, Subscription
from alerts.topics import topics_for

logger = logging.getLogger(__name__)

# At one time; a worker comes back at once for more.
MOST_AT_ONCE = 100
# More updates than this within the time are a burst: a manual was imported, or the holidays are over.
MOST_SINGLY, BURST_WITHIN = 10, timedelta(minutes=15)
RANKS = {Kind.UPDATE: Rank.AT_ONCE, Kind.WITHDRAWAL: Rank.AT_ONCE, Kind.ISSUE: Rank.ISSUE}


def spread_due(*, now: datetime) -> int:
    """Spread every message that is due; return how many deliveries were written. Safe for several workers at once."""
    due = Message.objects.to_be_spread(now=now)
    if is_burst(now=now):
        due = due.exclude(kind=Kind.UPDATE, urgent_at=None)
    return sum(_spread_or_leave(pk, now=now) for pk in list(due.values_list("pk", flat=True)[:MOST_AT_ONCE]))


def _spread_or_leave(pk: int, *, now: datetime) -> int:
    """Spread a message; one that cannot be must not keep all others waiting. Staff hear of it: see `alerts.alarms`."""
    try:
        return spread(pk, now=now)
    except (DatabaseError, InterfaceError):
        raise
    except Exception:
        logger.exception("Message %s could not be spread.", pk)
        return 0


def is_burst(*, now: datetime) -> bool:
    """Tell whether so much is published just now that it is told together (`alerts.messages.bursts`)."""
    updates = Message.objects.filter(kind=Kind.UPDATE)
    just_now = updates.filter(moment__gt=now - BURST_WITHIN, moment__lte=now)
    not_told = updates.filter(spread_at=None, release_at__lte=now)
    return (just_now | not_told).count() > MOST_SINGLY


def spread(pk: int, *, now: datetime) -> int:
    """Write the deliveries of one message, all or none, and return how many; 0 where another worker is at it."""
    with transaction.atomic():
        due = Message.objects.to_be_spread(now=now).filter(pk=pk)
        message = due.select_for_update(skip_locked=True, of=("self",)).first()
        if message is None:
            return 0
        if reason := why_not_told(message):
            _close(message, now=now, reason=reason)
            return 0
        keys = write_topics(message)
        written = 0
        if message.spread_at is None:
            written += _write(message, those_at_once(message, keys), now=now)
            if message.kind == Kind.WITHDRAWAL:
                written += _end_subscriptions(message, now=now)
        if message.urgent_at:
            written += _write_urgent(message, keys, now=now)
        _close(message, now=now)
        return written


def write_topics(message: Message) -> list[str]:
    """Return the keys of the topics that a message goes by; they are written down the first time."""
    keys = list(message.topics.values_list("topic", flat=True))
    if keys:
        return keys
    topics = topics_for(message.page.specific)
    MessageTopic.objects.bulk_create(
        MessageTopic(message=message, topic=topic.key, title=f"{topic.group}: {topic.title}"[:300]) for topic in topics
    )
    return [topic.key for topic in topics]


def _close(message: Message, *, now: datetime, reason: str = ""):
    """Write down that a message has been spread, and why it was not where that is so."""
    message.spread_at = message.spread_at or now
    message.urgent_spread_at = now if message.urgent_at else None
    message.not_told = reason
    message.save(update_fields=["spread_at", "urgent_spread_at", "not_told"])


def _write_urgent(message: Message, keys, *, now: datetime) -> int:
    """Write deliveries for those whom a digest has not told yet, and let those that wait go first."""
    message.deliveries.filter(state=DeliveryState.WAITING).update(rank=Rank.URGENT)
    return _write(message, not_told_by_digests(message, keys), now=now, rank=Rank.URGENT)


def _end_subscriptions(message: Message, *, now: datetime) -> int:
    """Tell those who had chosen the page itself, however often they hear of things, and end what they had chosen."""
    page = message.page.specific
    if not hasattr(page, "alert_topic"):
        return 0
    chosen = Subscription.objects.filter(topic=page.alert_topic().key)
    written = _write(message, chosen.filter(subscriber__state=State.ACTIVE), now=now)
    chosen.delete()
    return written


def _write(message: Message, subscriptions, *, now: datetime, rank: int | None = None) -> int:
    """Write a delivery for each subscriber of these subscriptions who has none of this message; return how many.

    One statement, which the database carries out by itself: nothing of a hundred thousand people comes to this process.
    """
    values = {
        "message_id": Value(message.pk, BigIntegerField()),
        "rank": Value(RANKS[message.kind] if rank is None else rank, SmallIntegerField()),
        "state": Value(DeliveryState.WAITING, CharField()),
        "made_at": Value(now, DateTimeField()),
        "not_before": Value(now, DateTimeField()),
        "holder": Value("", CharField()),
        "attempts": Value(0, SmallIntegerField()),
        "reason": Value("", CharField()),
    }
    # Named otherwise than any field of a subscription.
    named = {f"new_{name}": value for name, value in values.items()}
    chosen = subscriptions.order_by().annotate(**named).values_list("subscriber_id", *named).distinct()
    select, parameters = chosen.query.sql_with_params()
    table, columns = Delivery._meta.db_table, ", ".join(["subscriber_id", *values])
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({columns}) {select} ON CONFLICT DO NOTHING", parameters)
        return cursor.rowcount
