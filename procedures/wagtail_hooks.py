"""What staff see of the manual in the admin."""

from django.urls import include, path
from wagtail import hooks

from procedures import import_views


@hooks.register("register_admin_urls")
def register_import():
    """Give the import its addresses."""
    return [path("", include((import_views.urlpatterns, "procedures_import")))]


@hooks.register("register_admin_menu_item")
def show_import_in_menu():
    """Lead to the import from the menu."""
    return import_views.import_menu_item()


@hooks.register("register_page_header_buttons")
def show_import_on_manual(page, user, next_url=None, **kwargs):
    """Lead to the import from the manual and its parts."""
    yield import_views.ImportButton(page=page, next_url=next_url)
