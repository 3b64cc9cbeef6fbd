"""Questions about bundles."""

from datetime import datetime
from typing import Self

from django.db.models import Q, QuerySet


class BundleQuerySet(QuerySet):
    """Adds what staff and the clock ask."""

    def unfinished(self) -> Self:
        """Keep what is not public yet."""
        return self.exclude(state="released")

    def due(self, *, now: datetime) -> Self:
        """Keep what was approved and whose time has come. What could not be published waits for a person."""
        return self.filter(state="approved", fault="").filter(Q(go_live_at=None) | Q(go_live_at__lte=now))
