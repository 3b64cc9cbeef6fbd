"""News for the next bulletin."""

from django.db import models

from enquiries.fields import LONGEST_TEXT
from enquiries.models.enquiry import PageEnquiry
from enquiries.uploads import LONGEST_PATH, place_in_storage
from pages.models import BasePage


class NewsSubmission(PageEnquiry):
    """A piece of news for the bulletin, from whoever works with children and families.

    It is sent to a page that takes news. Such a page type has
    `news_issue(on=)`, which returns the issue that news of that day is for: an object with its `label`, `closes` (the
    last day for it), and `missed`, the label of the issue whose last day has just passed, or "";
    `issues_for_news(user, on=)`, (key, words) pairs of the issues that somebody may put news into; and
    `take_news(news, key=, user=, now=)`, which makes a draft item of it there, once, and returns the issue's page and
    label; it raises `enquiries.taking.CannotTakeNews`.
    """

    page = models.ForeignKey(BasePage, on_delete=models.SET_NULL, null=True, related_name="news_submissions")
    # As the form named it. Staff may choose another.
    for_issue = models.CharField("for the issue of", max_length=60, editable=False)
    title = models.CharField(max_length=200, editable=False)
    text = models.TextField(max_length=LONGEST_TEXT, editable=False)
    contact = models.CharField("whom readers ask", max_length=200, blank=True, editable=False)
    file = models.FileField(upload_to=place_in_storage, max_length=LONGEST_PATH, blank=True, editable=False)
    file_name = models.CharField(max_length=255, blank=True, editable=False)
    taken_into = models.ForeignKey(
        BasePage, on_delete=models.SET_NULL, null=True, editable=False, related_name="news_taken"
    )
    taken_label = models.CharField("in the issue of", max_length=60, blank=True, editable=False)

    kept_months_setting = "news_kept_months"
    noun = "piece of news"
    template_prefix = "news"
    accepted_words = "it will be in the bulletin"

    class Meta(PageEnquiry.Meta):
        verbose_name = "piece of news"
        verbose_name_plural = "news for the bulletin"

    def __str__(self):
        # “… is accepted”: the news, not the bulletin.
        return f"{self.reference_display}: news for {self.subject()}"

    def subject(self) -> str:
        """Return which issue it was sent for. Its title is the sender's, and not for logs and mails."""
        return f"the bulletin of {self.for_issue}"

    def written(self) -> str:
        """Return all that was written to be read, to look for what is mostly links."""
        return f"{self.title}\n{self.text}"
