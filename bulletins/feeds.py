"""The Atom feed of issues."""

from pages.feeds import PageFeed, for_xml

NEWEST = 20


class BulletinFeed(PageFeed):
    """The latest issues of an archive. Dates are those of first publication and last change."""

    def items(self):
        """Return the latest issues that readers may see."""
        return self.page.issues().defer("items")[:NEWEST]

    def item_title(self, item):
        """Return the title of an issue."""
        return for_xml(item.title)

    def item_description(self, item):
        """Return its summary."""
        return for_xml(item.summary or item.quarter_label)

    def item_link(self, item):
        """Return its full address."""
        return item.get_full_url(self.request)

    def item_pubdate(self, item):
        """Return when it was first published."""
        return item.first_published_at

    def item_updateddate(self, item):
        """Return when it was last changed."""
        return item.last_published_at
