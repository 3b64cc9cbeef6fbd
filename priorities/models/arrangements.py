"""What staff pinned to a priority area, or hid from it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from gathering.models import Piece
from pages.models import BasePage
from priorities.querysets import ArrangementQuerySet


class Arrangement(models.Model):
    """A page, or a piece of one, that staff pinned to a priority area or hid from it. It holds from that moment on.

    No part of the page's draft: what is gathered changes by itself all the time, and so does what is done about it.
    """

    area = models.ForeignKey("priorities.PriorityAreaPage", on_delete=models.CASCADE, related_name="arrangements")
    page = models.ForeignKey(BasePage, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    piece = models.ForeignKey(Piece, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    is_hidden = models.BooleanField(default=False)
    arranged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    arranged_at = models.DateTimeField()

    objects = ArrangementQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["arranged_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(page=None, piece__isnull=False) | Q(page__isnull=False, piece=None),
                name="arrangement_is_of_one_thing",
            ),
            models.UniqueConstraint(fields=["area", "page"], name="one_arrangement_per_page"),
            models.UniqueConstraint(fields=["area", "piece"], name="one_arrangement_per_piece"),
        ]

    def __str__(self):
        return f"{self.key}: {'hidden' if self.is_hidden else 'pinned'}"

    @property
    def key(self) -> str:
        """What it is about, as `gathering.by_topic.Line` names it."""
        return f"page-{self.page_id}" if self.page_id else f"piece-{self.piece_id}"
