"""The admin's screens for contacts, areas and alert banners."""

import django_filters
from django.forms import CheckboxInput
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from organisation.models import AlertBanner, Area, Contact
from organisation.panels import area_form, banner_form, contact_form


class ContactFilters(WagtailFilterSet):
    """Narrows the list of contacts."""

    due = django_filters.BooleanFilter(label="Due for a check", method="keep_due", widget=CheckboxInput)

    class Meta:
        model = Contact
        fields = ["areas", "bank_holidays"]

    def keep_due(self, queryset, name, value):
        """Keep contacts whose review date has come."""
        return queryset.due_for_review(on=timezone.localdate()) if value else queryset


def review_text(contact: Contact) -> str:
    """Return when a contact is to be checked again, and whether that day has come."""
    if contact.review_due is None:
        return "No date set"
    day = f"{contact.review_due.day} {contact.review_due:%B %Y}"
    return f"Due since {day}" if contact.review_due <= timezone.localdate() else day


def areas_text(contact: Contact) -> str:
    """Return the names of a contact's areas."""
    return ", ".join(area.name for area in contact.areas.all()) or "All"


class ContactViewSet(SnippetViewSet):
    """The contacts directory."""

    model = Contact
    icon = "user"
    menu_label = "Contacts"
    edit_handler = contact_form
    filterset_class = ContactFilters
    list_per_page = 50
    # The whole text of a few columns, not the index of pages: it finds half a number and never fails on odd characters.
    search_backend_name = None
    search_fields = ["agency", "team", "purpose", "phone", "out_of_hours_phone", "email"]
    list_display = [
        "__str__",
        Column("areas", label="Areas", accessor=areas_text),
        Column("phone", label="Telephone", accessor="phone_display"),
        StatusTagColumn(
            "review_due",
            label="Check again by",
            accessor=review_text,
            sort_key="review_due",
            primary=lambda contact: bool(contact.review_due) and contact.review_due <= timezone.localdate(),
        ),
        UpdatedAtColumn(),
    ]

    def get_queryset(self, request):
        """Fetch the areas of all contacts together."""
        return Contact.objects.prefetch_related("areas")


class AreaViewSet(SnippetViewSet):
    """The parts of the board's area."""

    model = Area
    icon = "site"
    menu_label = "Areas"
    edit_handler = area_form
    copy_view_enabled = False


class AlertBannerViewSet(SnippetViewSet):
    """Alert banners, with what the clock makes of them."""

    model = AlertBanner
    icon = "warning"
    menu_label = "Alert banners"
    edit_handler = banner_form
    list_filter = ["level"]
    list_display = [
        "title",
        StatusTagColumn(
            "state",
            label="State",
            accessor=lambda banner: banner.state_at(timezone.now()).label,
            primary=lambda banner: banner.state_at(timezone.now()) == AlertBanner.State.SHOWING,
        ),
        Column("level", label="Level", accessor="get_level_display", sort_key="level"),
        Column("section", label="Where", accessor=lambda banner: banner.section or "Every page"),
        Column("starts_at", label="From", sort_key="starts_at"),
        Column("ends_at", label="Until", sort_key="ends_at"),
    ]

    def get_queryset(self, request):
        """Fetch the sections of all banners together."""
        return AlertBanner.objects.select_related("section")


class OrganisationViewSetGroup(SnippetViewSetGroup):
    """One entry of the menu for everything about the board."""

    items = (ContactViewSet, AlertBannerViewSet, AreaViewSet)
    menu_label = "Organisation"
    menu_icon = "group"
    menu_order = 300
    submenu_hook = "register_organisation_menu_item"
