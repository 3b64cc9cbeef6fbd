"""The screen on which staff import an old bulletin, and the report on what became of it."""

from django import forms
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

from bulletins.importing.forms import ImportForm
from bulletins.importing.models import BulletinImport
from bulletins.importing.services import AlreadyImported, import_bulletin
from bulletins.models import BulletinIndexPage
from bulletins.rights import archives_for
from content.reading.refusals import CannotImport

SHOWN_BEFORE = 10


class _BulletinAdminView(WagtailAdminTemplateMixin):
    """What the two screens share."""

    header_icon = "upload"
    page_title = "Import a bulletin"

    def get_breadcrumbs_items(self):
        """Lead back to the first page of the admin."""
        return [*super().get_breadcrumbs_items(), {"url": reverse("bulletins_import:import"), "label": self.page_title}]


class ImportBulletinView(_BulletinAdminView, FormView):
    """Upload or paste a bulletin; a draft and its report come of it."""

    template_name = "bulletins/admin/import.html"
    form_class = ImportForm

    @cached_property
    def archives(self):
        """The archives in which this person may make an issue."""
        return archives_for(self.request.user)

    def dispatch(self, request, *args, **kwargs):
        """Turn away whoever may not add an issue anywhere."""
        if not self.archives:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        """Tell the form the archives; the tick for a second draft appears only once it has been offered."""
        asks_again = self.request.POST.get("again") == "on"
        return super().get_form_kwargs() | {"archives": self.archives, "asks_again": asks_again}

    def form_valid(self, form):
        """Import, and show the report; what cannot be imported is said on the form."""
        content, filename = form.source()
        try:
            page, report = import_bulletin(
                parent=form.cleaned_data["archive"],
                content=content,
                filename=filename,
                user=self.request.user,
                now=timezone.now(),
                title=form.cleaned_data["title"].strip(),
                again=form.cleaned_data["again"],
            )
        except AlreadyImported as error:
            return self._offer_again(form, error, filename)
        except CannotImport as error:
            form.add_error("file" if filename else "text", str(error))
            return self.form_invalid(form)
        messages.success(self.request, f"The draft “{page.get_admin_display_title()}” was made: {report.summary()}.")
        return redirect("bulletins_import:report", pk=page.imports.latest("pk").pk)

    def _offer_again(self, form, error: AlreadyImported, filename: str):
        """Show the form with the tick for a second draft on top, and the way to the first draft."""
        form.fields["again"].widget = forms.CheckboxInput()
        form.order_fields(["again"])
        form.add_error("again", str(error) + (" Choose the file again, too." if filename else ""))
        edit_url = reverse("wagtailadmin_pages:edit", args=[error.page.pk])
        messages.warning(
            self.request, "This has been imported before.", buttons=[messages.button(edit_url, "Open that draft")]
        )
        return self.form_invalid(form)

    def get_context_data(self, **kwargs):
        """Add the latest imports, so that a report can be read again."""
        below = [path for archive in self.archives for path in archive.get_children().values_list("pk", flat=True)]
        before = BulletinImport.objects.filter(page__in=below).select_related("page", "user")[:SHOWN_BEFORE]
        return super().get_context_data(**kwargs) | {"before": before}


class ImportReportView(_BulletinAdminView, TemplateView):
    """What was guessed and what could not be kept, with the way to the draft."""

    template_name = "bulletins/admin/import_report.html"
    page_title = "Import a bulletin"

    @cached_property
    def imported(self):
        """The import asked for. Raises PermissionDenied for whoever may not edit its page."""
        found = get_object_or_404(BulletinImport.objects.select_related("page", "user"), pk=self.kwargs["pk"])
        if not found.page.permissions_for_user(self.request.user).can_edit():
            raise PermissionDenied
        return found

    def get_page_subtitle(self):
        """Name what was imported."""
        return self.imported.source

    def get_breadcrumbs_items(self):
        """Lead back to the upload."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": "Report", "sublabel": self.imported.source}]

    def get_context_data(self, **kwargs):
        """Add the report."""
        report = self.imported.read_report()
        return super().get_context_data(**kwargs) | {
            "imported": self.imported,
            "summary": capfirst(report.summary()),
            "groups": report.groups(),
            "edit_url": reverse("wagtailadmin_pages:edit", args=[self.imported.page_id]),
        }


class ImportMenuItem(MenuItem):
    """The way to the upload, for those who may use it."""

    def is_shown(self, request):
        """Tell whether the person signed in may add an issue somewhere."""
        return bool(archives_for(request.user))


class ImportButton(PageMenuItem):
    """The way to the upload from the archive's own page in the admin."""

    label = "Import a bulletin"
    icon_name = "upload"
    priority = 18

    @cached_property
    def url(self):
        """The upload."""
        return reverse("bulletins_import:import")

    def is_shown(self, user):
        """Show it on an archive, to whoever may add an issue there."""
        is_archive = self.page.specific_class is BulletinIndexPage
        return is_archive and self.page.permissions_for_user(user).can_add_subpage()


def import_menu_item() -> MenuItem:
    """Return the menu item, for the hook `register_admin_menu_item`."""
    return ImportMenuItem(
        "Import a bulletin", reverse("bulletins_import:import"), name="import-bulletin", icon_name="upload", order=760
    )


urlpatterns = [
    path("bulletins/import/", ImportBulletinView.as_view(), name="import"),
    path("bulletins/import/<int:pk>/", ImportReportView.as_view(), name="report"),
]
