"""The page of amendments."""

from django.utils import timezone
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField

from content.rich_text import SENTENCE_FEATURES
from pages.models import BasePage
from pages.panels import introduction_panel
from procedures.amendments import DEEPEST_PAGE, amendments_of, years_of
from procedures.contents import contents_of
from procedures.feeds import AmendmentsFeed
from procedures.services import manual_above


class AmendmentsPage(RoutablePageMixin, BasePage):
    """What has changed in the manual, by month. It writes itself."""

    introduction = RichTextField(blank=True, features=SENTENCE_FEATURES)

    template = "procedures/amendments_page.html"
    parent_page_types = ["procedures.ManualPage", "procedures.PartPage"]
    subpage_types = []
    content_panels = [*BasePage.content_panels, introduction_panel]

    class Meta:
        verbose_name = "amendments page"

    def manual(self):
        """Return the manual that the page stands in."""
        manual_type = self._meta.apps.get_model("procedures.ManualPage")
        return next((page for page in reversed(self.trail()) if page.specific_class is manual_type), manual_above(self))

    def get_context(self, request, *args, **kwargs):
        """Add the chosen year's amendments, or the latest; as many queries for few as for many."""
        context = super().get_context(request, *args, **kwargs)
        manual = self.manual()
        contents = contents_of(manual.pk)
        years = years_of(manual)
        chosen = request.GET.get("year", "")
        year = int(chosen) if chosen in map(str, years) else None
        return context | {
            "part": amendments_of(manual, contents=contents, year=year, number=_page_number(request)),
            "years": years,
            "chosen_year": year,
            "manual": contents.manual,
            "line": contents.line(self.pk),
            "feed_url": self.reverse_subpage("feed"),
            "today": timezone.localdate(),
        }

    @path("feed/", name="feed")
    def feed(self, request):
        """Answer the Atom feed of amendments."""
        return AmendmentsFeed(self, self.manual())(request)


def _page_number(request) -> int:
    typed = request.GET.get("page", "")
    number = int(typed) if typed.isdecimal() and len(typed) < 6 else 1
    return min(max(number, 1), DEEPEST_PAGE)
