"""The Atom feed of amendments."""

from pages.feeds import PageFeed, for_xml
from procedures.amendments import editions_of, of_edition
from procedures.contents import contents_of

NEWEST = 30


class AmendmentsFeed(PageFeed):
    """The latest amendments of a manual."""

    def __init__(self, page, manual):
        super().__init__(page)
        self.manual = manual

    def items(self):
        """Return the latest amendments that readers may see."""
        contents = contents_of(self.manual.pk)
        return [of_edition(edition, contents) for edition in editions_of(self.manual)[:NEWEST]]

    def item_title(self, item):
        """Return what happened to which chapter."""
        return for_xml(f"{item.kind}: {item.number} {item.title}")

    def item_description(self, item):
        """Return the note, and the sections that changed."""
        sections = ", ".join(label for label, _ in item.sections)
        return for_xml(f"{item.note} Sections: {sections}." if sections else item.note)

    def item_link(self, item):
        """Return the address of the chapter."""
        return item.edition.page.get_full_url(self.request)

    def item_guid(self, item):
        """Return an identity of its own for each edition: a chapter may be amended many times."""
        return f"{item.edition.page.get_full_url(self.request)}editions/{item.edition.number}/"

    def item_pubdate(self, item):
        """Return when the edition came into force."""
        return item.moment

    def item_updateddate(self, item):
        """Return the same: an edition never changes."""
        return item.moment
