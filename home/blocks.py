"""What the home page is made of."""

from django.core.validators import RegexValidator
from wagtail.blocks import CharBlock, StructBlock, StructValue

from content.choosers import PageLinkBlock


class Destination(StructValue):
    """A link chosen by staff: to a page, or to an address on this site or elsewhere."""

    def href(self) -> str:
        """Return where it leads; empty when the page is gone or not for readers."""
        page = self.get("page")
        return (page.url if page else self.get("address")) or ""


class DestinationBlock(StructBlock):
    """One of the things people come for."""

    title = CharBlock(max_length=80, help_text="In the words of the people who look for it.")
    page = PageLinkBlock(required=False, help_text="Choose a page of this site…")
    address = CharBlock(
        required=False,
        max_length=300,
        help_text="…or give an address: https://… or, for a place on this site, /…",
        validators=[RegexValidator(r"^(https?://|/(?!/))", "An address starts with https:// or with / for this site.")],
    )

    class Meta:
        icon = "link"
        label = "Link"
        value_class = Destination
        template = "home/blocks/destination.html"
        description = "One of the things people come for, with the page it leads to."
        preview_value = {"title": "Graded care profile", "page": None, "address": "/contacts/"}


class PriorityCardBlock(StructBlock):
    """One of this year's priorities."""

    title = CharBlock(max_length=80)
    summary = CharBlock(max_length=250, help_text="What is being done, in one sentence.")
    page = PageLinkBlock(required=False, help_text="Where to read more.")

    class Meta:
        icon = "pick"
        label = "Priority"
        value_class = Destination
        template = "home/blocks/priority.html"
        description = "One of this year's priorities, with one sentence and a link."
        preview_value = {
            "title": "Neglect",
            "summary": "One language for neglect: the graded care profile, relaunched with training.",
            "page": None,
        }
