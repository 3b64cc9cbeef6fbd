"""Page types and a snippet that exist for tests of what all page types share."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.blocks import CharBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import DraftStateMixin, Orderable, RevisionMixin
from wagtail.snippets.models import register_snippet

from organisation.models import Contact
from pages.models import BasePage
from updates.models import TrackedPage
from updates.panels import change_question_panel


class PlainPage(BasePage):
    """A page that is not tracked."""

    parent_page_types = ["pages.BasePage", "pagetypes.PlainPage", "pagetypes.LeafletPage"]
    subpage_types = ["pagetypes.PlainPage", "pagetypes.LeafletPage"]
    template = "pagetypes/page.html"


class LeafletPage(TrackedPage):
    """A tracked page with every sort of content: text, blocks, child rows, relations."""

    body = RichTextField(blank=True)
    sections = StreamField([("heading", CharBlock())], blank=True)
    scope = models.CharField(max_length=80, default="Everybody", help_text="Required.")

    parent_page_types = ["pages.BasePage", "pagetypes.PlainPage", "pagetypes.LeafletPage"]
    subpage_types = ["pagetypes.PlainPage", "pagetypes.LeafletPage"]
    template = "pagetypes/page.html"
    update_kind = "chapter"
    content_panels = TrackedPage.content_panels + [
        FieldPanel("body"),
        FieldPanel("sections"),
        InlinePanel("steps"),
        change_question_panel,
    ]


class ShelfPage(BasePage):
    """A page that offers files, by name only, and may say who makes them in other formats."""

    keeper = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    parent_page_types = ["pages.BasePage", "pagetypes.PlainPage"]
    subpage_types = []
    template = "pagetypes/page.html"

    def offered_file(self, key: int):
        """Return the file of that key, or None where this page offers no such file."""
        return self.files.filter(pk=key).first()

    def formats_contact(self) -> Contact | None:
        """Return the contact that requests for other formats go to, or None."""
        return self.keeper


class ShelvedFile(Orderable):
    """A file of a shelf, without a file."""

    page = ParentalKey(ShelfPage, on_delete=models.CASCADE, related_name="files")
    title = models.CharField(max_length=300)


class Step(Orderable):
    """A child row of a chapter."""

    page = ParentalKey(LeafletPage, on_delete=models.CASCADE, related_name="steps")
    text = models.CharField(max_length=80)
    panels = [FieldPanel("text")]


@register_snippet
class Notice(DraftStateMixin, RevisionMixin, models.Model):
    """A snippet with drafts, for scheduled publishing."""

    text = models.CharField(max_length=80)
    panels = [FieldPanel("text")]

    def __str__(self):
        return self.text
