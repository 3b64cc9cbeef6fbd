"""Screens of the admin besides Wagtail's own: taking a version back, and what is wrong with files."""

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import F, Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.reports.base import ReportView

from documents.known import faults_of
from documents.models import FileVersion, LibraryDocument
from documents.rights import files_of, may, works_with_files
from documents.services import NotTheirs, withhold_version
from documents.states import State
from files.spreadsheets import AS_TEXT

# Titles and names are typed by people: no cell of a spreadsheet may count with them.


class WithholdForm(forms.Form):
    """Why a version is taken back."""

    reason = forms.CharField(
        label="Why?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For the office’s records. Readers do not see it.",
    )


class WithholdView(WagtailAdminTemplateMixin, FormView):
    """Take a version back: nobody is given it any more, from this moment on."""

    form_class = WithholdForm
    template_name = "documents/admin/withhold.html"
    header_icon = "doc-full-inverse"

    @cached_property
    def version(self):
        """The version. Raises Http404 for one that nobody is given."""
        found = FileVersion.objects.passed().select_related("document__current")
        return get_object_or_404(found, document=self.kwargs["key"], number=self.kwargs["number"])

    def dispatch(self, request, *args, **kwargs):
        """Turn away whoever may not change the file."""
        if not may(request.user, "change", self.version.document):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def page_title(self):
        """What is done here, to which version."""
        return f"Take back version {self.version.number} of {self.version.document.title}"

    def get_breadcrumbs_items(self):
        """Lead back to the file."""
        label = f"Take back version {self.version.number}"
        file = {"url": self._edit_url(), "label": self.version.document.title}
        return [*super().get_breadcrumbs_items(), file, {"url": "", "label": label}]

    def _edit_url(self) -> str:
        return reverse("wagtaildocs:edit", args=[self.version.document_id])

    def form_valid(self, form):
        """Take it back and say what readers get now."""
        try:
            withhold_version(version=self.version, user=self.request.user, now=timezone.now(), **form.cleaned_data)
        except NotTheirs:
            messages.error(self.request, "Somebody else has taken this version back meanwhile.")
            return redirect(self._edit_url())
        now = LibraryDocument.objects.select_related("current").get(pk=self.version.document_id).current
        given = f"Readers get version {now.number} now." if now else "Readers get nothing at its address now."
        messages.success(self.request, f"Version {self.version.number} is taken back. {given}")
        return redirect(self._edit_url())

    def get_context_data(self, **kwargs):
        """Add the version, and what readers will get instead."""
        others = self.version.document.versions.passed().exclude(pk=self.version.pk)
        return super().get_context_data(**kwargs) | {
            "version": self.version,
            "instead": others.order_by("number").last(),
            "edit_url": self._edit_url(),
        }


class FileFilters(WagtailFilterSet):
    """Narrows the report."""

    what = django_filters.ChoiceFilter(
        label="What",
        choices=[("faults", "Some people cannot read it"), ("waiting", "Being checked"), ("refused", "Refused")],
        empty_label="All",
        method="keep",
    )

    class Meta:
        model = FileVersion
        fields = []

    def keep(self, queryset, name, value):
        """Keep one kind of trouble."""
        kinds = {"faults": Q(state=State.PASSED), "waiting": Q(state=State.WAITING), "refused": Q(state=State.REFUSED)}
        return queryset.filter(kinds[value])


def trouble_of(version: FileVersion) -> str:
    """Say in words what is to be done about a version."""
    if version.state == State.WAITING:
        return "It is being checked."
    return version.problem or " ".join(faults_of(version))


class FilesReport(ReportView):
    """Files that wait, were refused, or that some people cannot read."""

    page_title = "Files to look at"
    header_icon = "doc-full-inverse"
    index_url_name = "documents_files_report"
    index_results_url_name = "documents_files_report_results"
    results_template_name = "documents/admin/files_report_results.html"
    filterset_class = FileFilters
    default_ordering = "-uploaded_at"
    list_export = ["document.title", "number", "name", "get_state_display", "problem", "faults", "uploaded_at"]
    export_headings = {"document.title": "File", "get_state_display": "State", "number": "Version"}
    is_searchable = False
    custom_field_preprocess = dict.fromkeys(["document.title", "name", "problem", "faults"], AS_TEXT)
    columns = [
        TitleColumn(
            "document",
            label="File",
            accessor="document.title",
            width="25%",
            get_url=lambda version: reverse("wagtaildocs:edit", args=[version.document_id]),
        ),
        Column("number", label="Version"),
        StatusTagColumn(
            "state",
            label="State",
            accessor="get_state_display",
            primary=lambda version: version.state == State.REFUSED,
        ),
        Column("trouble", label="What to do", accessor=trouble_of),
        DateColumn("uploaded_at", label="Uploaded", sort_key="uploaded_at"),
    ]

    def dispatch(self, request, *args, **kwargs):
        """Turn away whoever works with no files."""
        if not works_with_files(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        """Return the newest version of each file of theirs with which something is wrong."""
        given_out = Q(pk=F("document__current_id")) & ~Q(faults=[])
        waiting = Q(state__in=[State.WAITING, State.REFUSED]) & Q(number=F("newest_number"))
        return (
            FileVersion.objects.with_newest_number()
            .filter(given_out | waiting, document__in=files_of(self.request.user))
            .select_related("document")
        )

    def get_queryset(self):
        """Return the report's rows in their order."""
        return self.order_queryset(self.get_base_queryset())
