"""Questions about jobs."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

# Further ahead than anything is ever set: written while a machine's clock was wrong. Clocks of machines differ by less.
TOO_FAR_AHEAD = timedelta(hours=1)


class JobRecordQuerySet(models.QuerySet):
    """What is known of jobs."""

    def to_do(self, *, due: dict[tuple[str, str], datetime], now: datetime) -> Self:
        """Return what is to be begun now, given when each was due last: {(name, machine): moment}."""
        wrong = now + TOO_FAR_AHEAD
        free = Q(held_until=None) | Q(held_until__lte=now) | Q(held_until__gt=wrong)
        rested = Q(not_before=None) | Q(not_before__lte=now) | Q(not_before__gt=wrong)
        # Without any: nothing.
        undone = Q(pk__in=[])
        for (name, machine), moment in due.items():
            done = Q(done_for__gte=moment, done_for__lte=wrong)
            undone |= Q(name=name, machine=machine) & (Q(done_for=None) | ~done)
        return self.filter(free & rested & undone)

    def in_trouble(self, *, since: datetime, failures: int, now: datetime) -> Self:
        """Return what has failed so often in a row, or has been running since before a moment."""
        still_running = Q(held_until__gt=now, begun_at__lt=since)
        return self.filter(Q(failures__gte=failures) | still_running)
