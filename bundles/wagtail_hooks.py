"""The admin face of bundles."""

from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.menus.pages import PageMenuItem

from bundles import views
from bundles.dashboard import BundlesPanel
from bundles.rights import may_bundle
from bundles.services import RELEASED


class PutButton(PageMenuItem):
    """The way from a page into a bundle."""

    url_name = views.PUT
    icon_name = "folder-open-inverse"
    priority = 64

    def __init__(self, *, page, **kwargs):
        super().__init__(page=page, label="Put into a bundle", **kwargs)

    def is_shown(self, user):
        """Show it where there is a draft, to whoever may edit it."""
        return self.page.has_unpublished_changes and self.page.permissions_for_user(user).can_edit()


class BundlesMenuItem(MenuItem):
    """The entry of the menu."""

    def is_shown(self, request):
        """Show it to whoever may edit some page."""
        return may_bundle(request.user)


@hooks.register("register_admin_urls")
def register_screens():
    """Give the screens their addresses."""
    return [path("bundles/", include((views.urlpatterns, "bundles")))]


@hooks.register("register_page_header_buttons")
def offer_put(page, user, next_url=None, **kwargs):
    """Offer it in the editor."""
    yield PutButton(page=page)


@hooks.register("register_admin_menu_item")
def offer_bundles():
    """List bundles below the pages."""
    return BundlesMenuItem("Bundles", reverse(views.LIST), icon_name="folder-open-inverse", order=110)


@hooks.register("construct_homepage_panels")
def show_bundles(request, panels):
    """Show what waits for approval or failed."""
    panels.append(BundlesPanel())


@hooks.register("register_log_actions")
def name_what_happens(actions):
    """Give words to the log."""
    actions.register_action(RELEASED, "Publish with a bundle", "Published together with others")
