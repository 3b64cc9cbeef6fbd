"""Alert banners: what readers must see now, until a moment that is set beforehand."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.fields import RichTextField

from organisation.links import validate_address
from organisation.querysets import AlertBannerQuerySet

LONGEST_MESSAGE = 400


class AlertBanner(models.Model):
    """A short message above the pages of the whole site or of one section, for a time."""

    class Level(models.TextChoices):
        """How much it matters."""

        INFORMATION = "information", "Information"
        IMPORTANT = "important", "Important"
        URGENT = "urgent", "Urgent"

    class State(models.TextChoices):
        """Where a banner is in its life; follows from the clock alone."""

        SCHEDULED = "scheduled", "Scheduled"
        SHOWING = "showing", "Showing now"
        ENDED = "ended", "Ended"

    title = models.CharField(max_length=100)
    # Without links: a banner's one link is a field of its own, so that showing it needs no further query.
    message = RichTextField(
        features=["bold", "italic"], blank=True, validators=[MaxLengthValidator(4 * LONGEST_MESSAGE)]
    )
    level = models.CharField(max_length=20, choices=Level, default=Level.INFORMATION)
    link_page = models.ForeignKey(
        "pages.BasePage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="link to a page",
    )
    link_address = models.CharField("or to an address", max_length=500, blank=True, validators=[validate_address])
    link_text = models.CharField("words of the link", max_length=80, blank=True)
    section = models.ForeignKey(
        "pages.BasePage",
        # Without its section a banner would be shown everywhere; so it goes with it.
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="alert_banners",
        verbose_name="section",
    )
    starts_at = models.DateTimeField("show from", default=timezone.now)
    ends_at = models.DateTimeField("show until")
    updated_at = models.DateTimeField(auto_now=True)

    objects = AlertBannerQuerySet.as_manager()

    class Meta:
        ordering = ["-ends_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="banner_ends_after_it_starts"
            )
        ]

    def __str__(self):
        return self.title

    def clean(self):
        """Insist on a link that is whole, on times in order, and on few words."""
        super().clean()
        if faults := dict(self._faults()):
            raise ValidationError(faults)

    def _faults(self):
        if self.link_page_id and self.link_address:
            yield "link_address", "Link to a page or to an address: one of the two."
        if bool(self.link_page_id or self.link_address) != bool(self.link_text):
            yield "link_text", "A link needs both: where it goes, and the words that people press."
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            yield "ends_at", "The banner must end after it has begun."
        if len(strip_tags(self.message)) > LONGEST_MESSAGE:
            yield "message", f"At most {LONGEST_MESSAGE} characters. Put the rest on a page and link to it."

    def state_at(self, now: datetime) -> "AlertBanner.State":
        """Return where the banner is in its life at that moment."""
        if now >= self.ends_at:
            return self.State.ENDED
        return self.State.SHOWING if now >= self.starts_at else self.State.SCHEDULED
