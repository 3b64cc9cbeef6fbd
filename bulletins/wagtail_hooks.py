"""What staff see of the bulletin in the admin."""

from django.shortcuts import redirect
from django.urls import include, path
from wagtail import hooks
from wagtail.admin import messages

from bulletins import import_views, mail_views
from bulletins.assembling import menus as assembling
from bulletins.assembling.meanwhile import forget, words_for
from bulletins.dashboard import BulletinPanel


@hooks.register("construct_homepage_panels")
def show_bulletin(request, panels):
    """Put the bulletin first."""
    panels.append(BulletinPanel())


@hooks.register("register_admin_urls")
def register_import():
    """Give the import its addresses."""
    return [path("", include((import_views.urlpatterns, "bulletins_import")))]


@hooks.register("register_admin_menu_item")
def show_import_in_menu():
    """Lead to the import from the menu."""
    return import_views.import_menu_item()


@hooks.register("register_page_header_buttons")
def show_import_on_archive(page, user, next_url=None, **kwargs):
    """Lead to the import from the archive."""
    yield import_views.ImportButton(page=page, next_url=next_url)


@hooks.register("register_admin_urls")
def register_assembling():
    """Give assembling its addresses."""
    return [path("", include((assembling.urlpatterns, "bulletins_assembling")))]


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def show_assembling(page, user, next_url=None, **kwargs):
    """Lead to it from the archive, and from pages that have something to say for a bulletin."""
    yield assembling.AssembleButton(page=page, next_url=next_url)
    yield assembling.MakeItemButton(page=page, next_url=next_url)


@hooks.register("register_admin_urls")
def register_mail():
    """Give the screen "Send by e-mail" its addresses."""
    return [path("", include((mail_views.urlpatterns, "bulletins_mail")))]


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def show_mail_on_issue(page, user, next_url=None, **kwargs):
    """Lead to the mail from an issue."""
    yield mail_views.MailButton(page=page)


@hooks.register("before_publish_page")
def publish_nothing_unseen(request, page):
    """Save, but do not publish, what holds items that were put in while the issue was open and nobody has read."""
    if said := _settle_meanwhile(page):
        messages.warning(request, f"Saved, but not published yet. {said} Look at it, then publish.")
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


@hooks.register("after_edit_page")
def say_what_came_meanwhile(request, page):
    """Say what was put in while the issue was open."""
    if said := _settle_meanwhile(page):
        messages.warning(request, said)


def _settle_meanwhile(page) -> str:
    """Return what whoever saved is told of it. Only the form of an issue knows; a list or a clock has none."""
    meanwhile = getattr(page, "meanwhile", None)
    if meanwhile is None:
        return ""
    forget(meanwhile.joined)
    return words_for(meanwhile)
