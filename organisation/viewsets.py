"""The admin's screens for contacts, areas and alert banners."""

import django_filters
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.snippets.views.snippets import CopyView, CreateView, EditView, SnippetViewSet, SnippetViewSetGroup

from organisation.models import AlertBanner, Area, Contact
from organisation.panels import area_form, banner_form, contact_form


class ContactFilters(WagtailFilterSet):
    """Narrows the list of contacts."""

    due = django_filters.ChoiceFilter(
        label="Check", choices=[("yes", "Due now or overdue")], empty_label="All", method="keep_due"
    )

    class Meta:
        model = Contact
        fields = ["areas", "bank_holidays"]

    def keep_due(self, queryset, name, value):
        """Keep contacts whose review date has come."""
        return queryset.due_for_review(on=timezone.localdate())


def review_text(contact: Contact) -> str:
    """Return when a contact is to be checked again, and whether that day has come."""
    if contact.review_due is None:
        return "No date set"
    day = f"{contact.review_due.day} {contact.review_due:%B %Y}"
    return f"Due since {day}" if contact.review_due <= timezone.localdate() else day


def areas_text(contact: Contact) -> str:
    """Return the names of a contact's areas."""
    return ", ".join(area.name for area in contact.areas.all()) or "All"


class SavesOnlyWhenAsked:
    """Mixin for the contact's screens: nothing is saved while somebody types.

    Contacts have no drafts. Wagtail saves whatever has revisions half a second after each key, which would put half a
    telephone number on the public site.
    """

    def setup(self, *args, **kwargs):
        """Switch the automatic saving off."""
        super().setup(*args, **kwargs)
        self.autosave_enabled = False


class CreateContact(SavesOnlyWhenAsked, CreateView):
    """A new contact."""


class CopyContact(SavesOnlyWhenAsked, CopyView):
    """A new contact that begins like another."""


class EditContact(SavesOnlyWhenAsked, EditView):
    """A contact that exists."""


class ContactViewSet(SnippetViewSet):
    """The contacts directory."""

    model = Contact
    icon = "user"
    menu_label = "Contacts"
    edit_handler = contact_form
    add_view_class = CreateContact
    copy_view_class = CopyContact
    edit_view_class = EditContact
    filterset_class = ContactFilters
    list_per_page = 50
    # The whole text of a few columns, not the index of pages: it finds half a number and never fails on odd characters.
    search_backend_name = None
    search_fields = ["agency", "team", "purpose", "phone", "out_of_hours_phone", "email"]
    list_display = [
        "title",
        Column("agency", label="Agency", sort_key="agency"),
        Column("areas", label="Areas", accessor=areas_text),
        Column("phone", label="Telephone", accessor="phone_display"),
        StatusTagColumn(
            "review_due",
            label="Check again by",
            accessor=review_text,
            sort_key="review_due",
            primary=lambda contact: bool(contact.review_due) and contact.review_due <= timezone.localdate(),
        ),
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


class AsksToConfirm:
    """Mixin for the banner's screens: asking for a yes is not a mistake of the editor, and does not read like one."""

    def is_valid(self, form):
        """Say what is asked when nothing but the yes is missing."""
        result = super().is_valid(form)
        if set(form.errors) == {"confirm"}:
            self.produced_error_message = (
                "Not saved yet: this banner is for every page. Read what will happen, at the end of the form, "
                "and confirm."
            )
        return result


class CreateAlertBanner(AsksToConfirm, CreateView):
    """A new banner."""


class EditAlertBanner(AsksToConfirm, EditView):
    """A banner that exists."""


class AlertBannerViewSet(SnippetViewSet):
    """Alert banners, with what the clock makes of them."""

    model = AlertBanner
    icon = "warning"
    menu_label = "Alert banners"
    edit_handler = banner_form
    add_view_class = CreateAlertBanner
    edit_view_class = EditAlertBanner
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
