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
    formats_answer_within_days = models.PositiveSmallIntegerField(
        "answer requests for accessible formats within",
        default=10,
        db_default=10,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text="Working days. The form names the day, and a request keeps the day that it was sent with.",
    )
    education_lead = models.ForeignKey(
        "organisation.Contact",
        verbose_name="questions about school audits go to",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="This contact hears by e-mail of each question. While none is chosen, there is no form for them.",
    )
    amendments_kept_months = models.PositiveSmallIntegerField(
        "suggested amendments",
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text="Months after they were closed. Then they are erased for good.",
    )
    formats_kept_months = models.PositiveSmallIntegerField(
        "requests for accessible formats",
        default=3,
        db_default=3,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text="Months after they were closed. They can say something about a person’s health: keep them briefly.",
    )

    news_kept_months = models.PositiveSmallIntegerField(
        "news for the bulletin",
        default=12,
        db_default=12,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text="Months after it was closed, with the file that came with it. What is in a bulletin stays there.",
    )
    problems_kept_months = models.PositiveSmallIntegerField(
        "problems with pages",
        default=6,
        db_default=6,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text="Months after they were closed.",
    )
    audits_kept_months = models.PositiveSmallIntegerField(
        "questions about school audits",
        default=12,
        db_default=12,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text="Months after they were closed.",
    )
    usefulness_kept_months = models.PositiveSmallIntegerField(
        "answers to “Is this page useful?”",
        default=24,
        db_default=24,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text="Months. Only numbers of each day are kept, and nothing of who answered.",
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("reply_to"),
                FieldPanel("answer_within_days"),
                FieldPanel("formats_answer_within_days"),
                FieldPanel("education_lead"),
            ],
            heading="Answering",
        ),
        MultiFieldPanel(
            [
                FieldPanel("amendments_kept_months"),
                FieldPanel("formats_kept_months"),
                FieldPanel("news_kept_months"),
                FieldPanel("problems_kept_months"),
                FieldPanel("audits_kept_months"),
                FieldPanel("usefulness_kept_months"),
            ],
            heading="How long we keep what people send in",
        ),
    ]

    class Meta:
        verbose_name = "settings of enquiries"
