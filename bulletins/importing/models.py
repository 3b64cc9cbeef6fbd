"""What is remembered of an import."""

from django.conf import settings
from django.db import models

from content.reading.report import Report


class BulletinImport(models.Model):
    """One file that became a draft, with the report that can be read again."""

    page = models.ForeignKey("bulletins.BulletinPage", on_delete=models.CASCADE, related_name="imports")
    file_name = models.CharField(max_length=255, blank=True, help_text="Empty where the text was pasted.")
    sha256 = models.CharField(max_length=64, db_index=True)
    report = models.JSONField(default=dict)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    imported_at = models.DateTimeField()

    # The report belongs to its page and says nothing about where other things are used.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "import of a bulletin"
        verbose_name_plural = "imports of bulletins"
        ordering = ["-imported_at", "-pk"]

    def __str__(self):
        return f"{self.file_name or 'pasted text'}, {self.imported_at:%d/%m/%Y}"

    @property
    def source(self) -> str:
        """What was imported, in words."""
        return self.file_name or "Pasted text"

    def read_report(self) -> Report:
        """Return the report."""
        return Report.from_json(self.report)
