"""Where each part and chapter stood in the manual, under which number and title, at what time."""

from django.db import models
from django.db.models import F, Q

from pages.models import BasePage
from procedures.querysets import ContentsEntryQuerySet


class ContentsEntry(models.Model):
    """One line of a manual's list of contents, for the time it held.

    Numbers come from the tree, and the tree has no past: a chapter that is moved, renamed or renumbered ends its line
    and begins another. Written by `procedures.services.record_contents` alone.
    """

    # Its own index would keep the database from the one by time.
    manual = models.ForeignKey(BasePage, on_delete=models.CASCADE, related_name="contents_entries", db_index=False)
    # A part can be deleted; its line stays, because chapters stood in it.
    page = models.ForeignKey(BasePage, on_delete=models.SET_NULL, null=True, related_name="places_in_contents")
    number = models.CharField(max_length=60, help_text="1.6.13: counted from the tree, never typed.")
    sort_key = models.CharField(max_length=120, help_text="The number in a form that sorts as people count.")
    depth = models.PositiveSmallIntegerField(help_text="1 for what stands directly in the manual.")
    title = models.CharField(max_length=255)
    is_chapter = models.BooleanField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True, help_text="Empty while it holds.")

    objects = ContentsEntryQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["sort_key"]
        indexes = [models.Index(fields=["manual", "until", "since"], name="contents_by_time")]
        constraints = [
            models.UniqueConstraint(fields=["page"], condition=Q(until=None), name="one_current_place_per_page"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="place_ends_after_it_begins"
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title}"
