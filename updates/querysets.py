"""Questions about editions, in the board's words."""

from datetime import date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from pages.models import BasePage


def end_of_day(day: date) -> datetime:
    """Return the first moment after the given day, as people here count days (Europe/London, summer time included)."""
    return datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(settings.TIME_ZONE))


class EditionQuerySet(models.QuerySet):
    """What readers and other rooms ask about editions."""

    def current(self) -> Self:
        """Keep the editions in force now; at most one a page."""
        return self.filter(superseded_at=None)

    def in_force(self, *, on: date) -> Self:
        """Keep what was in force when the given day ended (Europe/London); at most one a page."""
        moment = end_of_day(on)
        return self.filter(Q(superseded_at=None) | Q(superseded_at__gte=moment), in_force_from__lt=moment)

    def updates(self, *, of=None) -> Self:
        """Keep what readers have to know about, newest first: major editions of pages the public may read now.

        `of`: a queryset of pages, if not of all. The page and its type come along, so that a list of titles, dates,
        links and kinds costs one query.
        """
        pages = BasePage.objects.all() if of is None else of
        # `Exists`, not `page__in`: a database that begins with the pages sorts all of their editions for every list.
        # This way it goes along the index of the newest updates and stops when it has enough.
        return (
            self.filter(Exists(pages.visible().filter(pk=OuterRef("page_id"))), significance="major")
            .select_related("page__content_type")
            .order_by("-in_force_from", "-pk")
        )
