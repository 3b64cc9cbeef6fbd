"""Questions about pages of any kind."""

from datetime import date, datetime, timedelta
from typing import Self

from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.models import PageViewRestriction
from wagtail.query import PageQuerySet

from pages.restrictions import IsRestricted

# How much earlier than others the clock of a machine may be.
CLOCKS_DIFFER = timedelta(minutes=5)
# How long it is known that there was a backup, or that one failed.
BACKUPS_KEPT = timedelta(days=90)


class BasePageQuerySet(PageQuerySet):
    """Adds the board's questions to Wagtail's."""

    def with_restriction(self) -> Self:
        """Annotate `is_restricted`: whether the page, or one above it, is private."""
        return self.annotate(is_restricted=_is_restricted("path"))

    def unrestricted(self) -> Self:
        """Keep pages that are not private, nor below a private one, in whatever state."""
        return self.filter(~_is_restricted("path"))

    def visible(self) -> Self:
        """Keep what any member of the public may read now.

        Published, not past its expiry time (even when the scheduled job has not run yet), and neither private nor
        below a private page. Use it in every public list, feed, message and search; `live()` alone leaks private pages.
        """
        return self.filter(of_visible_pages())

    def not_expired(self) -> Self:
        """Keep what is not past its expiry time, in whatever state."""
        return self.filter(_not_expired())

    def readable(self) -> Self:
        """Keep what any member of the public can open and read: visible, or withdrawn and readable under a notice.

        For addresses and for the record of what was withdrawn. Lists, feeds and searches ask for `visible()`.
        """
        return self.unrestricted().filter(Q(_not_expired(), live=True) | Q(withdrawn_as="withdrawn"))

    def readable_as_it_was(self) -> Self:
        """Keep pages whose old editions any member of the public may read: visible, consolidated or withdrawn.

        Reviewers need them most when the page is gone. Never what was published in error or simply taken down.
        """
        was_announced = Q(withdrawn_as__in=["consolidated", "withdrawn"])
        return self.unrestricted().filter(Q(_not_expired(), live=True) | was_announced)

    def due_for_review(self, *, on: date) -> Self:
        """Keep pages whose review date is on or before the given day."""
        return self.filter(review_due__lte=on)

    def about(self, topic) -> Self:
        """Keep pages that carry the topic."""
        return self.filter(topics=topic)


class BackupQuerySet(QuerySet):
    """Which backups say how things stand."""

    def that_count(self, *, now: datetime) -> Self:
        """Keep the latest one and the latest that is complete, which may be the same; the latest comes first.

        Not those of the future: a machine whose clock is wrong must not hide for years what has come since.
        """
        until_now = self.filter(over_at__lte=now + CLOCKS_DIFFER).order_by("-over_at", "-pk")
        return until_now.filter(Q(pk=until_now.values("pk")[:1]) | Q(pk=until_now.filter(fault="").values("pk")[:1]))

    def forgettable(self, *, now: datetime) -> Self:
        """Keep what is old and says nothing any more; never the latest that is complete."""
        complete = self.model.objects.filter(fault="").order_by("-over_at", "-pk").values("pk")
        return self.filter(over_at__lt=now - BACKUPS_KEPT).exclude(pk=complete[:1])


def of_visible_pages(to_page: str = "", *, now=None) -> Q:
    """Return the condition that a page is `visible()`; `to_page`: how it is reached from what is asked for ("page__").

    Asked of a page that comes along anyway, it costs a fraction of a question within the question. `now`: the moment,
    or an expression for it.
    """
    return Q(_not_expired(to_page, now=now), ~_is_restricted(f"{to_page}path"), Q((f"{to_page}live", True)))


def _not_expired(to_page: str = "", *, now=None) -> Q:
    ends = f"{to_page}expire_at"
    return Q((f"{ends}__isnull", True)) | Q((f"{ends}__gt", now or timezone.now()))


def _is_restricted(path: str) -> IsRestricted:
    return IsRestricted(path, rules=PageViewRestriction, place="page")
