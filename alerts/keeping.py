"""How long things are kept, and how they are erased: some thousand rows at a time, so that nobody waits for it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from alerts.models import Delivery, Kind, Leaving, Message, State, Subscriber, Subscription

DELIVERY_DAYS = 366
# Rows that are erased by one statement, and subscribers in one transaction.
TOGETHER, PEOPLE_TOGETHER = 5_000, 500


def erase_deliveries(*, before: datetime) -> int:
    """Erase deliveries that were made before a moment, and return how many.

    They were made in the order of their keys, or nearly: the oldest are looked at, as long as there are old ones among
    them. So no index on the moment is needed, which each of a hundred thousand rows a day would have to be put into.
    """
    erased, reached = 0, 0
    while True:
        oldest = Delivery.objects.filter(pk__gt=reached).order_by("pk").values_list("pk", "made_at")
        rows = list(oldest[:TOGETHER])
        old = [pk for pk, made_at in rows if made_at < before]
        if not old:
            return erased
        reached = rows[-1][0]
        erased += _erase_rows(Delivery.objects.filter(pk__range=(old[0], old[-1]), made_at__lt=before))


def erase_messages(*, before: datetime) -> int:
    """Erase messages from before a moment that nothing is left of, and return how many.

    What a digest told stays as long as that digest, and a digest as long as its deliveries: else what people have been
    told would be forgotten, and told again. Issues of the bulletin stay: each is sent once, ever.
    """
    over = Message.objects.filter(
        ~Exists(Delivery.objects.filter(message=OuterRef("pk"))), moment__lt=before, spread_at__lt=before
    )
    erased = over.filter(kind=Kind.DIGEST).delete()[1].get(Message._meta.label, 0)
    others = over.exclude(kind__in=[Kind.DIGEST, Kind.ISSUE]).filter(told_in=None)
    return erased + others.delete()[1].get(Message._meta.label, 0)


def end_with_nothing_left(*, now: datetime) -> int:
    """Let those have left of whose choices nothing is left, once what they are still to be told has gone out."""
    chosen = Subscription.objects.filter(subscriber=OuterRef("pk"))
    waiting = Delivery.objects.waiting().filter(subscriber=OuterRef("pk"))
    empty = Subscriber.objects.active().filter(~Exists(chosen), ~Exists(waiting))
    ended = 0
    for keys in _in_groups(empty):
        with transaction.atomic():
            # Somebody may just be choosing something: that is waited for, and asked once more.
            people = Subscriber.objects.select_for_update().filter(pk__in=keys).order_by("pk")
            locked = list(people.values_list("pk", flat=True))
            values = {"state": State.LEFT, "since": now, "left_at": now, "left_because": Leaving.NOTHING_LEFT}
            ended += empty.filter(pk__in=locked).update(**values)
    return ended


def erase_people(subscribers) -> int:
    """Erase subscribers with all that there is about them, and return how many."""
    erased = 0
    for keys in _in_groups(subscribers):
        with transaction.atomic():
            locked = subscribers.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
            people = Subscriber.objects.filter(pk__in=list(locked.values_list("pk", flat=True)))
            _erase_rows(Delivery.objects.filter(subscriber__in=people))
            erased += people.delete()[1].get(Subscriber._meta.label, 0)
    return erased


def _in_groups(subscribers):
    keys = list(subscribers.order_by("pk").values_list("pk", flat=True))
    for begin in range(0, len(keys), PEOPLE_TOGETHER):
        yield keys[begin : begin + PEOPLE_TOGETHER]


def _erase_rows(deliveries) -> int:
    """Erase deliveries by one statement; otherwise each would be read first, and nothing hangs on them."""
    return deliveries._raw_delete(deliveries.db)
