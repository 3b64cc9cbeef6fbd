"""The admin's face of the library."""

from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.panels import FieldPanel
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet

from documents import download_report
from documents.admin_views import FilesReport, WithholdView
from documents.dashboard import FilesPanel
from documents.file_list import FileList
from documents.menus import ForWhoWorksWithFiles
from documents.models import LibraryDocument, PublicCollection
from documents.rights import files_of


@hooks.register("register_admin_urls")
def register_screens():
    """Give the screens their addresses."""
    return [
        # Found before Wagtail's own, whose room comes after this one; asked for by the same names.
        path("documents/", FileList.as_view()),
        path("documents/results/", FileList.as_view(results_only=True)),
        path("documents/<int:key>/versions/<int:number>/take-back/", WithholdView.as_view(), name="documents_withhold"),
        path("reports/files/", FilesReport.as_view(), name="documents_files_report"),
        path("reports/files/results/", FilesReport.as_view(results_only=True), name="documents_files_report_results"),
        *download_report.urlpatterns,
    ]


@hooks.register("register_reports_menu_item")
def offer_report():
    """Offer the report."""
    return ForWhoWorksWithFiles(
        FilesReport.page_title, reverse("documents_files_report"), name="files", icon_name="doc-full-inverse", order=700
    )


@hooks.register("register_reports_menu_item")
def offer_report_on_downloads():
    """Offer the report on downloads."""
    return ForWhoWorksWithFiles(
        "Downloads", reverse(download_report.URL_NAME), name="downloads", icon_name="download", order=650
    )


@hooks.register("construct_homepage_panels")
def show_files_to_look_at(request, panels):
    """Say what is to be done about files."""
    panels.append(FilesPanel())


class PublicCollectionViewSet(ModelViewSet):
    """Which collections are public by themselves."""

    model = PublicCollection
    name = "public-collections"
    icon = "folder-open-inverse"
    menu_label = "Public collections"
    menu_order = 750
    add_to_settings_menu = True
    copy_view_enabled = False
    add_to_reference_index = False
    panels = [
        FieldPanel(
            "collection",
            help_text="Anybody may have its files, and those of the collections inside it, also where no page offers "
            "them. Files of every other collection are given out only where a page that readers may see offers them.",
        )
    ]
    list_display = ["collection"]
    search_fields = []
    index_results_template_name = "documents/admin/public_collections_results.html"


@hooks.register("register_admin_viewset")
def register_public_collections():
    """Give the list its screens, in the settings menu."""
    return PublicCollectionViewSet()


@hooks.register("describe_collection_contents")
def keep_collections_of_removed_files(collection):
    """Say what an edition still refers to: its collection cannot be deleted."""
    count = LibraryDocument.with_removed.filter(collection=collection).exclude(removed_at=None).count()
    if not count:
        return None
    what = "deleted file that an old edition refers" if count == 1 else "deleted files that old editions refer"
    return {"count": count, "count_text": f"{count} {what} to", "url": reverse("wagtaildocs:index")}


class TheirFiles(DocumentsAdminAPIViewSet):
    """The admin's API, for the files of the person who asks; Wagtail's lists every file to whoever may sign in."""

    def get_queryset(self):
        """Return the files with which the person works."""
        return super().get_queryset().filter(pk__in=files_of(self.request.user).values("pk"))


@hooks.register("construct_admin_api", order=100)
def offer_their_files(router):
    """Take the place of Wagtail's."""
    router.register_endpoint("documents", TheirFiles)


@hooks.register("register_log_actions")
def name_what_happens(actions):
    """Give words to the history of a file."""
    actions.register_action("documents.refuse", "Refuse", "Refused by the check")
    actions.register_action("documents.withhold", "Take back", "Version taken back")
