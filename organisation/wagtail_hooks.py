"""The admin face of the organisation."""

from urllib.parse import urlencode

from django.contrib.admin.utils import quote
from django.shortcuts import redirect
from django.urls import reverse
from wagtail import hooks
from wagtail.admin import messages
from wagtail.contrib.settings.registry import SettingMenuItem, register_setting
from wagtail.models import ReferenceIndex
from wagtail.snippets.models import register_snippet

from organisation.models import Area, Contact, OrganisationSettings
from organisation.viewsets import OrganisationViewSetGroup

register_setting(OrganisationSettings, icon="cog")
register_snippet(OrganisationViewSetGroup)


@hooks.register("register_organisation_menu_item")
def settings_menu_item():
    """Put the settings beside contacts and banners."""
    item = SettingMenuItem(OrganisationSettings, icon="cog", order=0)
    item.label = "Settings"
    return item


@hooks.register("construct_settings_menu")
def leave_settings_in_one_place(request, menu_items):
    """Take the entry out of Wagtail's own settings menu: it is in ours."""
    address = reverse("wagtailsettings:edit", args=["organisation", "organisationsettings"])
    menu_items[:] = [item for item in menu_items if item.url != address]


@hooks.register("before_delete_snippet")
def keep_what_is_in_use(request, instances):
    """Lead to the places of use instead of deleting a contact or an area that something refers to."""
    for instance in instances:
        if isinstance(instance, Contact) and (answer := _keep_contact(request, instance)):
            return answer
        if isinstance(instance, Area) and (answer := _keep_area(request, instance)):
            return answer
    return None


def _keep_contact(request, contact: Contact):
    places = ReferenceIndex.get_grouped_references_to(contact).count()
    if not places:
        return None
    where = "1 place refers" if places == 1 else f"{places} places refer"
    messages.error(
        request,
        f"“{contact}” cannot be deleted: {where} to it. Take it out there first. "
        "If the team is gone, put the team that does its work now into this contact instead.",
    )
    return redirect(Contact.snippet_viewset.get_url_name("usage"), quote(contact.pk))


def _keep_area(request, area: Area):
    # A contact without an area is shown for every area: deleting this one would send people to the wrong team.
    if area.contacts.exists():
        messages.error(request, f"“{area}” cannot be deleted: these contacts are for it. Give them another area first.")
        return redirect(f"{reverse(Contact.snippet_viewset.get_url_name('list'))}?{urlencode({'areas': area.pk})}")
    # Nor could anybody tell whom a passage is for that was written for this area only.
    if ReferenceIndex.get_grouped_references_to(area).count():
        messages.error(request, f"“{area}” cannot be deleted: these pages have passages for it. Change them first.")
        return redirect(Area.snippet_viewset.get_url_name("usage"), quote(area.pk))
    return None
