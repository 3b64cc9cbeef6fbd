"""The screen on which staff import a manual, and the report on what became of it."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from content.reading.refusals import CannotImport
from pages.models import BasePage
from pages.prepared import Prepared
from procedures.importing.files import files_of
from procedures.importing.forms import ImportManualForm
from procedures.importing.models import ManualImport
from procedures.importing.report import ManualReport
from procedures.importing.services import import_manual
from procedures.models import ManualPage, PartPage

SHOWN_BEFORE = 10


def places_for(user) -> list[BasePage]:
    """Return the manuals and parts in which somebody may add chapters, in the order of the tree."""
    places = BasePage.objects.type(ManualPage, PartPage).order_by("path").specific()
    return [place for place in places if place.permissions_for_user(user).can_add_subpage()]


class _ManualAdminView(WagtailAdminTemplateMixin):
    """What the two screens share."""

    header_icon = "upload"
    page_title = "Import a manual"

    def get_breadcrumbs_items(self):
        """Lead back to the upload."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("procedures_import:import"), "label": self.page_title},
        ]


class ImportManualView(_ManualAdminView, FormView):
    """Upload chapters; drafts and a report come of them."""

    template_name = "procedures/admin/import.html"
    form_class = ImportManualForm

    @cached_property
    def places(self):
        """Where this person may add chapters."""
        return places_for(self.request.user)

    def dispatch(self, request, *args, **kwargs):
        """Turn away whoever may not add a chapter anywhere."""
        if not self.places:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        """Choose the manual or part that the person came from."""
        return {"parent": self.request.GET.get("parent") or self.places[0].pk}

    def get_form_kwargs(self):
        """Tell the form where chapters may be added; parts are indented below their manual."""
        top = min(place.depth for place in self.places)
        parents = [
            (place.pk, "\u2003" * (place.depth - top) + place.get_admin_display_title()) for place in self.places
        ]
        return super().get_form_kwargs() | {"parents": parents}

    def form_valid(self, form):
        """Import, and show the report; what cannot be imported is said on the form."""
        report, given = ManualReport(), form.cleaned_data
        try:
            made = import_manual(
                parent=given["parent"],
                files=files_of(given["file"].read(), name=given["file"].name, report=report),
                outline=given["outline"].read() if given["outline"] else None,
                old_site=given["old_site"],
                user=self.request.user,
                now=timezone.now(),
                report=report,
                again=given["again"],
            )
        except CannotImport as error:
            form.add_error("file", str(error))
            return self.form_invalid(form)
        messages.success(self.request, f"Drafts were made: {report.summary()}.")
        return redirect("procedures_import:report", pk=made.pk)

    def get_context_data(self, **kwargs):
        """Add the latest imports, so that a report can be read again."""
        before = ManualImport.objects.filter(page__in=[place.pk for place in self.places]).select_related(
            "page", "user"
        )
        return super().get_context_data(**kwargs) | {"before": before[:SHOWN_BEFORE]}


class ImportReportView(_ManualAdminView, TemplateView):
    """What was made, guessed and dropped, with the way to the drafts."""

    template_name = "procedures/admin/import_report.html"

    @cached_property
    def imported(self):
        """The import asked for. Raises PermissionDenied for whoever may not add chapters there."""
        found = get_object_or_404(ManualImport.objects.select_related("page", "user"), pk=self.kwargs["pk"])
        if not found.page.specific.permissions_for_user(self.request.user).can_add_subpage():
            raise PermissionDenied
        return found

    def get_page_subtitle(self):
        """Name what was imported."""
        return self.imported.source_name

    def get_breadcrumbs_items(self):
        """Lead back to the upload."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": "Report", "sublabel": self.imported.source_name}]

    def get_context_data(self, **kwargs):
        """Add the report."""
        report = self.imported.read_report()
        return super().get_context_data(**kwargs) | {
            "imported": self.imported,
            "summary": capfirst(report.summary()),
            "groups": report.groups(),
            "drafts_url": reverse("wagtailadmin_explore", args=[self.imported.page_id]),
        }


_places = Prepared(
    lambda: BasePage.objects.type(ManualPage, PartPage).order_by("path").only("path", "depth", "content_type", "owner")
)


class ImportMenuItem(MenuItem):
    """The way to the upload, for those who may use it."""

    def is_shown(self, request):
        """Tell whether the person signed in may add a chapter somewhere. One query; no page is read whole for it."""
        places = _places.objects(BasePage)
        return any(place.permissions_for_user(request.user).can_add_subpage() for place in places)


class ImportButton(PageMenuItem):
    """The way to the upload from a manual's or part's own page in the admin."""

    label = "Import chapters"
    icon_name = "upload"
    priority = 18

    @cached_property
    def url(self):
        """The upload, with this place chosen."""
        return f"{reverse('procedures_import:import')}?parent={self.page.pk}"

    def is_shown(self, user):
        """Show it on manuals and parts, to whoever may add a chapter there."""
        is_place = issubclass(self.page.specific_class or BasePage, ManualPage | PartPage)
        return is_place and self.page.permissions_for_user(user).can_add_subpage()


def import_menu_item() -> MenuItem:
    """Return the menu item, for the hook `register_admin_menu_item`."""
    return ImportMenuItem(
        "Import a manual", reverse("procedures_import:import"), name="import-manual", icon_name="upload", order=761
    )


urlpatterns = [
    path("procedures/import/", ImportManualView.as_view(), name="import"),
    path("procedures/import/<int:pk>/", ImportReportView.as_view(), name="report"),
]
