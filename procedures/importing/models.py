"""What is remembered of an import."""

from django.conf import settings
from django.db import models

from procedures.importing.report import ManualReport


class ManualImport(models.Model):
    """One import of a manual, or of a part of one, with the report that can be read again."""

    page = models.ForeignKey(
        "pages.BasePage", on_delete=models.CASCADE, related_name="+", help_text="Where the drafts were put."
    )
    source_name = models.CharField(max_length=255, help_text="The folder, zip file or chapter.")
    report = models.JSONField(default=dict)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    imported_at = models.DateTimeField()

    # The report says nothing about where other things are used.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "import of a manual"
        verbose_name_plural = "imports of manuals"
        ordering = ["-imported_at", "-pk"]

    def __str__(self):
        return f"{self.source_name}, {self.imported_at:%d/%m/%Y}"

    def read_report(self) -> ManualReport:
        """Return the report."""
        return ManualReport.from_json(self.report)
