"""The admin face of the organisation."""

from django.contrib.admin.utils import quote
from django.shortcuts import redirect
from django.urls import reverse
from wagtail import hooks
from wagtail.admin import messages
from wagtail.contrib.settings.registry import SettingMenuItem, register_setting
from wagtail.models import ReferenceIndex
from wagtail.snippets.models import register_snippet

from organisation.models import Contact, OrganisationSettings
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
def keep_contacts_in_use(request, instances):
    """Lead to the list of places instead of deleting a contact that pages or the header refer to."""
    for contact in instances:
        if not isinstance(contact, Contact):
            continue
        if places := ReferenceIndex.get_grouped_references_to(contact).count():
            where = "1 place refers" if places == 1 else f"{places} places refer"
            messages.error(
                request,
                f"“{contact}” cannot be deleted: {where} to it. Take it out there first. "
                "If the team is gone, put the team that does its work now into this contact instead.",
            )
            return redirect(Contact.snippet_viewset.get_url_name("usage"), quote(contact.pk))
    return None
