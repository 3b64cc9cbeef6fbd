"""Passages as rows: the truth that every index is made from."""

from django.db import models

from documents.models import LibraryDocument
from pages.models import BasePage
from pages.passages import PassageKind
from search.querysets import PassageQuerySet

# Stands in the keys of further pieces of one text, before their number.
CONTINUED = "~"


class Passage(models.Model):
    """A piece of text that a search can lead to: a page, a section of it, an item, a page of a file, a contact.

    Written whenever its page is published (`search.recording`), from what the page type declares. Whether readers may
    see it is asked of the page and the file: always use `visible()`.
    """

    page = models.ForeignKey(BasePage, on_delete=models.CASCADE, related_name="passages")
    key = models.CharField(max_length=80, help_text="Names it among the passages of its page.")
    order = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=12, choices=PassageKind)
    label = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=255)
    heading = models.CharField(max_length=255, blank=True, help_text="The title of its page, where that is another.")
    text = models.TextField(blank=True)
    also = models.TextField(blank=True, help_text="Words that it is found by and that are not shown.")
    anchor = models.CharField(max_length=120, blank=True, help_text="Its place on the page, or in the file.")
    day = models.DateField(null=True)
    topics = models.JSONField(default=list, help_text="Keys of topics.")
    audiences = models.JSONField(default=list, help_text="Keys of audiences.")
    on_its_own = models.BooleanField(default=False, help_text="Not shown below its page, but by itself.")
    document = models.ForeignKey(LibraryDocument, on_delete=models.CASCADE, null=True, related_name="+")
    fingerprint = models.CharField(max_length=32, help_text="Of everything above: whether it has changed.")

    objects = PassageQuerySet.as_manager()

    # A copy of what the page says; the page is what uses things.
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["page", "order"]
        constraints = [models.UniqueConstraint(fields=["page", "key"], name="one_passage_per_key")]

    def __str__(self):
        return self.title

    @property
    def is_named(self) -> bool:
        """Whether its title names this very place: pages of a file, and further pieces of a text, share one."""
        return self.document_id is None and CONTINUED not in self.key

    @property
    def fold(self) -> int:
        """What it is shown together with, as a number: its page, or nothing else."""
        return fold_of(self.pk, page=self.page_id, on_its_own=self.on_its_own)


def fold_of(key: int, *, page: int, on_its_own: bool) -> int:
    """Return, as a number, what the passage with this key is shown together with: its page, or nothing else."""
    return 2 * key + 1 if on_its_own else 2 * page


class Change(models.Model):
    """Something changed in the passages of a page, or in who may see them. Indexes read the log from where they are.

    Numbers grow in the order in which changes are committed (`search.recording`). A number alone would not do: after
    a backup is restored, the same numbers come again for other changes; the stamp tells them apart.
    """

    page_key = models.PositiveBigIntegerField(help_text="The key of the page, which may be gone.")
    stamp = models.UUIDField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.pk}: page {self.page_key}"
