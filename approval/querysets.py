"""Questions about what was published without approval."""

from typing import Self

from django.db.models import QuerySet


class PublishedUnapprovedQuerySet(QuerySet):
    """Adds what staff ask."""

    def waiting(self) -> Self:
        """Keep what nobody has looked at since."""
        return self.filter(approved_at=None)
