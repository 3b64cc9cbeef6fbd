"""Questions about pages of any kind."""

from datetime import date
from typing import Self

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Length, Substr
from django.utils import timezone
from wagtail.models import PageViewRestriction
from wagtail.query import PageQuerySet


class BasePageQuerySet(PageQuerySet):
    """Adds the board's questions to Wagtail's."""

    def with_restriction(self) -> Self:
        """Annotate `is_restricted`: whether the page, or one above it, is private."""
        return self.annotate(is_restricted=Exists(_restrictions_above(OuterRef("path"))))

    def unrestricted(self) -> Self:
        """Keep pages that are not private, nor below a private one, in whatever state."""
        return self.filter(~Exists(_restrictions_above(OuterRef("path"))))

    def visible(self) -> Self:
        """Keep what any member of the public may read now.

        Published, not past its expiry time (even when the scheduled job has not run yet), and neither private nor
        below a private page. Use it in every public list, feed, message and search; `live()` alone leaks private pages.
        """
        return self.unrestricted().filter(_not_expired(), live=True)

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


def _not_expired() -> Q:
    return Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now())


def _restrictions_above(path):
    """Return the privacy rules set on the page at `path` or on one of its ancestors.

    The path of each rule's page is looked up by its key, not joined: of a join, SQLite may begin at the side of the
    pages, and a list of 20,000 pages then compares each of them with every other (39 s instead of 30 ms).
    """
    pages = PageViewRestriction._meta.get_field("page").related_model._base_manager
    of_the_rule = pages.filter(pk=OuterRef("page_id")).values("path")
    return PageViewRestriction.objects.alias(rule_path=Subquery(of_the_rule)).filter(
        rule_path=Substr(path, 1, Length("rule_path"))
    )
