"""Our own help in the place of Wagtail's, and the menu in the order of the work."""

from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from guide import left_out, menu, redirects, views


@hooks.register("register_admin_urls", order=-1)
def register_redirects():
    """Answer before Wagtail's own screens of redirects."""
    return redirects.urlpatterns


@hooks.register("register_admin_urls")
def register_screens():
    """Give the guide its addresses; at this moment everything else is registered, too."""
    left_out.without_tags()
    left_out.without_group_approval()
    menu.pack_quickly()
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
    menu_items[:] = [item for item in menu_items if not left_out.leads_away(item)]


@hooks.register("construct_reports_menu")
def leave_out_reports(request, menu_items):
    """Leave out what our own reports and lists answer."""
    menu_items[:] = [item for item in menu_items if item.name not in left_out.REPORTS]


@hooks.register("construct_homepage_summary_items", order=1000)
def leave_out_sums(request, summary_items):
    """Leave out how many pages, pictures and files there are: nobody has to do anything about that."""
    summary_items.clear()


class NothingWaits(Component):
    """Says that there is nothing to do; the style sheet shows it where no other panel stands on the start page."""

    template_name = "guide/nothing_waits.html"
    order = 10_000


@hooks.register("construct_homepage_panels")
def say_that_nothing_waits(request, panels):
    """Leave nobody before an empty page."""
    panels.append(NothingWaits())


@hooks.register("construct_main_menu", order=1000)
def order_by_work(request, menu_items):
    """Put first what is done every day."""
    menu.order_by_work(menu_items)
