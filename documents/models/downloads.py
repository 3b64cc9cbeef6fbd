"""How often files were downloaded: a number for each file and day, and nothing about anybody."""

from django.db import models

from documents.models.files import LibraryDocument


class DownloadCount(models.Model):
    """How often a file was downloaded on a day (Europe/London), in whatever version."""

    document = models.ForeignKey(LibraryDocument, on_delete=models.CASCADE, related_name="download_counts")
    day = models.DateField()
    downloads = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-day"]
        indexes = [models.Index(fields=["day"], name="downloads_by_day")]
        constraints = [models.UniqueConstraint(fields=["document", "day"], name="one_count_per_file_and_day")]

    def __str__(self):
        return f"{self.document_id} on {self.day}: {self.downloads}"
