"""Questions about pieces of pages."""

from typing import Self

from django.db.models import Exists, OuterRef, QuerySet

from pages.models import BasePage


class PieceQuerySet(QuerySet):
    """Adds what readers and other rooms ask."""

    def visible(self) -> Self:
        """Keep the pieces of pages that any member of the public may read now."""
        return self.filter(Exists(BasePage.objects.visible().filter(pk=OuterRef("page_id"))))

    def about(self, topics) -> Self:
        """Keep what carries one of the topics (objects or keys)."""
        through = self.model.topics.through
        return self.filter(pk__in=through.objects.filter(topic__in=topics).values("piece"))
