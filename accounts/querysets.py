"""Questions about what was tried at the door, and about the mail that is owed to staff."""

from datetime import datetime, timedelta
from typing import Self

from django.db.models import Count, Q, QuerySet

# What was tried is kept for so long: the longest of the limits looks back a day.
ATTEMPTS_KEPT = timedelta(days=2)
# A mail that was sent counts, for so long, towards how many one address gets.
LETTERS_KEPT = timedelta(days=1)
GIVEN_UP_AFTER = timedelta(days=3)


class AttemptQuerySet(QuerySet):
    """What was tried at the door."""

    def counted(self, **conditions: Q) -> dict[str, int]:
        """Return how many meet each condition, in one query."""
        return self.aggregate(**{name: Count("pk", filter=condition) for name, condition in conditions.items()})

    def over(self, *, now: datetime) -> Self:
        """Leave out those that are under way: they are gone in a moment if they succeed."""
        return self.filter(at__lt=now - timedelta(seconds=20))

    def old(self, *, now: datetime) -> Self:
        """Keep those that no limit looks at any more."""
        return self.filter(at__lt=now - ATTEMPTS_KEPT)


class LetterQuerySet(QuerySet):
    """The mail that is owed to staff."""

    def owing(self, *, now: datetime) -> Self:
        """Keep those to be sent now, the oldest first."""
        ready = Q(not_before=None) | Q(not_before__lte=now)
        return self.filter(ready, sent_at=None).order_by("asked_at", "pk")

    def old(self, *, now: datetime) -> Self:
        """Keep those that count for nothing any more: sent a day ago, or in vain for three."""
        return self.filter(Q(sent_at__lt=now - LETTERS_KEPT) | Q(sent_at=None, asked_at__lt=now - GIVEN_UP_AFTER))
