"""Atom feeds (RFC 4287) that belong to a page."""

import re

from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed
from wagtail.models import Site

# What XML 1.0 (section 2.2) has no place for, such as the line breaks that come along when text is pasted from Word.
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def for_xml(text: str) -> str:
    """Return a text without what XML has no place for."""
    return NOT_IN_XML.sub(" ", text)


class AtomFeed(Atom1Feed):
    """An Atom feed that says of itself while it has no items that it is as old as its page.

    Django would say that it changed just now, at each request: nobody could be told that it is still the same (ETag).
    """

    def latest_post_date(self):
        """Return when the feed was last changed."""
        return (not self.items and self.feed["page_changed_at"]) or super().latest_post_date()


class PageFeed(Feed):
    """A feed with the title, summary and address of a page; the items are up to the room."""

    feed_type = AtomFeed

    def __init__(self, page):
        super().__init__()
        self.page = page

    def __call__(self, request, *args, **kwargs):
        """Answer the feed."""
        self.site = Site.find_for_request(request)
        self.request = request
        return super().__call__(request, *args, **kwargs)

    def title(self):
        """Return the title of the feed."""
        return for_xml(self.page.title)

    def subtitle(self):
        """Return one sentence on the feed."""
        return for_xml(self.page.summary)

    def link(self):
        """Return the page that the feed belongs to."""
        return self.page.get_full_url(self.request)

    def feed_extra_kwargs(self, obj):
        """Hand on when the page was last changed."""
        return {"page_changed_at": self.page.last_published_at}
