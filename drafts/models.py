"""Links to drafts for people without an account, and what they say of them."""

from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from drafts.querysets import DraftCommentQuerySet, DraftLinkQuerySet
from drafts.tokens import hash_of, token_for
from pages.models import BasePage

LONGEST_COMMENT = 5000


class DraftLink(models.Model):
    """A link to the drafts of one or several pages. Whoever has it reads them, until it is over or stopped.

    It shows the latest draft of each page, whatever was written after it was made, and only while its maker may edit
    that page. A bundle of pages can have one link: it is made with all of them.
    """

    number = models.UUIDField(default=uuid4, unique=True, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    about = models.CharField("who is it for?", max_length=80, blank=True)
    pages = models.ManyToManyField(BasePage, through="SharedDraft", related_name="draft_links")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_opened_at = models.DateTimeField(null=True)

    # Of the mail that tells its maker of comments.
    mail_not_before = models.DateTimeField(null=True, help_text="Somebody sends it, or it failed.")
    mail_attempts = models.PositiveSmallIntegerField(default=0)

    objects = DraftLinkQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("made_at")), name="draft_link_lasts")]

    def __str__(self):
        return f"Link of {self.made_at:%d/%m/%Y}"

    def save(self, *args, **kwargs):
        """Keep the hash of the secret part of a new link."""
        if not self.token_hash:
            self.token_hash = hash_of(token_for(self.number))
        super().save(*args, **kwargs)

    def is_open(self, *, now: datetime) -> bool:
        """Tell whether it works. Asks for its maker unless that was fetched with it."""
        return self.revoked_at is None and self.ends_at > now and self.made_by is not None and self.made_by.is_active

    def url(self) -> str:
        """Return the whole address; "" for one from before the site's secret key was changed."""
        token = token_for(self.number)
        return settings.SITE_URL + reverse("drafts:link", args=[token]) if hash_of(token) == self.token_hash else ""


class SharedDraft(models.Model):
    """A page of a link, at its place in the link's list."""

    link = models.ForeignKey(DraftLink, on_delete=models.CASCADE, related_name="shared")
    page = models.ForeignKey(BasePage, on_delete=models.CASCADE, related_name="shared_drafts")
    place = models.PositiveSmallIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["link", "place"]
        constraints = [models.UniqueConstraint(fields=["link", "page"], name="page_once_in_a_draft_link")]

    def __str__(self):
        return f"{self.link_id}: {self.page_id}"


class DraftComment(models.Model):
    """What somebody with a link says of a draft. Nothing of them is kept but what they wrote."""

    link = models.ForeignKey(DraftLink, on_delete=models.CASCADE, related_name="comments")
    page = models.ForeignKey(BasePage, on_delete=models.CASCADE, related_name="draft_comments")
    # Of the form that was shown: sent twice, it makes one row.
    form_key = models.UUIDField(unique=True, editable=False)
    name = models.CharField(max_length=80)
    # Where on the page, as it was called then; empty for the whole page.
    anchor = models.CharField(max_length=255, blank=True)
    section = models.CharField(max_length=255, blank=True)
    text = models.TextField(max_length=LONGEST_COMMENT)
    may_hold_details = models.BooleanField(default=False, help_text="Sent although the form warned of it.")
    received_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    dealt_with_at = models.DateTimeField(null=True)
    dealt_with_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = DraftCommentQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(fields=["page"], condition=Q(dealt_with_at=None), name="open_comments_on_a_draft"),
            models.Index(fields=["link"], condition=Q(told_at=None), name="comments_to_tell_of"),
        ]

    def __str__(self):
        return f"Comment of {self.received_at:%d/%m/%Y}"
