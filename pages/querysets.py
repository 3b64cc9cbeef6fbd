"""Questions about pages of any kind."""

from datetime import date
from typing import Self

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Length, Substr
from django.utils import timezone
from wagtail.models import PageViewRestriction
from wagtail.query import PageQuerySet


class BasePageQuerySet(PageQuerySet):
    """Adds the board's questions to Wagtail's."""

    def with_restriction(self) -> Self:
        """Annotate `is_restricted`: whether the page, or one above it, is private."""
        return self.annotate(is_restricted=Exists(_restrictions_above(OuterRef("path"))))

    def visible(self) -> Self:
        """Keep what any member of the public may read now.

        Published, not past its expiry time (even when the scheduled job has not run yet), and neither private nor
        below a private page. Use it in every public list, feed, message and search; `live()` alone leaks private pages.
        """
        not_expired = Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now())
        return self.filter(not_expired, ~Exists(_restrictions_above(OuterRef("path"))), live=True)

    def due_for_review(self, *, on: date) -> Self:
        """Keep pages whose review date is on or before the given day."""
        return self.filter(review_due__lte=on)

    def about(self, topic) -> Self:
        """Keep pages that carry the topic."""
        return self.filter(topics=topic)


def _restrictions_above(path):
    """Return the privacy rules set on the page at `path` or on one of its ancestors."""
    return PageViewRestriction.objects.filter(page__path=Substr(path, 1, Length("page__path")))
