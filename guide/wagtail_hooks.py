"""Our own help in the place of Wagtail's, and the menu in the order of the work."""

from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from guide import views

# Wagtail's own entries of the help menu lead to its makers' pages.
NOT_OURS = {"editor-guide", "whats-new-in-wagtail"}
# By the address or name of an entry; what is not named comes after these, in the order it has.
ORDER = (
    "explorer",
    "bundles",
    "sent-in",
    "documents",
    "images",
    "glossary",
    "alerts",
    "readers-search",
    "organisation",
    "import-bulletin",
    "import-manual",
    "reports",
    "settings",
    "help",
)


@hooks.register("register_admin_urls")
def register_screens():
    """Give the guide its addresses."""
    return [path("guide/", include((views.urlpatterns, "guide")))]


@hooks.register("insert_global_admin_css")
def style_the_mark():
    """Style the name and mark of the board above the menu."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin-brand.css"))


@hooks.register("register_help_menu_item")
def offer_guide():
    """Put the guide first."""
    return MenuItem("Guide for editors", reverse("guide:tasks"), icon_name="help", name="guide", order=10)


@hooks.register("construct_help_menu")
def leave_out_what_is_not_ours(request, menu_items):
    """Lead nobody away to the makers of the software."""
    menu_items[:] = [item for item in menu_items if not _leads_away(item)]


@hooks.register("construct_main_menu", order=1000)
def order_by_work(request, menu_items):
    """Put first what is done every day."""
    places = {name: place for place, name in enumerate(ORDER)}
    menu_items.sort(key=lambda item: (places.get(item.name, len(ORDER)), item.order))
    for place, item in enumerate(menu_items):
        item.order = place


def _leads_away(item) -> bool:
    return item.name in NOT_OURS or str(getattr(item, "url", "")).startswith("https://")
