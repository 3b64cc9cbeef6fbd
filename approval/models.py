"""A second pair of eyes before something is public, and what was published without."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from wagtail.models import AbstractGroupApprovalTask, Revision

from approval.querysets import PublishedUnapprovedQuerySet
from pages.models import BasePage


class SecondPairOfEyes(AbstractGroupApprovalTask):
    """A step of a workflow: somebody of these groups approves, and not who changed the page last."""

    class Meta:
        verbose_name = "second pair of eyes"
        verbose_name_plural = "second pairs of eyes"

    @classmethod
    def get_description(cls):
        """Say what it is, where a step is chosen."""
        return "Somebody of the groups that you choose approves, and never who changed the page last"

    def get_actions(self, obj, user):
        """Return what Wagtail's buttons may do; who changed the page last may only wait.

        To approve is not among them: `approval.services.approve` does that, for who has seen what changes.
        """
        actions = [] if changed_last(obj, user) else super().get_actions(obj, user)
        return [(name, "Send it back", asks) for name, _, asks in actions if name != "approve"]

    def get_task_states_user_can_moderate(self, user, **kwargs):
        """Return what waits for somebody, without what they changed last themselves."""
        states = super().get_task_states_user_can_moderate(user, **kwargs)
        theirs = Revision.objects.filter(user=user).values("pk")
        return states.exclude(revision__in=theirs)


def changed_last(page, user) -> bool:
    """Tell whether somebody saved the latest draft of a page."""
    latest = page.get_latest_revision()
    return latest is not None and latest.user_id == user.pk


class PublishedUnapproved(models.Model):
    """A draft that was published without a second pair of eyes: by whom and why, until somebody has looked at it."""

    page = models.ForeignKey(BasePage, on_delete=models.CASCADE, related_name="published_unapproved")
    revision = models.ForeignKey(Revision, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(
        max_length=500,
        verbose_name="Why can it not wait for somebody to approve it?",
        help_text="One or two sentences. It stays in the history of the page, and who approves reads it.",
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)

    objects = PublishedUnapprovedQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "published without approval"
        verbose_name_plural = "published without approval"
        ordering = ["-at", "-pk"]
        default_permissions = []
        permissions = [("publish_unapproved", "Can publish without approval, with a reason")]
        indexes = [models.Index(fields=["page"], condition=Q(approved_at=None), name="waits_for_approval")]

    def __str__(self):
        return f"{self.page} on {self.at:%d/%m/%Y}"
