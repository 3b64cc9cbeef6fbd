"""Taking deliveries to send them, and writing down what became of each.

Every statement asks for the mark of who took it: a worker that was too slow, and whose deliveries others have taken,
changes nothing any more.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Least

from alerts.models import Delivery, DeliveryState, State
from enquiries.letters import pause_after

BATCH = 100
# How long something is tried that is refused for now.
TRIED_FOR = timedelta(days=3)
# How often it may be broken off, by a process that died, before it is thought to be the reason.
INNOCENT, MOST_ATTEMPTS = 8, 20
LEFT = "They have left, or get no mail any more."
# Further ahead than anything is ever put off: written while a clock was wrong.
TOO_FAR_AHEAD = timedelta(hours=2)
TOO_OFTEN = "Sending it was broken off again and again."

# For each mail these, on PostgreSQL in one; written by hand, because Django would put them together anew each time,
# which takes longer than the database needs to carry them out.
STILL_WANTED = """
    SELECT 1 FROM alerts_delivery JOIN alerts_subscriber ON alerts_subscriber.id = alerts_delivery.subscriber_id
    WHERE alerts_delivery.id = %s AND alerts_delivery.holder = %s AND alerts_subscriber.state = 'active'
"""
SENT = "UPDATE alerts_delivery SET state = 'sent', holder = '', done_at = %s, reason = '' WHERE id = %s AND holder = %s"
SENT_AND_STILL_WANTED = f"WITH marked AS ({SENT}) {STILL_WANTED}"


@dataclass(frozen=True)
class Taken:
    """A delivery that this worker holds, and whom it goes to."""

    pk: int
    message_id: int
    contents_id: int | None
    attempts: int
    made_at: datetime
    subscriber_id: int
    address: str
    public_id: UUID


def lease() -> timedelta:
    """Return how long a worker may hold what it took."""
    return timedelta(seconds=settings.ALERTS_LEASE_SECONDS)


def time_to_send() -> timedelta:
    """Return how long it may send what it took: the last mail may take as long as the mail server."""
    return lease() - min(timedelta(seconds=12), lease() / 3)


def take(*, holder: str, now: datetime, most: int = BATCH) -> list[Taken]:
    """Take what is due, in the order in which it goes; what belongs to people who have left is dropped."""
    with transaction.atomic():
        due = Delivery.objects.due(now=now).select_for_update(skip_locked=True, of=("self",))
        keys = list(due.values_list("pk", flat=True)[:most])
        rows = Delivery.objects.filter(pk__in=keys)
        gone = list(rows.exclude(subscriber__state=State.ACTIVE).values_list("pk", flat=True))
        if gone:
            rows.filter(pk__in=gone).update(state=DeliveryState.DROPPED, done_at=now, reason=LEFT)
        rows.exclude(pk__in=gone).update(holder=holder, not_before=now + lease())
    held = Delivery.objects.filter(pk__in=keys, holder=holder).order_by("rank", "message_id", "contents_id", "pk")
    fields = ("pk", "message_id", "contents_id", "attempts", "made_at", "subscriber_id")
    return [Taken(*row) for row in held.values_list(*fields, "subscriber__address", "subscriber__public_id")]


def is_still_wanted(taken: Taken, *, holder: str) -> bool:
    """Tell whether this worker holds it still, and its reader gets alerts still."""
    with connection.cursor() as cursor:
        cursor.execute(STILL_WANTED, [taken.pk, holder])
        return cursor.fetchone() is not None


def mark_sent(taken: Taken, *, holder: str, now: datetime, following: Taken | None = None) -> bool:
    """Write down that it was sent; tell whether the following one is still wanted, which costs no wait of its own."""
    sent = [connection.ops.adapt_datetimefield_value(now), taken.pk, holder]
    with connection.cursor() as cursor:
        if following and connection.vendor == "postgresql":
            cursor.execute(SENT_AND_STILL_WANTED, [*sent, following.pk, holder])
            return cursor.fetchone() is not None
        cursor.execute(SENT, sent)
    return following is not None and is_still_wanted(following, holder=holder)


def mark_failed(taken: Taken, *, holder: str, reason: str, now: datetime) -> None:
    """Write down that it cannot be sent, and why; staff may have it tried again."""
    _close(taken.pk, DeliveryState.FAILED, holder=holder, now=now, reason=reason)


def drop(taken: Taken, *, holder: str, reason: str, now: datetime) -> None:
    """Write down that it is not to be sent any more."""
    _close(taken.pk, DeliveryState.DROPPED, holder=holder, now=now, reason=reason)


def put_off(taken: Taken, *, holder: str, reason: str, now: datetime) -> None:
    """Let it be tried again after a pause that grows; after some days it has failed."""
    if now - taken.made_at > TRIED_FOR:
        mark_failed(taken, holder=holder, reason=reason, now=now)
        return
    again_at = now + pause_after(taken.attempts)
    _held(taken.pk, holder).update(holder="", not_before=again_at, attempts=F("attempts") + 1, reason=reason)


def give_back(keys: list[int], *, holder: str, now: datetime) -> None:
    """Let others have what was taken and not tried."""
    Delivery.objects.waiting().filter(pk__in=keys, holder=holder).update(holder="", not_before=now)


def free_held(*, now: datetime) -> int:
    """Free what dead workers held, and return how many. What kills them again and again is paused, and then fails.

    What was made or put off while a clock was ahead would wait until then; it goes now.
    """
    ahead = Delivery.objects.waiting().filter(not_before__gt=now + TOO_FAR_AHEAD)
    ahead.update(holder="", not_before=now, made_at=Least("made_at", now))
    held = Delivery.objects.held_too_long(now=now)
    hopeless = held.filter(attempts__gte=MOST_ATTEMPTS)
    hopeless.update(state=DeliveryState.FAILED, holder="", done_at=now, reason=TOO_OFTEN)
    freed = 0
    for attempts in held.order_by().values_list("attempts", flat=True).distinct():
        pause = pause_after(attempts - INNOCENT) if attempts >= INNOCENT else timedelta()
        freed += held.filter(attempts=attempts).update(holder="", not_before=now + pause, attempts=attempts + 1)
    return freed


def _close(pk: int, state: str, *, holder: str, now: datetime, reason: str = "") -> None:
    _held(pk, holder).update(state=state, holder="", done_at=now, reason=reason)


def _held(pk: int, holder: str):
    return Delivery.objects.filter(pk=pk, holder=holder)
