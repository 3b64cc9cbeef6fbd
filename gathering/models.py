"""Pieces of pages that readers look for by themselves: an item of a bulletin, a decision of a meeting."""

from django.db import models

from gathering.querysets import PieceQuerySet
from pages.models import BasePage, Topic


class Group(models.TextChoices):
    """What readers find pieces under."""

    NEWS = "news", "In the bulletin"
    TRAINING = "training", "Training"
    DECISIONS = "decisions", "What the board decided"
    FINDINGS = "findings", "What reviews found"


class Piece(models.Model):
    """A titled piece of a public page, with an anchor that leads to it and topics of its own.

    Written whenever the page is published (`gathering.services.record_pieces`), from what its page type says of its
    pieces. Whether readers may see it is asked of the page: always use `visible()`.
    """

    page = models.ForeignKey(BasePage, on_delete=models.CASCADE, related_name="pieces")
    anchor = models.CharField(max_length=40)
    group = models.CharField(max_length=10, choices=Group)
    kind = models.CharField(max_length=60, help_text="What it is called above its title: “News”, “Board decision”…")
    title = models.CharField(max_length=255)
    summary = models.CharField(max_length=300, blank=True)
    day = models.DateField(help_text="The day it is of: that of the issue or the meeting, or on which a course is.")
    order = models.PositiveIntegerField(default=0)
    topics = models.ManyToManyField(Topic, blank=True, related_name="pieces")
    has_chosen_topics = models.BooleanField(default=False, help_text="Chosen by staff, not found by the title.")

    objects = PieceQuerySet.as_manager()

    # A copy of what the page says; the page is what uses things.
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-day", "page", "order"]
        constraints = [models.UniqueConstraint(fields=["page", "anchor"], name="one_piece_per_anchor")]
        indexes = [models.Index(fields=["group", "-day"], name="pieces_by_day")]

    def __str__(self):
        return self.title

    @property
    def url(self) -> str | None:
        """Its address; no query when the page came along."""
        address = self.page.url
        return f"{address}#{self.anchor}" if address else None
