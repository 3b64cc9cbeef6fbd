"""The board's own page: its meetings and what they decided; inspections, audits and reviews."""

from django.template.response import TemplateResponse
from django.utils import timezone
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField

from board_business.listing import all_meetings, all_reviews, latest_meetings, latest_reviews
from board_business.models.meetings import MeetingPage
from board_business.models.reviews import ReviewPage
from content.rich_text import SENTENCE_FEATURES
from pages.models import BasePage
from pages.panels import introduction_panel
from pages.passages import PassageKind


class BoardBusinessPage(RoutablePageMixin, BasePage):
    """What the board decided, and what inspections, audits and reviews found. Its latest, and the way to all of it."""

    introduction = RichTextField(blank=True, features=SENTENCE_FEATURES)

    template = "board_business/board_page.html"
    passage_kind = PassageKind.BOARD
    parent_page_types = ["home.HomePage"]
    subpage_types = ["board_business.MeetingPage", "board_business.ReviewPage"]
    max_count_per_parent = 1
    content_panels = [*BasePage.content_panels, introduction_panel]

    class Meta:
        verbose_name = "board's work"
        verbose_name_plural = "board's work"

    def meetings(self):
        """Return the meetings that readers may see; in lists without what only their own page shows."""
        return MeetingPage.objects.child_of(self).visible().defer("agencies")

    def reviews(self):
        """Return the reviews that readers may see; in lists without what only their own page shows."""
        told_there = ("methods", "what_happened", "good_practice", "areas_for_development", "what_to_do", "documents")
        return ReviewPage.objects.child_of(self).visible().defer(*told_there)

    def get_context(self, request, *args, **kwargs):
        """Add the latest meetings and reviews: four queries, however many there are."""
        return super().get_context(request, *args, **kwargs) | {
            "meetings": latest_meetings(self.meetings()),
            "reviews": latest_reviews(self.reviews(), today=timezone.localdate()),
        }

    @path("meetings/", name="meetings")
    def meetings_view(self, request):
        """Answer the list of all meetings, with a filter by year."""
        return self._list(request, "meetings", all_meetings(self.meetings(), query=request.GET))

    @path("reviews/", name="reviews")
    def reviews_view(self, request):
        """Answer the list of all inspections, audits and reviews, with filters by year and type."""
        found = all_reviews(self.reviews(), query=request.GET, today=timezone.localdate())
        return self._list(request, "reviews", found)

    def _list(self, request, name: str, listing):
        # One list is enough for search engines; the others are the same things again.
        context = {"page": self, "listing": listing, "noindex": bool(request.GET)}
        return TemplateResponse(request, f"board_business/all_{name}.html", context)
