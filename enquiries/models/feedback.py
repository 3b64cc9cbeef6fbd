"""What readers think of a page: whether it is useful, as two numbers a day, and what does not work on it."""

from django.db import models
from django.db.models import Q

from enquiries.fields import LONGEST_TEXT
from enquiries.models.enquiry import PageEnquiry
from pages.models import BasePage


class PageUsefulness(models.Model):
    """How many readers said on one day that a page is useful, and how many that it is not. Nothing else of them."""

    page = models.ForeignKey(BasePage, on_delete=models.CASCADE, related_name="usefulness")
    day = models.DateField()
    yes = models.PositiveIntegerField(default=0)
    no = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["page", "day"], name="usefulness_once_a_day"),
            models.CheckConstraint(condition=Q(yes__gt=0) | Q(no__gt=0), name="usefulness_says_something"),
        ]

    def __str__(self):
        return f"{self.page}, {self.day:%d/%m/%Y}: {self.yes} yes, {self.no} no"


class ProblemReport(PageEnquiry):
    """Something that does not work on a page, or is wrong there."""

    page = models.ForeignKey(BasePage, on_delete=models.SET_NULL, null=True, related_name="problem_reports")
    doing = models.TextField("what they were doing", blank=True, max_length=LONGEST_TEXT, editable=False)
    wrong = models.TextField("what went wrong", max_length=LONGEST_TEXT, editable=False)

    kept_months_setting = "problems_kept_months"
    noun = "report"
    template_prefix = "problem"
    accepted_words = "we have put it right"

    class Meta(PageEnquiry.Meta):
        verbose_name = "problem with a page"
        verbose_name_plural = "problems with pages"

    def written(self) -> str:
        """Return what was written."""
        return f"{self.doing}\n{self.wrong}"
