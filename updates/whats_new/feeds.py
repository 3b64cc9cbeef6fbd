"""The Atom feed of a list of updates."""

from django.http import Http404
from django.utils.html import escape

from pages.feeds import PageFeed, for_xml
from updates.whats_new.asked import NoSuchFilter, asked_by
from updates.whats_new.listing import updates_for
from updates.whats_new.tally import A_PAGE


class UpdatesFeed(PageFeed):
    """The latest updates that fit what the address asks for. Raises Http404 for a topic, audience or kind unknown."""

    def __init__(self, page, query):
        super().__init__(page)
        try:
            self.asked = asked_by(query, strictly=True)
        except NoSuchFilter as error:
            raise Http404("There is no such topic, audience or kind.") from error

    def title(self):
        """Return the title of the page, and what was chosen."""
        return for_xml(self.asked.titled(self.page.title))

    def link(self):
        """Return the list that the feed belongs to."""
        return self.page.get_full_url(self.request) + self.asked.query

    def feed_url(self):
        """Return the feed's own address."""
        return f"{self.page.get_full_url(self.request)}{self.page.reverse_subpage('feed')}{self.asked.query}"

    def feed_guid(self):
        """Return a name that stays when the page is moved (a tag URI, RFC 4151)."""
        return self._tag(self.page.first_published_at, f"whats-new{self.asked.query}")

    def items(self):
        """Return the latest updates."""
        return updates_for(self.asked, most=A_PAGE)

    def item_title(self, item):
        """Return what happened to which page."""
        return for_xml(f"{item.word}: {item.page_title}")

    def item_description(self, item):
        """Return the note; Atom summaries are HTML here, and a note is plain text."""
        return for_xml(escape(item.note))

    def item_link(self, item):
        """Return the address of the page."""
        return item.url or self.page.get_full_url(self.request)

    def item_categories(self, item):
        """Return the kind of page."""
        return (item.kind,)

    def item_guid(self, item):
        """Return a name of its own for each update, which stays when its page is moved or renamed."""
        return self._tag(item.moment, f"{item.place.kind}{item.place.pk}")

    def item_pubdate(self, item):
        """Return when it happened."""
        return item.moment

    def item_updateddate(self, item):
        """Return the same: an edition never changes."""
        return item.moment

    def _tag(self, moment, name: str) -> str:
        day = f",{moment:%Y-%m-%d}" if moment else ""
        return f"tag:{self.site.hostname}{day}:{name}"
