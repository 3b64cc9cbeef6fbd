"""What the home page is made of."""

from wagtail.blocks import CharBlock, StructBlock, StructValue

from content.choosers import PageLinkBlock
from organisation.links import LinkBlock, is_safe_address


class Destination(StructValue):
    """A link chosen by staff: to a page, or to an address on this site or elsewhere."""

    def href(self) -> str:
        """Return where it leads; empty when the page is gone or not for readers."""
        if page := self.get("page"):
            return page.url or ""
        address = self.get("address") or ""
        return address if is_safe_address(address) else ""


class DestinationBlock(LinkBlock):
    """One of the things people come for: a link in their words."""

    page = PageLinkBlock(required=False, help_text="The link follows the page when that is renamed or moved.")
    title = CharBlock(max_length=80, help_text="In the words of the people who look for it.")

    class Meta:
        icon = "link"
        label = "Link"
        label_format = "{title}"
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
