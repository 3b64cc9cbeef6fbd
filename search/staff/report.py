"""The report on what readers look for."""

from django.urls import path, reverse
from django.utils.functional import cached_property
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.admin.views.reports import ReportView

from counting.reports import OfSomeDays
from files.spreadsheets import AS_TEXT
from search.insight.figures import Figures
from search.models import LookedFor
from search.staff.nothing_found import URL_NAME as NOTHING_FOUND

URL_NAME = "search_looked_for"


def _last_day(row: dict) -> str:
    """Return the day on which words were last looked for; of the hour nothing is kept."""
    return f"{row['last_day'].day} {row['last_day']:%B %Y}"


class LookedForReport(OfSomeDays, ReportView):
    """How often readers looked for which words, and how often they found nothing."""

    model = LookedFor
    any_permission_required = ["view"]
    page_title = "What readers look for"
    header_icon = "search"
    template_name = "search/admin/looked_for.html"
    results_template_name = "search/admin/looked_for_results.html"
    index_url_name = URL_NAME
    is_searchable = False
    columns = [
        Column("words", label="Words", accessor="words"),
        NumberColumn("total", label="Searches", accessor="total", width="15%"),
        NumberColumn("without", label="Found nothing", accessor="without", width="15%"),
        Column("last_day", label="Last", accessor=_last_day, width="18%"),
    ]
    list_export = ["words", "total", "without", "last_day"]
    export_headings = {"words": "Words", "total": "Searches", "without": "Found nothing", "last_day": "Last"}
    custom_field_preprocess = {
        "words": AS_TEXT,
    }

    @cached_property
    def figures(self) -> Figures:
        """The figures of the period that was asked for."""
        return Figures(period=self.period)

    def get_queryset(self):
        """Return the words with their numbers."""
        return self.figures.words()

    def get_filename(self):
        """Return what the spreadsheet is called, without its ending."""
        return f"searches-{self.period.first}-to-{self.period.last}"

    def get_context_data(self, *args, **kwargs):
        """Add the figures."""
        return super().get_context_data(*args, **kwargs) | {"figures": self.figures, "gaps_url": reverse(NOTHING_FOUND)}


urlpatterns = [path("searches/", LookedForReport.as_view(), name=URL_NAME)]
