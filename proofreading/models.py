"""For whom pages are written, and what was found in those that are public."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting

from pages.models import BasePage
from proofreading.faults import NAMES

AGES = [MinValueValidator(9), MaxValueValidator(22)]


class ProofreadingSettings(BaseGenericSetting):
    """How hard the pages may be to read. One for the whole installation."""

    age_for_everybody = models.PositiveSmallIntegerField(
        "pages for everybody",
        default=12,
        validators=AGES,
        help_text="Years. Of the home page, information pages and the lists. GOV.UK writes for readers of 9.",
    )
    age_for_practitioners = models.PositiveSmallIntegerField(
        "pages for people who work with children",
        default=14,
        validators=AGES,
        help_text="Years. Of procedures, bulletins, the library, priorities and the board’s business.",
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("age_for_everybody"), FieldPanel("age_for_practitioners")],
            heading="How old should one have to be to read our pages with ease?",
            help_text="The editor warns where a page is harder to read. It stops nobody from publishing.",
        )
    ]

    class Meta:
        verbose_name = "settings of the checks"

    def wanted_age(self, page: BasePage) -> int:
        """Return how old one should have to be to read a page; what readers are told of is for practitioners."""
        return self.age_for_practitioners if page.is_tracked else self.age_for_everybody


class PageProof(models.Model):
    """How many faults of each kind a public page had when it was read last; not which, for they may be details.

    Pages are read every night, and when they are published in the editor: see `proofreading.services`.
    """

    page = models.OneToOneField(BasePage, on_delete=models.CASCADE, related_name="proof")
    faults = models.PositiveIntegerField()
    by_kind = models.JSONField(help_text="Kind → number: see proofreading.faults.NAMES.")
    age = models.PositiveSmallIntegerField(null=True, help_text="Its reading age in years; empty for a short text.")
    read_at = models.DateTimeField()

    # That a page was read is no use of it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "page with something to mend"
        verbose_name_plural = "pages with something to mend"
        indexes = [models.Index(fields=["-faults"], name="most_faults_first")]

    def __str__(self):
        return f"{self.page_id}: {self.faults}"

    def kinds(self) -> str:
        """Return what was found in a few words: "A child’s details 1, short form 3"."""
        return ", ".join(f"{NAMES[kind]} {number}" for kind, number in self.by_kind.items() if kind in NAMES)
