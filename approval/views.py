"""The screens of publishing without approval, and of looking at that afterwards."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_POST
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView

from approval.models import PublishedUnapproved
from approval.rights import may_publish_unapproved, may_see
from approval.rules import needs_approval
from approval.services import CannotApprove, CannotPublish, approve_afterwards, publish_unapproved
from files.spreadsheets import AS_TEXT
from pages.models import BasePage

PUBLISH, REPORT, APPROVE = "approval:publish", "approval:report", "approval:approve"
TITLE = "Publish without approval"


class ReasonForm(forms.ModelForm):
    """Why it cannot wait; and which draft the person has seen."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = PublishedUnapproved
        fields = ["reason"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}

    def clean_reason(self):
        """Insist on words."""
        reason = " ".join(self.cleaned_data["reason"].split())
        if len(reason) < 10:
            raise forms.ValidationError("Say in a sentence why it cannot wait.")
        return reason


class PublishView(WagtailAdminTemplateMixin, FormView):
    """Says what it means, and asks why."""

    template_name = "approval/publish.html"
    form_class = ReasonForm
    page_title = TITLE
    header_icon = "warning"

    @cached_property
    def page(self) -> BasePage:
        """The page. Raises Http404 for one that needs no approval."""
        page = get_object_or_404(BasePage, pk=self.kwargs["pk"]).specific
        if not needs_approval(page, self.request.user):
            raise Http404("This page needs no approval.")
        return page

    def dispatch(self, request, *args, **kwargs):
        """Turn away whoever may not."""
        if not may_publish_unapproved(self.page, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        """Name the page."""
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self):
        """Lead back to the page."""
        page = {"url": self.edit_url, "label": self.page.get_admin_display_title()}
        return [*super().get_breadcrumbs_items(), page, {"url": "", "label": self.page_title}]

    @property
    def edit_url(self) -> str:
        """The address of the page's editor."""
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    def get_initial(self):
        """Remember which draft is looked at."""
        latest = self.page.get_latest_revision()
        return {"seen": latest.pk if latest else 0}

    def form_valid(self, form):
        """Publish it; what is refused is said above the form."""
        given = {"revision_id": form.cleaned_data["seen"], "reason": form.cleaned_data["reason"]}
        try:
            publish_unapproved(page=self.page, user=self.request.user, now=timezone.now(), **given)
        except CannotPublish as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(
            self.request,
            f"“{self.page.get_admin_display_title()}” is public. It is listed as published without approval until "
            "somebody else has looked at it.",
        )
        return redirect("wagtailadmin_explore", self.page.get_parent().pk)

    def get_context_data(self, **kwargs):
        """Add the page and the ways from here."""
        latest = self.page.get_latest_revision()
        preview = reverse("wagtailadmin_pages:revisions_view", args=[self.page.pk, latest.pk]) if latest else ""
        added = {"page": self.page, "back_url": self.edit_url, "preview_url": preview}
        return super().get_context_data(**kwargs) | added


class StateColumn(Column):
    """Who has looked at it, or the way to say so."""

    cell_template_name = "approval/state_cell.html"

    def get_value(self, instance):
        """Return the row."""
        return instance


class Report(ReportView):
    """What was published without approval, what nobody has looked at since first."""

    model = PublishedUnapproved
    page_title = "Published without approval"
    header_icon = "warning"
    index_url_name = REPORT
    index_results_url_name = "approval:report_results"
    is_searchable = False
    list_export = ["page.title", "at", "by", "reason", "approved_at", "approved_by"]
    export_headings = {
        "page.title": "Page",
        "at": "Published",
        "by": "By",
        "reason": "Reason",
        "approved_at": "Looked at",
        "approved_by": "By whom",
    }
    custom_field_preprocess = dict.fromkeys(("page.title", "reason"), AS_TEXT)

    def dispatch(self, request, *args, **kwargs):
        """Turn away whoever has nothing to do with approval."""
        if not may_see(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def user_has_any_permission(self, permissions):
        """Leave it to `dispatch`."""
        return True

    def get_queryset(self):
        """Return the rows, those that wait first."""
        rows = PublishedUnapproved.objects.select_related("page", "by", "approved_by", "revision")
        return rows.order_by(F("approved_at").desc(nulls_first=True), "-at", "-pk")

    @cached_property
    def columns(self):
        """The columns of the table."""
        return [
            TitleColumn(
                "page", label="Page", get_url=lambda row: reverse("wagtailadmin_pages:edit", args=[row.page_id])
            ),
            DateColumn("at", label="Published", width="12%"),
            Column("by", label="By", accessor=lambda row: row.by or "Somebody who has left", width="14%"),
            Column("reason", label="Reason"),
            StateColumn("state", label="Looked at by", width="22%"),
        ]


@require_POST
def approve(request, pk):
    """Say that somebody else has looked at it."""
    published = get_object_or_404(PublishedUnapproved, pk=pk)
    if not may_see(request.user):
        raise PermissionDenied
    try:
        approve_afterwards(published=published, user=request.user, now=timezone.now())
    except CannotApprove as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"“{published.page.get_admin_display_title()}” is approved.")
    return redirect(REPORT)


urlpatterns = [
    path("<int:pk>/publish/", PublishView.as_view(), name="publish"),
    path("unapproved/", Report.as_view(), name="report"),
    path("unapproved/results/", Report.as_view(results_only=True), name="report_results"),
    path("unapproved/<int:pk>/approve/", approve, name="approve"),
]
