"""Questions about links."""

from datetime import datetime
from typing import Self

from django.db.models import Exists, OuterRef, Q, QuerySet

from links.addresses import Kind


class LinkQuerySet(QuerySet):
    """Adds what staff and the nightly check ask."""

    def broken(self) -> Self:
        """Keep what staff are told of: inside the site at once, elsewhere after some nights in a row."""
        from links.models import NIGHTS

        return self.filter(left_at=None).filter(Q(nights__gte=NIGHTS) | ~Q(kind=Kind.WEB) & Q(nights__gte=1))

    def ours(self) -> Self:
        """Keep what is judged without asking another server."""
        return self.exclude(kind=Kind.WEB)

    def to_ask_after(self, *, now: datetime) -> Self:
        """Keep links to other sites whose time has come, those first that have waited longest."""
        return self.filter(kind=Kind.WEB, next_at__lte=now).order_by("next_at", "pk")

    def used_in(self, uses) -> Self:
        """Keep what is used in one of the places (a queryset of LinkUse)."""
        return self.filter(Exists(uses.filter(link=OuterRef("pk"))))

    def unused(self) -> Self:
        """Keep what is used nowhere any more."""
        return self.filter(~Exists(self.model.uses.rel.related_model.objects.filter(link=OuterRef("pk"))))
