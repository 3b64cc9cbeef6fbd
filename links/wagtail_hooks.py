"""The admin face of links."""

from django.urls import include, path, reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from links import views
from links.dashboard import BrokenLinksPanel
from links.report import LinksReport
from links.rights import may_see
from links.warning import warnings_about


class ForWhoSeesLinks(MenuItem):
    """The entry under Reports."""

    def is_shown(self, request):
        """Show it to whoever may change something that has links."""
        return may_see(request.user)


@hooks.register("register_admin_urls")
def register_screens():
    """Give the screens their addresses."""
    return [path("reports/links/", include((views.urlpatterns, "links")))]


@hooks.register("register_reports_menu_item")
def offer_report():
    """Offer the report."""
    return ForWhoSeesLinks(LinksReport.page_title, reverse("links:report"), name="links", icon_name="link", order=720)


@hooks.register("construct_homepage_panels")
def show_broken_links(request, panels):
    """Say how many links are broken."""
    panels.append(BrokenLinksPanel())


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def warn_of_links(request, page):
    """Tell whoever saves a page which of its links lead where readers cannot go. It is saved all the same."""
    if not request.accepts("text/html"):
        return  # Saved by itself, while they type: no page is shown that could say it.
    if sentences := warnings_about(page, now=timezone.now()):
        messages.warning(request, format_html_join(mark_safe("<br>"), "{}", ((sentence,) for sentence in sentences)))
