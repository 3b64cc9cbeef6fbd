"""Questions about plan years and what was arranged by hand."""

from datetime import date
from typing import Self

from django.db.models import QuerySet

from pages.querysets import BasePageQuerySet


class PlanYearQuerySet(BasePageQuerySet):
    """Adds questions about plan years."""

    def newest_first(self) -> Self:
        """Order by the first day, the latest year first."""
        return self.order_by("-starts_on", "-pk")

    def running(self, *, on: date) -> Self:
        """Keep the years that a day lies in."""
        return self.filter(starts_on__lte=on, ends_on__gte=on)


class ArrangementQuerySet(QuerySet):
    """Adds questions about what staff pinned and hid."""

    def pinned(self) -> Self:
        """Keep what was pinned."""
        return self.filter(is_hidden=False)

    def hidden(self) -> Self:
        """Keep what was hidden."""
        return self.filter(is_hidden=True)
