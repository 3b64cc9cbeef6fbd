"""What was offered to an issue, and where it came from."""

from django.conf import settings
from django.db import models

from pages.models import BasePage


class Offer(models.Model):
    """One thing that became (part of) an item of an issue: where it comes from, and why it is there.

    The row stays when staff remove the item: what has been offered is not offered again.
    """

    issue = models.ForeignKey("bulletins.BulletinPage", on_delete=models.CASCADE, related_name="offers")
    key = models.CharField(max_length=120, help_text="Names it for ever: see gathering.declared.Newsworthy.")
    joins = models.CharField(max_length=120, blank=True)
    item_id = models.CharField(max_length=36, help_text="The id of the block.")
    heading = models.CharField(max_length=255)
    reason = models.CharField(max_length=300)
    source = models.ForeignKey(BasePage, on_delete=models.SET_NULL, null=True, related_name="+")
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    offered_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "offer to an issue"
        verbose_name_plural = "offers to issues"
        ordering = ["offered_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["issue", "key"], name="offered_once_to_an_issue")]

    def __str__(self):
        return f"{self.heading}: {self.reason}"


class Assembly(models.Model):
    """That an issue was assembled at a moment: the next one begins where this one ended."""

    issue = models.ForeignKey("bulletins.BulletinPage", on_delete=models.CASCADE, related_name="assemblies")
    since = models.DateTimeField(help_text="From when on was looked for news.")
    until = models.DateTimeField()
    assembled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name_plural = "assemblies"
        ordering = ["-until", "-pk"]

    def __str__(self):
        return f"{self.issue_id}: {self.since:%d/%m/%Y} to {self.until:%d/%m/%Y}"
