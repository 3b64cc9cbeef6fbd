"""The admin face of review dates."""

from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.log_actions import LogFormatter
from wagtail.permissions import policy_registry

from pages.models import BasePage
from review_dates import views
from review_dates.dashboard import ReviewsPanel
from review_dates.services import REVIEWED


class ReviewedButton(PageMenuItem):
    """The way to the screen from the page's "…" menu."""

    url_name = views.REVIEWED
    icon_name = "check"
    priority = 63

    def __init__(self, *, page, **kwargs):
        super().__init__(page=page, label=views.TITLE, **kwargs)

    def is_shown(self, user):
        """Show it for a public page that has a review date, to whoever may edit it."""
        return self.page.live and bool(self.page.review_due) and self.page.permissions_for_user(user).can_edit()


class ReportMenuItem(MenuItem):
    """The entry under Reports."""

    def is_shown(self, request):
        """Show it to whoever may edit some page."""
        return policy_registry.get_by_type(BasePage).user_has_permission(request.user, "change")


@hooks.register("register_admin_urls")
def register_screens():
    """Give the screens their addresses."""
    return [path("review-dates/", include((views.urlpatterns, "review_dates")))]


@hooks.register("register_page_header_buttons")
def offer_reviewed(page, user, next_url=None, **kwargs):
    """Offer it in the editor."""
    yield ReviewedButton(page=page)


@hooks.register("register_reports_menu_item")
def offer_report():
    """List review dates."""
    return ReportMenuItem("Review dates", reverse(views.REPORT), icon_name="calendar", order=400)


@hooks.register("construct_homepage_panels")
def show_reviews(request, panels):
    """Show what is due."""
    panels.append(ReviewsPanel())


@hooks.register("register_log_actions")
def name_what_happens(actions):
    """Give words to the log."""

    @actions.register_action(REVIEWED)
    class Reviewed(LogFormatter):
        label = "Reviewed, no change"

        def format_message(self, log_entry):
            return f"Reviewed, no change. {log_entry.data['note']} Next by {log_entry.data['next_due']}."
