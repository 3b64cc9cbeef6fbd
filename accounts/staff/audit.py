"""Who did what and when: Wagtail's log with all of ours in it, written by what is done and edited by nobody."""

from django.urls import path
from wagtail.admin.views.reports.audit_logging import LogEntriesView

from files.spreadsheets import AS_TEXT

URL_NAME = "staff_audit:report"


class AuditView(LogEntriesView):
    """Each person sees what happened to that which they may work on; site managers see everything."""

    page_title = "Audit"
    index_url_name = URL_NAME
    index_results_url_name = "staff_audit:results"
    list_export = [*LogEntriesView.list_export, "message"]
    export_headings = {**LogEntriesView.export_headings, "message": "What happened"}

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        # Titles and reasons are somebody's words: no spreadsheet is to take them for a formula.
        plain = AS_TEXT
        for name in ("label", "message", "user_display_name"):
            self.custom_field_preprocess[name] = plain


urlpatterns = [
    path("audit/", AuditView.as_view(), name="report"),
    path("audit/results/", AuditView.as_view(results_only=True), name="results"),
]
