"""The report on review dates, and the screen for “reviewed, no change”."""

from datetime import timedelta

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView

from files.spreadsheets import AS_TEXT
from pages.models import BasePage
from review_dates.due import CHOICES, pages_to_review
from review_dates.services import CannotReview, mark_reviewed

REPORT, REVIEWED = "review_dates:report", "review_dates:reviewed"
TITLE = "Reviewed, no change"
YEAR = timedelta(days=365)


class ReviewedForm(forms.Form):
    """What was looked at, and when it is looked at again."""

    note = forms.CharField(
        label="What did you check?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One sentence, for example: read against the new guidance, asked the school nurses. "
        "It stays in the history of the page.",
    )
    next_due = forms.DateField(
        label="Look at it again by", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


class ReviewedView(WagtailAdminTemplateMixin, FormView):
    """Say that a page was looked at and stays as it is."""

    template_name = "review_dates/reviewed.html"
    form_class = ReviewedForm
    page_title = TITLE
    header_icon = "check"

    @cached_property
    def page(self) -> BasePage:
        """The page."""
        return get_object_or_404(BasePage.objects.filter(live=True), pk=self.kwargs["pk"]).specific

    def dispatch(self, request, *args, **kwargs):
        """Turn away whoever may not edit the page, or while somebody has locked it."""
        rights = self.page.permissions_for_user(request.user)
        if not rights.can_edit():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        """Name the page."""
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self):
        """Lead back to the page."""
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        page = {"url": edit, "label": self.page.get_admin_display_title()}
        return [*super().get_breadcrumbs_items(), page, {"url": "", "label": self.page_title}]

    def get_initial(self):
        """Propose as long a time as between the last two dates; a year where they say nothing."""
        page, today = self.page, timezone.localdate()
        between = page.review_due - page.reviewed_on if page.review_due and page.reviewed_on else YEAR
        return {"next_due": today + (between if between > timedelta() else YEAR)}

    def form_valid(self, form):
        """Write it down; what is refused is said beside the date."""
        try:
            mark_reviewed(page=self.page, user=self.request.user, now=timezone.now(), **form.cleaned_data)
        except CannotReview as error:
            form.add_error("next_due", str(error))
            return self.form_invalid(form)
        day = form.cleaned_data["next_due"]
        messages.success(
            self.request, f"“{self.page.get_admin_display_title()}” is due again by {day.day} {day:%B %Y}."
        )
        return redirect(REPORT)

    def get_context_data(self, **kwargs):
        """Add the page and the way back."""
        back = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return super().get_context_data(**kwargs) | {"page": self.page, "back_url": back}


class ReviewColumn(Column):
    """The way to say that it was reviewed."""

    cell_template_name = "review_dates/reviewed_cell.html"

    def get_value(self, instance):
        """Return the page."""
        return instance


class Report(ReportView):
    """Pages by the day on which they are due, for those who may edit them."""

    model = BasePage
    page_title = "Review dates"
    header_icon = "calendar"
    index_url_name = REPORT
    index_results_url_name = "review_dates:report_results"
    template_name = "review_dates/report.html"
    results_template_name = "review_dates/report_results.html"
    is_searchable = False
    list_export = ["title", "owner", "reviewed_on", "review_due", "full_url"]
    export_headings = {
        "title": "Page",
        "owner": "Owner",
        "reviewed_on": "Last reviewed",
        "review_due": "Review due",
        "full_url": "Address",
    }
    custom_field_preprocess = {
        "title": AS_TEXT,
    }
    columns = [
        TitleColumn("title", label="Page", get_url=lambda page: reverse("wagtailadmin_pages:edit", args=[page.pk])),
        Column("owner", label="Owner", accessor=lambda page: page.owner or "Nobody", width="18%"),
        DateColumn("reviewed_on", label="Last reviewed", width="14%"),
        Column("due", label="Review due", accessor="due_in_words", width="20%"),
        ReviewColumn("reviewed", label="", width="18%"),
    ]

    @property
    def chosen(self) -> str:
        """Which pages are asked for."""
        name = self.request.GET.get("due")
        return name if name in CHOICES else next(iter(CHOICES))

    def user_has_any_permission(self, permissions):
        """Let in whoever may edit some page."""
        return bool(self.permission_policy.user_has_permission(self.request.user, "change"))

    def get_queryset(self):
        """Return the pages."""
        return pages_to_review(self.request.user, which=self.chosen, today=timezone.localdate()).select_related("owner")

    def decorate_paginated_queryset(self, object_list):
        """Say how far away each is."""
        today = timezone.localdate()
        for page in object_list:
            page.due_in_words = _in_words(page.review_due, today) if page.review_due else "No date"
        return object_list

    def get_context_data(self, *args, **kwargs):
        """Add the choice."""
        choices = [(name, label, name == self.chosen) for name, label in CHOICES.items()]
        return super().get_context_data(*args, **kwargs) | {"choices": choices}


def _in_words(due, today) -> str:
    day, days = f"{due.day} {due:%B %Y}", (due - today).days
    return f"{day}, {-days} day{'' if days == -1 else 's'} overdue" if days < 0 else day


urlpatterns = [
    path("", Report.as_view(), name="report"),
    path("results/", Report.as_view(results_only=True), name="report_results"),
    path("<int:pk>/reviewed/", ReviewedView.as_view(), name="reviewed"),
]
