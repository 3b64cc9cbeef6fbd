"""The screens of publishing without approval, and of looking at that afterwards."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.views.reports.workflows import WorkflowView

from approval.comparing import public_state, seen_as, what_changes
from approval.looking import REPORT, LookAfterwardsView, LookView, OfAPage, ask_first, shown_as_draft
from approval.models import PublishedUnapproved
from approval.rights import may_publish_unapproved, may_see
from approval.rules import needs_approval
from approval.services import CannotPublish, publish_unapproved
from files.spreadsheets import AS_TEXT
from pages.models import BasePage

PUBLISH = "approval:publish"
TITLE = "Publish without approval"


class ReasonForm(forms.ModelForm):
    """Why it cannot wait; and which draft the person has seen."""

    seen = forms.CharField(max_length=100, widget=forms.HiddenInput)

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


class PublishView(OfAPage, FormView):
    """Says what it means, and asks why."""

    template_name = "approval/publish.html"
    form_class = ReasonForm
    done_here = TITLE
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

    def get_initial(self):
        """Remember which draft is looked at."""
        latest = self.page.get_latest_revision()
        return {"seen": seen_as(latest) if latest else "nothing"}

    def form_valid(self, form):
        """Publish it; what is refused is said above the form."""
        given = form.cleaned_data
        latest = self.page.get_latest_revision()
        if latest and seen_as(latest) == given["seen"]:
            here = reverse(PUBLISH, args=[self.page.pk])
            if answer := ask_first(self.request, latest.as_object(), here):
                return answer
        try:
            publish_unapproved(page=self.page, user=self.request.user, now=timezone.now(), **given)
        except CannotPublish as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(
            self.request,
            f"“{self.title}” is public. It is listed as published without approval until "
            "somebody else has looked at it.",
        )
        return redirect("wagtailadmin_explore", self.page.get_parent().pk)

    def get_context_data(self, **kwargs):
        """Add the page and the ways from here."""
        latest = self.page.get_latest_revision()
        added = {"page": self.page, "back_url": self.edit_url, "preview_url": shown_as_draft(self.page, latest)}
        if latest:
            added["changes"] = what_changes(self.request, before=public_state(self.page), after=latest.as_object())
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


class HandedIn(WorkflowView):
    """Wagtail's report on what was handed in, in our words and without steps: a workflow here has one."""

    header_buttons = []
    results_template_name = "approval/handed_in_results.html"


urlpatterns = [
    path("<int:pk>/look/", LookView.as_view(), name="look"),
    path("<int:pk>/publish/", PublishView.as_view(), name="publish"),
    path("unapproved/", Report.as_view(), name="report"),
    path("unapproved/results/", Report.as_view(results_only=True), name="report_results"),
    path("unapproved/<int:pk>/", LookAfterwardsView.as_view(), name="look_afterwards"),
]

# In the place of Wagtail's, which are asked afterwards.
report_urlpatterns = [
    path("", never_cache(require_admin_access(HandedIn.as_view()))),
    path("results/", never_cache(require_admin_access(HandedIn.as_view(results_only=True)))),
]
