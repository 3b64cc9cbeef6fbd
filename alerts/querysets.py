"""Questions about subscribers and about what somebody asked for."""

from datetime import datetime, timedelta
from typing import Self

from django.db.models import Exists, OuterRef, Q, QuerySet

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
