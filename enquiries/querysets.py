"""Questions about what people have sent in, whatever its kind."""

from datetime import datetime
from typing import Self

from django.db.models import Q, QuerySet
from django.utils import timezone

from enquiries.states import OPEN, TOLD, State

_CAN_BE_TOLD = ~Q(sender_email="") & Q(mail_problem="")
OWES_ARRIVAL = Q(staff_told_at=None, state=State.NEW)
# What staff closed without an answer is mostly rubbish with somebody else's address on it: no mail any more.
OWES_ACKNOWLEDGEMENT = _CAN_BE_TOLD & Q(acknowledged_at=None) & ~Q(state=State.CLOSED)
OWES_OUTCOME = _CAN_BE_TOLD & Q(outcome_sent_at=None, state__in=TOLD)


class EnquiryQuerySet(QuerySet):
    """Adds the office's questions; callers bring the clock."""

    def open(self) -> Self:
        """Keep what still waits for a decision, of staff or of the sender."""
        return self.filter(state__in=OPEN)

    def overdue(self, *, now: datetime) -> Self:
        """Keep what has been open for longer than its kind allows."""
        return self.open().filter(self.model.overdue_condition(now=now, today=timezone.localdate(now)))

    def closed_before(self, cutoff: datetime) -> Self:
        """Keep what was closed before a moment; what is open is never among it, however old."""
        return self.exclude(state__in=OPEN).filter(closed_at__lt=cutoff)

    def owing_mail(self, *, now: datetime) -> Self:
        """Keep rows with a mail that has not gone out and may be tried now, the oldest first."""
        may_be_tried = Q(mail_not_before=None) | Q(mail_not_before__lte=now)
        return self.filter(may_be_tried, OWES_ARRIVAL | OWES_ACKNOWLEDGEMENT | OWES_OUTCOME).order_by("received_at")
