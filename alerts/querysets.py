"""Questions about subscribers and about what somebody asked for."""

from datetime import datetime, timedelta
from typing import Self

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

LINK_DAYS = 7
UNDO_DAYS = 28
# Of a kind of proof that nothing rests on any more.
CONSENT_DAYS = 366


class SubscriberQuerySet(QuerySet):
    """Adds the board's questions; callers bring the clock."""

    def active(self) -> Self:
        """Keep those who get alerts."""
        return self.filter(state="active")

    def left_before(self, cutoff: datetime) -> Self:
        """Keep those who left before a moment."""
        return self.filter(state="left", left_at__lt=cutoff)

    def refused_since(self, moment: datetime) -> Self:
        """Keep those whose alerts ended since a moment because there is no such mailbox."""
        return self.filter(state="left", left_at__gt=moment, left_because="refused")

    def never_confirmed(self, *, before: datetime) -> Self:
        """Keep those who never pressed the button, and for whom no link is on its way or works any more."""
        links = self.model._meta.get_field("requests").related_model.objects.filter(subscriber_id=OuterRef("pk"))
        return self.filter(~Exists(links), state="waiting", since__lt=before)


class LinkRequestQuerySet(QuerySet):
    """Adds the questions of the mailer and of the daily task."""

    def owing(self, *, now: datetime) -> Self:
        """Keep those whose mail has not gone out and may be tried now, the oldest first."""
        may_be_tried = Q(mail_not_before=None) | Q(mail_not_before__lte=now)
        return self.filter(may_be_tried, sent_at=None, refused_at=None).order_by("asked_at", "pk")

    def mailed_since(self, moment: datetime, *, now: datetime) -> Self:
        """Keep those whose mail went out after a moment, or is being sent or tried again at present."""
        return self.filter(Q(sent_at__gt=moment) | Q(sent_at=None, refused_at=None, mail_not_before__gt=now))

    def over(self, *, now: datetime) -> Self:
        """Keep those whose link does not work any more, or that never got one."""
        cutoff = now - timedelta(days=LINK_DAYS)
        return self.filter(Q(sent_at__lt=cutoff) | Q(sent_at=None, asked_at__lt=cutoff))


class MessageQuerySet(QuerySet):
    """Adds the questions of the worker and of staff."""

    def to_be_spread(self, *, now: datetime) -> Self:
        """Keep those whose deliveries have to be written, in the order in which they happened."""
        due = Q(spread_at=None, release_at__lte=now)
        became_urgent = Q(urgent_at__lte=now, urgent_spread_at=None, release_at__lte=now)
        return self.filter(due | became_urgent).exclude(kind="digest").order_by("moment", "pk")

    def with_some(self, state: str) -> Self:
        """Keep those of which a delivery is in this state."""
        deliveries = self.model._meta.get_field("deliveries").related_model.objects.filter(state=state)
        if state in ("waiting", "failed"):
            # Few, and each with an index of its own: this way nobody looks through all that was sent.
            return self.filter(pk__in=deliveries.values("message"))
        return self.filter(Exists(deliveries.filter(message=OuterRef("pk"))))

    def digests(self, frequency: str) -> Self:
        """Keep the digests of one kind, the latest first."""
        return self.filter(kind="digest", frequency=frequency).order_by("-moment")


class DeliveryQuerySet(QuerySet):
    """Adds the questions of workers and of staff."""

    def waiting(self) -> Self:
        """Keep what has not gone out yet."""
        return self.filter(state="waiting")

    def due(self, *, now: datetime) -> Self:
        """Keep what may be tried now and nobody holds, in the order in which it goes."""
        return self.waiting().filter(holder="", not_before__lte=now).order_by("rank", "not_before", "pk")

    def held_too_long(self, *, now: datetime) -> Self:
        """Keep what a worker took and was not done with in time: it is dead, or as good as that."""
        return self.waiting().filter(not_before__lte=now).exclude(holder="")

    def failed(self) -> Self:
        """Keep what could not be sent and is not tried again by itself."""
        return self.filter(state="failed")

    def counted(self, messages) -> dict[int, dict[str, int]]:
        """Return {key of a message: {state: how many}} of these messages, in one query."""
        rows = self.filter(message__in=messages).order_by().values_list("message_id", "state")
        found = {}
        for message, state, number in rows.annotate(number=Count("pk")):
            found.setdefault(message, {})[state] = number
        return found

    def waiting_since(self, moment: datetime) -> Self:
        """Keep what was to go out before a moment and has not."""
        return self.waiting().filter(made_at__lt=moment)
