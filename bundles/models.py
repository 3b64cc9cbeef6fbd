"""Drafts that become public together, or not at all."""

from django.conf import settings
from django.db import models
from wagtail.models import Revision

from bundles.querysets import BundleQuerySet
from pages.models import BasePage


class State(models.TextChoices):
    """Where a bundle stands. What the buttons do is in `bundles.services`."""

    OPEN = "open", "Being put together"
    WAITING = "waiting", "Waiting for approval"
    APPROVED = "approved", "Approved"
    RELEASED = "released", "Published"


class Bundle(models.Model):
    """A handful of drafts: a strategy, the chapter that follows from it, a form and the news about them."""

    title = models.CharField("what is it about?", max_length=120, help_text="For staff alone.")
    go_live_at = models.DateTimeField(
        "publish at", null=True, blank=True, help_text="Leave it empty to publish as soon as it is approved."
    )
    state = models.CharField(max_length=12, choices=State, default=State.OPEN)
    fault = models.CharField(max_length=500, blank=True, help_text="Why it could not be published, and which page.")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)

    objects = BundleQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-made_at", "-pk"]
        default_permissions = []
        indexes = [models.Index(fields=["go_live_at"], condition=models.Q(state="approved"), name="bundles_to_release")]

    def __str__(self):
        return self.title

    @property
    def is_over(self) -> bool:
        """Whether it is public."""
        return self.state == State.RELEASED

    def handed_in(self) -> str:
        """Return a name for the drafts that were handed in: they stay as they are (`pages.held`)."""
        return "-".join(str(row.revision_id) for row in self.bundled.order_by("pk"))


class BundledPage(models.Model):
    """A page of a bundle. `revision`: the draft that was handed in, and nothing else is published."""

    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="bundled")
    page = models.ForeignKey(BasePage, on_delete=models.SET_NULL, null=True, related_name="bundled")
    # What it was called, should the page be deleted.
    title = models.CharField(max_length=255)
    revision = models.ForeignKey(Revision, on_delete=models.SET_NULL, null=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["page__path", "pk"]
        default_permissions = []
        constraints = [models.UniqueConstraint(fields=["bundle", "page"], name="page_once_in_a_bundle")]

    def __str__(self):
        return self.title
