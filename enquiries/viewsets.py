"""The queues in the admin, kind by kind."""

import django_filters
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.permissions import register_permission_policy

from enquiries.models import AccessibleFormatRequest, AmendmentSuggestion, AuditQuestion, Format, ProblemReport
from enquiries.news_queue import NewsViewSet
from enquiries.queues import (
    ASSIGNED,
    LOOK_FIRST,
    RECEIVED,
    REFERENCE,
    STATE,
    EnquiryFilters,
    EnquiryViewSet,
    NobodyAdds,
)
from enquiries.staff_forms import AmendmentStaffForm, AuditStaffForm, FormatStaffForm, ProblemStaffForm
from pages.models import BasePage


class AmendmentFilters(EnquiryFilters):
    """Adds the page."""

    page = django_filters.ModelChoiceFilter(
        label="Page", queryset=lambda request: BasePage.objects.filter(amendment_suggestions__isnull=False).distinct()
    )

    class Meta:
        model = AmendmentSuggestion
        fields = []


class AmendmentViewSet(EnquiryViewSet):
    """Suggested amendments."""

    model = AmendmentSuggestion
    name = "suggested-amendments"
    menu_label = "Suggested amendments"
    form_class = AmendmentStaffForm
    filterset_class = AmendmentFilters
    edit_template_name = "enquiries/admin/amendment.html"


class FormatFilters(EnquiryFilters):
    """Adds the format and the page; overdue is what has not been answered by its day."""

    overdue = django_filters.ChoiceFilter(
        label="Overdue", choices=[("yes", "Day to answer by is past")], empty_label="All", method="keep_overdue"
    )
    wanted = django_filters.ChoiceFilter(label="Format", choices=Format, empty_label="All")
    page = django_filters.ModelChoiceFilter(
        label="Page", queryset=lambda request: BasePage.objects.filter(format_requests__isnull=False).distinct()
    )

    class Meta:
        model = AccessibleFormatRequest
        fields = []


class FormatViewSet(EnquiryViewSet):
    """Requests for accessible formats."""

    model = AccessibleFormatRequest
    name = "accessible-formats"
    menu_label = "Accessible formats"
    form_class = FormatStaffForm
    filterset_class = FormatFilters
    edit_template_name = "enquiries/admin/format.html"
    list_display = [
        "subject",
        Column("wanted", label="Format", accessor="get_wanted_display", sort_key="wanted"),
        StatusTagColumn(
            "answer_by",
            label="Answer by",
            accessor="answer_by_words",
            sort_key="answer_by",
            primary=lambda enquiry: enquiry.is_overdue(),
        ),
        STATE,
        ASSIGNED,
        REFERENCE,
        LOOK_FIRST,
    ]


class ProblemFilters(EnquiryFilters):
    """Adds the page."""

    page = django_filters.ModelChoiceFilter(
        label="Page", queryset=lambda request: BasePage.objects.filter(problem_reports__isnull=False).distinct()
    )

    class Meta:
        model = ProblemReport
        fields = []


class ProblemViewSet(EnquiryViewSet):
    """Problems with pages."""

    model = ProblemReport
    name = "problems-with-pages"
    menu_label = "Problems with pages"
    form_class = ProblemStaffForm
    filterset_class = ProblemFilters
    edit_template_name = "enquiries/admin/problem.html"


class AuditFilters(EnquiryFilters):
    """Adds nothing."""

    class Meta:
        model = AuditQuestion
        fields = []


class AuditViewSet(EnquiryViewSet):
    """Questions about school audits."""

    model = AuditQuestion
    name = "school-audits"
    menu_label = "School audits"
    form_class = AuditStaffForm
    filterset_class = AuditFilters
    edit_template_name = "enquiries/admin/audit.html"
    list_display = ["sender_agency", RECEIVED, STATE, LOOK_FIRST, ASSIGNED, REFERENCE]


class EnquiriesViewSetGroup(ModelViewSetGroup):
    """One entry of the menu for everything that people send in."""

    items = (NewsViewSet, AmendmentViewSet, FormatViewSet, ProblemViewSet, AuditViewSet)
    menu_label = "Sent in"
    menu_icon = "mail"
    menu_order = 210


for _viewset in EnquiriesViewSetGroup.items:
    register_permission_policy(_viewset.model, NobodyAdds(_viewset.model), exact_class=True)
