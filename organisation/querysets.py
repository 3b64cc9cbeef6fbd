"""Questions about contacts and alert banners."""

from datetime import date, datetime
from typing import Self

from django.db.models import Q, QuerySet


class ContactQuerySet(QuerySet):
    """Adds the board's questions about contacts."""

    def due_for_review(self, *, on: date) -> Self:
        """Keep contacts whose review date is on or before the given day."""
        return self.filter(review_due__lte=on)

    def serving(self, area) -> Self:
        """Keep contacts for the area, and those that name no area because they serve all of them."""
        return self.filter(Q(areas=area) | Q(areas__isnull=True))


class AlertBannerQuerySet(QuerySet):
    """Adds the board's questions about alert banners."""

    def not_ended(self, *, now: datetime) -> Self:
        """Keep banners that show at that moment or will show later."""
        return self.filter(ends_at__gt=now)

    def showing(self, *, now: datetime) -> Self:
        """Keep banners that show at that moment, somewhere on the site."""
        return self.not_ended(now=now).filter(starts_at__lte=now)
