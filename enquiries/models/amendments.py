"""Suggestions what to change in a page."""

from django.db import models

from enquiries.fields import LONGEST_TEXT
from enquiries.models.enquiry import PageEnquiry
from pages.models import BasePage


class AmendmentSuggestion(PageEnquiry):
    """A suggestion what to change in a page or one of its sections.

    Section and edition are kept as they read when it was sent, like the title.
    """

    page = models.ForeignKey(BasePage, on_delete=models.SET_NULL, null=True, related_name="amendment_suggestions")
    section_code = models.CharField(max_length=8, blank=True, editable=False)
    section_title = models.CharField(max_length=255, blank=True, editable=False)
    edition_number = models.PositiveIntegerField("edition", null=True, editable=False)
    change = models.TextField("what should change", max_length=LONGEST_TEXT)
    reason = models.TextField("why, and where it says so", blank=True, max_length=LONGEST_TEXT)
    done_in = models.ForeignKey(
        "updates.Edition",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="amendment_suggestions",
        verbose_name="edition that did it",
    )

    kept_months_setting = "amendments_kept_months"
    noun = "suggestion"
    template_prefix = "amendment"

    class Meta(PageEnquiry.Meta):
        verbose_name = "suggested amendment"

    def subject(self) -> str:
        """Return the page's title and the section, as they read."""
        return f"{self.page_title}, {self.section_title}" if self.section_title else self.page_title

    def written(self) -> str:
        """Return what was written."""
        return f"{self.change}\n{self.reason}"

    @property
    def anchor(self) -> str:
        """The anchor of the section; empty without one."""
        return f"#s-{self.section_code}" if self.section_code else ""

    @property
    def about_display(self) -> str:
        """Page, section and edition, as they read when it was sent."""
        section = f", “{self.section_title}”" if self.section_title else ""
        edition = f", edition {self.edition_number}" if self.edition_number else ""
        return f"{self.page_title}{section}{edition}"
