"""What staff have to know of: mail that has waited for over an hour, whatever the reason."""

from datetime import datetime, timedelta

from django.db.models import Count, Q

from alerts.models import Delivery, LinkRequest, Message, Subscriber

TOO_LONG = timedelta(hours=1)
LATELY = timedelta(days=7)
# Of more people than these, and than a tenth of all, it is no matter of their mailboxes that mail is put off.
FEW, ONE_IN = 20, 10


def what_waits(*, now: datetime) -> str:
    """Return a sentence that says what has waited for too long, of no person; "" where nothing has. Three queries.

    What the mail server put off for one mailbox (it is full) is not counted while its next try is to come: that may go
    on for days and says nothing of the site. What nobody has tried at all is, and what was put off for very many: then
    the mail server does not let us send, and in three days all of it has failed.
    """
    found = [
        _counted(_deliveries(now), "alert by e-mail", "alerts by e-mail"),
        _counted(_messages(now).count(), "update that is told to nobody yet", "updates that are told to nobody yet"),
        _counted(_links(now).count(), "link to confirm or change alerts", "links to confirm or change alerts"),
    ]
    waiting = [words for words in found if words]
    if not waiting:
        return ""
    listed = ", ".join(waiting[:-1]) + (" and " if waiting[1:] else "") + waiting[-1]
    verb = "has" if len(waiting) == 1 and waiting[0].startswith("1 ") else "have"
    return f"{listed} {verb} waited for over an hour."


def failed_lately(*, now):
    """Return the deliveries that failed within the last seven days. `now`: the moment, or what stands for it."""
    return Delivery.objects.failed().filter(done_at__gt=now - LATELY)


def _deliveries(now: datetime) -> int:
    not_tried_in_time = Q(attempts=0) | Q(not_before__lte=now)
    late = Delivery.objects.waiting_since(now - TOO_LONG).aggregate(
        all=Count("pk"),
        not_tried=Count("pk", filter=not_tried_in_time),
        put_off_for=Count("subscriber", filter=~not_tried_in_time, distinct=True),
    )
    return late["all"] if _are_very_many(late["put_off_for"]) else late["not_tried"]


def _are_very_many(people: int) -> bool:
    # No more are counted than needed.
    return people > FEW and Subscriber.objects.active().order_by()[: people * ONE_IN].count() < people * ONE_IN


def _messages(now: datetime):
    digests = Message.objects.filter(kind="digest", spread_at=None, release_at__lte=now - TOO_LONG)
    others = Message.objects.to_be_spread(now=now - TOO_LONG)
    return Message.objects.filter(Q(pk__in=digests.values("pk")) | Q(pk__in=others.order_by().values("pk")))


def _links(now: datetime):
    return LinkRequest.objects.owing(now=now).filter(asked_at__lt=now - TOO_LONG)


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}" if number else ""
