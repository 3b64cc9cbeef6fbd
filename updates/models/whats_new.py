"""The page of what is new."""

from django.utils import timezone
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField

from content.rich_text import SENTENCE_FEATURES
from pages.models import BasePage
from pages.panels import introduction_panel
from updates.whats_new.asked import asked_by, place_in
from updates.whats_new.feeds import UpdatesFeed
from updates.whats_new.listing import listing


class WhatsNewPage(RoutablePageMixin, BasePage):
    """Everything that has changed on the site, newest first. It writes itself; each list of it has a feed."""

    introduction = RichTextField(blank=True, features=SENTENCE_FEATURES)

    template = "updates/whats_new_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = []
    # One for the site: its list is of all pages.
    max_count = 1
    content_panels = [*BasePage.content_panels, introduction_panel]

    class Meta:
        verbose_name = "what’s new page"

    def get_context(self, request, *args, **kwargs):
        """Add the updates that the address asks for; as many queries for few as for many."""
        asked = asked_by(request.GET)
        return super().get_context(request, *args, **kwargs) | {
            "listing": listing(asked=asked, place=place_in(request.GET), today=timezone.localdate()),
            "list_title": asked.titled(self.title),
            "feed_url": self.reverse_subpage("feed"),
            # One list is enough for search engines; the others are the same things again.
            "noindex": bool(request.GET),
        }

    @path("feed/", name="feed")
    def feed(self, request):
        """Answer the Atom feed of the updates that the address asks for."""
        return UpdatesFeed(self, request.GET)(request)
