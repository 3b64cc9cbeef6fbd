"""Questions about meetings and reviews."""

from collections import Counter
from typing import Self

from django.db.models import Count, Q
from django.db.models.functions import ExtractYear

from pages.querysets import BasePageQuerySet


class DatedQuerySet(BasePageQuerySet):
    """Pages that are of a day; the page type names the field (`day_field`)."""

    def newest_first(self) -> Self:
        """Order by the day, the latest first."""
        return self.order_by(f"-{self.model.day_field}", "-pk")

    def of_year(self, year: int) -> Self:
        """Keep those of one calendar year."""
        return self.filter(**{f"{self.model.day_field}__year": year})

    def before(self, page) -> Self:
        """Keep what came before a page, the nearest first."""
        day = self.model.day_field
        earlier = Q(**{f"{day}__lt": page.day}) | Q(**{day: page.day, "pk__lt": page.pk})
        return self.filter(earlier).newest_first()

    def after(self, page) -> Self:
        """Keep what came after a page, the nearest first."""
        day = self.model.day_field
        later = Q(**{f"{day}__gt": page.day}) | Q(**{day: page.day, "pk__gt": page.pk})
        return self.filter(later).order_by(day, "pk")

    def count_by(self, *fields: str) -> Counter:
        """Return how many there are by (year, values of the fields): one query."""
        rows = self.order_by().annotate(year=ExtractYear(self.model.day_field)).values_list("year", *fields)
        return Counter({tuple(key): count for *key, count in rows.annotate(Count("pk"))})


class ReviewQuerySet(DatedQuerySet):
    """Adds the question about the type."""

    def of_type(self, review_type: str) -> Self:
        """Keep one type."""
        return self.filter(review_type=review_type)
