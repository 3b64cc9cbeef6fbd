"""The report on what to mend: public pages with faults, those with most of them first."""

from django.urls import path, reverse
from django.utils import timezone
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies.pages import PagePermissionPolicy

from files.spreadsheets import AS_TEXT
from pages.models import BasePage
from proofreading.faults import NAMES
from proofreading.models import PageProof

URL_NAME = "proofreading_report"


class FaultsReport(ReportView):
    """For editors: of the pages that they may edit."""

    model = PageProof
    permission_required = "change"
    permission_policy = PagePermissionPolicy()
    page_title = "What to mend"
    header_icon = "glasses"
    results_template_name = "proofreading/report_results.html"
    index_url_name = URL_NAME
    list_export = ["page.title", "page.full_url", "faults", "kinds", "age"]
    export_headings = {
        "page.title": "Page",
        "page.full_url": "Address",
        "faults": "Faults",
        "kinds": "What",
        "age": "Reading age",
    }
    custom_field_preprocess = {"page.title": AS_TEXT}
    columns = [
        TitleColumn(
            "page",
            label="Page",
            accessor="page.title",
            get_url=lambda proof: reverse("wagtailadmin_pages:edit", args=[proof.page_id]),
        ),
        NumberColumn("faults", label="Faults", width="10%"),
        Column("kinds", label="What", width="35%"),
        NumberColumn("age", label="Reading age", width="12%"),
        DateColumn("read_at", label="Read", width="12%"),
    ]

    @property
    def chosen(self) -> str:
        """The kind of fault that is asked for, or ""."""
        kind = self.request.GET.get("kind", "")
        return kind if kind in NAMES else ""

    def get_queryset(self):
        """Return what was found in public pages that this editor may change."""
        editable = PagePermissionPolicy().instances_user_has_permission_for(self.request.user, "change")
        mine = BasePage.objects.visible().filter(pk__in=editable.values("pk"))
        proofs = PageProof.objects.filter(faults__gt=0, page__in=mine).select_related("page")
        if self.chosen:
            proofs = proofs.filter(by_kind__has_key=self.chosen)
        return proofs.order_by("-faults", "page__title", "pk")

    def get_filename(self):
        """Return what the spreadsheet is called, without its ending."""
        return f"what-to-mend-{timezone.localdate()}"

    def get_context_data(self, *args, **kwargs):
        """Add the choice of kinds."""
        choices = [("", "All", not self.chosen), *((kind, name, kind == self.chosen) for kind, name in NAMES.items())]
        return super().get_context_data(*args, **kwargs) | {"choices": choices}


def may_edit_pages(user) -> bool:
    """Tell whether somebody may edit any page."""
    return PagePermissionPolicy().user_has_permission(user, "change")


class FaultsMenuItem(MenuItem):
    """The way to the report, for those who may edit a page."""

    def __init__(self):
        super().__init__(
            FaultsReport.page_title, reverse(URL_NAME), name="what-to-mend", icon_name="glasses", order=650
        )

    def is_shown(self, request):
        """Tell whether the person signed in may."""
        return may_edit_pages(request.user)


urlpatterns = [
    path("reports/what-to-mend/", FaultsReport.as_view(), name=URL_NAME),
    path("reports/what-to-mend/results/", FaultsReport.as_view(results_only=True), name=f"{URL_NAME}_results"),
]
