"""The Atom feed of issues (RFC 4287)."""

import re

from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed
from wagtail.models import Site

NEWEST = 20
# What XML 1.0 (section 2.2) has no place for, such as the line breaks that come along when text is pasted from Word.
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


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
        return _for_xml(self.archive.title)

    def subtitle(self):
        """Return one sentence on the feed."""
        return _for_xml(self.archive.summary)

    def link(self):
        """Return the page that the feed belongs to."""
        return self.archive.get_full_url(self.request)

    def items(self):
        """Return the latest issues that readers may see."""
        return self.archive.issues().defer("items")[:NEWEST]

    def item_title(self, item):
        """Return the title of an issue."""
        return _for_xml(item.title)

    def item_description(self, item):
        """Return its summary."""
        return _for_xml(item.summary or item.quarter_label)

    def item_link(self, item):
        """Return its full address."""
        return item.get_full_url(self.request)

    def item_pubdate(self, item):
        """Return when it was first published."""
        return item.first_published_at

    def item_updateddate(self, item):
        """Return when it was last changed."""
        return item.last_published_at


def _for_xml(text: str) -> str:
    return NOT_IN_XML.sub(" ", text)
