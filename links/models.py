"""Where the site's links lead, whether that is still there, and where each is used."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from links.addresses import LONGEST, Kind
from links.querysets import LinkQuerySet
from pages.models import BasePage

# How many nights in a row a link of another site has to be broken before anyone is told.
NIGHTS = 3


class Link(models.Model):
    """Where one or more links lead, and what we know of it."""

    kind = models.CharField(max_length=5, choices=Kind)
    # Of a page or a file its key ("page:12"); else as browsers follow it.
    address = models.CharField(max_length=LONGEST, unique=True)
    host = models.CharField(max_length=255, blank=True, help_text="The server of another site that is asked.")
    first_seen = models.DateTimeField()
    last_checked = models.DateTimeField(null=True, blank=True)
    last_good = models.DateTimeField(null=True, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=250, blank=True, help_text="What was wrong when we last looked.")
    not_judged = models.CharField(max_length=250, blank=True, help_text="Why we could not tell when we last asked.")
    # In a row. A link inside the site needs one.
    nights = models.PositiveSmallIntegerField(default=0)
    last_failed_on = models.DateField(null=True, blank=True)
    next_at = models.DateTimeField(help_text="When it is asked after again.")
    left_at = models.DateTimeField(null=True, blank=True)
    left_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    left_note = models.CharField(max_length=250, blank=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["host", "next_at"], name="links_to_ask_after", condition=Q(kind=Kind.WEB)),
            models.Index(fields=["failing_since"], name="links_failing", condition=~Q(nights=0)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(nights=0) | Q(failing_since__isnull=False) & ~Q(fault=""), name="failing_link_says_why"
            )
        ]

    def __str__(self):
        return self.address

    @property
    def is_broken(self) -> bool:
        """Whether staff are told of it."""
        enough = NIGHTS if self.kind == Kind.WEB else 1
        return self.nights >= enough and self.left_at is None

    def state(self) -> str:
        """Return in a few words how it is. What failed for a night or two is not called broken yet."""
        if self.left_at is not None:
            return "Left as it is"
        if self.is_broken:
            return "Broken"
        if self.not_judged:
            return "Could not be checked"
        if self.fault:
            return "Being asked again"
        return "Works" if self.last_good else "Not checked yet"


class LinkUse(models.Model):
    """A place where a link is used: on a public page, or in a contact or the settings (`subject`)."""

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="uses")
    page = models.ForeignKey(BasePage, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    subject_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    subject_id = models.PositiveBigIntegerField(null=True, blank=True)
    subject = GenericForeignKey("subject_type", "subject_id")
    place = models.CharField(max_length=120, blank=True, help_text="The heading above it, or the field.")
    words = models.CharField(max_length=120, blank=True, help_text="The words that people press.")

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="links_of_a_subject")]
        constraints = [
            models.CheckConstraint(
                condition=Q(page__isnull=False, subject_id__isnull=True, subject_type__isnull=True)
                | Q(page__isnull=True, subject_id__isnull=False, subject_type__isnull=False),
                name="link_is_used_in_one_thing",
            )
        ]

    def __str__(self):
        return f"{self.words or self.link_id} in {self.place}"


class ServerTurn(models.Model):
    """Whose turn it is to ask a server: one process at a time, so that no server is asked more than once a second."""

    host = models.CharField(max_length=255, unique=True)
    held_by = models.CharField(max_length=32)
    held_until = models.DateTimeField()

    def __str__(self):
        return self.host
