"""The Atom feed of issues (RFC 4287)."""

from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed
from wagtail.models import Site

NEWEST = 20


class BulletinFeed(Feed):
    """The latest issues of an archive. Dates are those of first publication and last change."""

    feed_type = Atom1Feed

    def __init__(self, archive):
        super().__init__()
        self.archive = archive

    def __call__(self, request, *args, **kwargs):
        """Answer the feed."""
        self.site = Site.find_for_request(request)
        self.request = request
        return super().__call__(request, *args, **kwargs)

    def title(self):
        """Return the title of the feed."""
        return self.archive.title

    def subtitle(self):
        """Return one sentence on the feed."""
        return self.archive.summary

    def link(self):
        """Return the page that the feed belongs to."""
        return self.archive.get_full_url(self.request)

    def items(self):
        """Return the latest issues that readers may see."""
        return self.archive.issues().defer("items")[:NEWEST]

    def item_title(self, item):
        """Return the title of an issue."""
        return item.title

    def item_description(self, item):
        """Return its summary."""
        return item.summary or item.quarter_label

    def item_link(self, item):
        """Return its full address."""
        return item.get_full_url(self.request)

    def item_pubdate(self, item):
        """Return when it was first published."""
        return item.first_published_at

    def item_updateddate(self, item):
        """Return when it was last changed."""
        return item.last_published_at
