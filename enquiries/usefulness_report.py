"""The report on useful pages: how many readers said yes and how many no, those first that most were let down by."""

from datetime import timedelta

from django.db.models import Sum
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import NumberColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

from enquiries.models import ProblemReport
from files.spreadsheets import AS_TEXT
from pages.models import BasePage

URL_NAME = "enquiries_usefulness_report"
# Name in the address → (label, days). The first is what is shown without a choice.
PERIODS = {"90": ("Last 90 days", 90), "30": ("Last 30 days", 30), "year": ("Last 12 months", 365)}


class UsefulnessReport(ReportView):
    """For those who work on problems with pages."""

    model = BasePage
    any_permission_required = ["change"]
    page_title = "Useful pages"
    header_icon = "help"
    results_template_name = "enquiries/admin/usefulness_results.html"
    index_url_name = URL_NAME
    list_export = ["title", "full_url", "yes", "no"]
    export_headings = {"title": "Page", "full_url": "Address", "yes": "Yes", "no": "No"}
    custom_field_preprocess = {"title": AS_TEXT}

    @cached_property
    def permission_policy(self):
        """The rules of the queue for problems, not those of pages."""
        return policy_registry.get_by_type(ProblemReport)

    @property
    def chosen(self) -> str:
        """The name of the period that is shown."""
        name = self.request.GET.get("period")
        return name if name in PERIODS else next(iter(PERIODS))

    def get_queryset(self):
        """Return the pages that somebody answered on in the period, with the sums."""
        today = timezone.localdate()
        answered = BasePage.objects.filter(usefulness__day__gt=today - timedelta(days=PERIODS[self.chosen][1]))
        sums = answered.annotate(yes=Sum("usefulness__yes"), no=Sum("usefulness__no"))
        return sums.order_by("-no", "-yes", "title", "pk")

    @cached_property
    def columns(self):
        """The columns of the table. Who may not edit a page is not led to where they are turned away."""
        may_edit = PagePermissionPolicy().instances_user_has_permission_for(self.request.user, "change")
        mine = set(may_edit.filter(usefulness__isnull=False).values_list("pk", flat=True))

        def edit_url(page):
            return reverse("wagtailadmin_pages:edit", args=[page.pk]) if page.pk in mine else None

        return [
            TitleColumn("title", label="Page", get_url=edit_url),
            NumberColumn("yes", label="Yes", width="12%"),
            NumberColumn("no", label="No", width="12%"),
        ]

    def get_filename(self):
        """Return what the spreadsheet is called, without its ending."""
        return f"useful-pages-{timezone.localdate()}"

    def get_context_data(self, *args, **kwargs):
        """Add the choice of periods."""
        choices = [(name, label, name == self.chosen) for name, (label, _) in PERIODS.items()]
        return super().get_context_data(*args, **kwargs) | {"choices": choices}


class UsefulnessMenuItem(MenuItem):
    """The way to the report, for those who may see it."""

    def __init__(self):
        super().__init__(
            UsefulnessReport.page_title, reverse(URL_NAME), name="useful-pages", icon_name="help", order=660
        )

    def is_shown(self, request):
        """Tell whether the person signed in may."""
        return ProblemReport.may_be_handled_by(request.user)


urlpatterns = [
    path("reports/useful-pages/", UsefulnessReport.as_view(), name=URL_NAME),
    path("reports/useful-pages/results/", UsefulnessReport.as_view(results_only=True), name=f"{URL_NAME}_results"),
]
