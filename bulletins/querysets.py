"""Questions about bulletins."""

from typing import Self

from django.db.models import Count
from django.db.models.functions import ExtractYear

from pages.querysets import BasePageQuerySet


class BulletinQuerySet(BasePageQuerySet):
    """Adds questions about issues."""

    def newest_first(self) -> Self:
        """Order by the date of the issue, the latest first."""
        return self.order_by("-issue_date", "-pk")

    def of_year(self, year: int) -> Self:
        """Keep the issues of one calendar year."""
        return self.filter(issue_date__year=year)

    def years(self) -> list[tuple[int, int]]:
        """Return (year, number of issues), the latest year first."""
        rows = self.order_by().annotate(year=ExtractYear("issue_date")).values("year").annotate(issues=Count("pk"))
        return sorted(((row["year"], row["issues"]) for row in rows), reverse=True)
