"""Questions about the list of contents, in the board's words."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from updates.querysets import end_of_day


class ContentsEntryQuerySet(models.QuerySet):
    """What is asked about the lines of a manual's contents."""

    def current(self) -> Self:
        """Keep the lines that hold now; at most one a page."""
        return self.filter(until=None)

    def listed(self, *, on: date) -> Self:
        """Keep the lines that held when the given day ended (Europe/London); at most one a page."""
        moment = end_of_day(on)
        return self.filter(Q(until=None) | Q(until__gte=moment), since__lt=moment)
