"""The report on downloads in the admin: a chart, the files that are wanted most, and both as a spreadsheet."""

from django.urls import path, reverse
from django.utils.functional import cached_property
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from counting.reports import OfSomeDays
from documents.download_figures import Figures, resources_of
from documents.models import LibraryDocument
from documents.rights import WORKS_WITH_FILES, may
from files.spreadsheets import AS_TEXT

URL_NAME = "documents_downloads_report"
AT_ONCE = 500


class ResourcesColumn(Column):
    """The resources that offer a file."""

    cell_template_name = "documents/admin/resources_cell.html"


class DownloadsReport(OfSomeDays, ReportView):
    """How often files were downloaded; whoever works with some collections sees the files of those."""

    model = LibraryDocument
    any_permission_required = WORKS_WITH_FILES
    page_title = "Downloads"
    header_icon = "download"
    template_name = "documents/admin/downloads.html"
    results_template_name = "documents/admin/downloads_results.html"
    index_url_name = URL_NAME
    list_export = ["title", "filename", "resource_titles", "collection.name", "downloads"]
    export_headings = {
        "title": "File",
        "filename": "File name",
        "resource_titles": "Resources",
        "collection.name": "Collection",
        "downloads": "Downloads",
    }
    custom_field_preprocess = {name: AS_TEXT for name in list_export if name != "downloads"}

    @cached_property
    def figures(self) -> Figures:
        """The figures of the period that was asked for."""
        return Figures(user=self.request.user, period=self.period)

    def get_queryset(self):
        """Return the files."""
        return self.figures.files()

    @cached_property
    def columns(self):
        """The columns of the table. Who may not edit a file is not led to where they are turned away."""

        def edit_url(document):
            if may(self.request.user, "change", document):
                return reverse("wagtaildocs:edit", args=[document.pk])
            return None

        return [
            TitleColumn("title", label="File", get_url=edit_url),
            ResourcesColumn("resources", label="Resources"),
            NumberColumn("downloads", label="Downloads", width="15%"),
        ]

    def decorate_paginated_queryset(self, object_list):
        """Give each file the resources that offer it."""
        documents = list(object_list)
        for start in range(0, len(documents), AT_ONCE):
            some = documents[start : start + AT_ONCE]
            found = resources_of(some, user=self.request.user)
            for document in some:
                document.resources = found.get(document.pk, [])
                document.resource_titles = "; ".join(resource.title for resource in document.resources)
        return documents

    def get_filename(self):
        """Return what the spreadsheet is called, without its ending."""
        return f"downloads-{self.figures.period.first}-to-{self.figures.period.last}"

    def get_context_data(self, *args, **kwargs):
        """Add the figures."""
        return super().get_context_data(*args, **kwargs) | {"figures": self.figures}


urlpatterns = [path("reports/downloads/", DownloadsReport.as_view(), name=URL_NAME)]
