"""Who refers to a file, and which files are public by themselves."""

from django.db import models
from wagtail.models import Collection

from documents.models.files import LibraryDocument
from updates.models import Edition


class EditionFile(models.Model):
    """An edition of a page refers to a file. It keeps the file, and lets readers of that edition have it."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(LibraryDocument, on_delete=models.PROTECT, related_name="edition_files")

    # Asked by the library itself, not shown as "used by" in the admin.
    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "document"], name="edition_names_a_file_once")]

    def __str__(self):
        return f"{self.document} in {self.edition}"


class PublicCollection(models.Model):
    """A collection whose files anybody may have, whether or not a page offers them."""

    collection = models.OneToOneField(
        Collection, on_delete=models.CASCADE, related_name="made_public", verbose_name="collection"
    )

    class Meta:
        verbose_name = "public collection"
        ordering = ["collection__path"]

    def __str__(self):
        return str(self.collection)
