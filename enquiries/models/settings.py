"""How long what people send in is kept, and who answers."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting


class EnquirySettings(BaseGenericSetting):
    """How long things are kept, and who answers. One for the whole installation: so is the queue."""

    reply_to = models.EmailField(
        "where answers go",
        blank=True,
        help_text="People who answer one of our mails write to this address. Empty: to the address mails come from.",
    )
    answer_within_days = models.PositiveSmallIntegerField(
        "answer within", default=28, validators=[MinValueValidator(1), MaxValueValidator(365)], help_text="Days."
    )
    amendments_kept_months = models.PositiveSmallIntegerField(
        "suggested amendments",
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text="Months after they were closed. Then they are erased for good.",
    )

    panels = [
        MultiFieldPanel([FieldPanel("reply_to"), FieldPanel("answer_within_days")], heading="Answering"),
        MultiFieldPanel([FieldPanel("amendments_kept_months")], heading="How long we keep what people send in"),
    ]

    class Meta:
        verbose_name = "settings of enquiries"
