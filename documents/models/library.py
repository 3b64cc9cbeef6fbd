"""The library's own page: everything there is, and the ways to find it."""

from django.http import HttpRequest
from wagtail.fields import RichTextField

from content.rich_text import SENTENCE_FEATURES
from documents.alert_topics import EVERYTHING, topics_of_library
from documents.listing import listing, wanted_from
from documents.models.resources import ResourcePage
from gathering.declared import AlertTopic
from pages.models import BasePage
from pages.panels import introduction_panel
from pages.passages import PassageKind


class LibraryPage(BasePage):
    """The documents library. Filters are links, so that every list has an address and no script is needed."""

    introduction = RichTextField(blank=True, features=SENTENCE_FEATURES)

    template = "documents/library_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["documents.ResourcePage"]
    # One for the site: its list is of all resources.
    max_count = 1
    passage_kind = PassageKind.DOCUMENTS
    content_panels = [*BasePage.content_panels, introduction_panel]

    class Meta:
        verbose_name = "documents library"

    @classmethod
    def alert_topics(cls) -> list[AlertTopic]:
        """Return the library and each type of resource, while the library is public."""
        return topics_of_library() if cls.objects.visible().exists() else []

    def alert_topic(self) -> AlertTopic:
        """Return what its readers can hear of: the whole library; its types are offered beside that."""
        return EVERYTHING

    @classmethod
    def topics_alerted_by(cls, page) -> list[AlertTopic]:
        """Return, for a resource, the library and its type."""
        if not isinstance(page, ResourcePage):
            return []
        of_it = {EVERYTHING.key, f"library:{page.resource_type}"}
        return [topic for topic in cls.alert_topics() if topic.key in of_it]

    def serve(self, request: HttpRequest, *args, **kwargs):
        """Answer the list. What somebody typed is not stored: it is theirs, and there is no end of it."""
        self.is_cacheable = not request.GET.get("q")
        return super().serve(request, *args, **kwargs)

    def get_context(self, request, *args, **kwargs):
        """Add the list that the address asks for."""
        wanted = wanted_from(request.GET)
        return super().get_context(request, *args, **kwargs) | {
            "listing": listing(wanted=wanted, page=request.GET.get("page")),
            # One list is enough for search engines; the others are the same things again.
            "noindex": bool(request.GET),
        }
