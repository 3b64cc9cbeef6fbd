"""Questions about links and comments; callers bring the clock."""

from datetime import datetime
from typing import Self

from django.db.models import Exists, OuterRef, Q, QuerySet


class DraftLinkQuerySet(QuerySet):
    """Adds questions about how long links work, and what their makers have to hear of."""

    def open(self, *, now: datetime) -> Self:
        """Keep those that work: not over, not stopped, and made by somebody who still works here."""
        return self.filter(ends_at__gt=now, revoked_at=None, made_by__is_active=True)

    def to_page(self, page) -> Self:
        """Keep those to the draft of a page."""
        return self.filter(shared__page=page.pk)

    def ended_before(self, moment: datetime) -> Self:
        """Keep those that had stopped working before a moment."""
        return self.filter(Q(ends_at__lt=moment) | Q(revoked_at__lt=moment))

    def owing_mail(self, *, now: datetime) -> Self:
        """Keep those with a comment that their maker has not been told of, and that may be tried now."""
        comments = self.model._meta.get_field("comments").related_model.objects
        may_be_tried = Q(mail_not_before=None) | Q(mail_not_before__lte=now)
        return self.filter(may_be_tried, Exists(comments.filter(link=OuterRef("pk"), told_at=None)))


class DraftCommentQuerySet(QuerySet):
    """Adds the editor's questions."""

    def open(self) -> Self:
        """Keep those that nobody has dealt with."""
        return self.filter(dealt_with_at=None)
