"""The queues in the admin, kind by kind."""

import django_filters
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.permissions import register_permission_policy

from enquiries.models import AmendmentSuggestion
from enquiries.queues import EnquiryFilters, EnquiryViewSet, NobodyAdds
from enquiries.staff_forms import AmendmentStaffForm
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


class EnquiriesViewSetGroup(ModelViewSetGroup):
    """One entry of the menu for everything that people send in."""

    items = (AmendmentViewSet,)
    menu_label = "Sent in"
    menu_icon = "mail"
    menu_order = 260


for _viewset in EnquiriesViewSetGroup.items:
    register_permission_policy(_viewset.model, NobodyAdds(_viewset.model), exact_class=True)
