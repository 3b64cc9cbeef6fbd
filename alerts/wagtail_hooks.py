"""What staff see of alerts in the admin."""

from django.contrib.auth.models import Permission
from django.urls import include, path
from wagtail import hooks

from alerts.issues import LOG_CANCEL, LOG_SEND
from alerts.retrying import LOG_ACTION as RETRY
from alerts.staff import issue_views, retry_views, subscriber_screen, urgent_views
from alerts.staff.dashboard import AlertsPanel
from alerts.staff.issue_panel import IssuePanel
from alerts.staff.menu import AlertsViewSetGroup
from alerts.urgent import LOG_ACTION as URGENT

SCREENS = (subscriber_screen, retry_views, urgent_views, issue_views)
BUTTONS = [pattern for screen in SCREENS for pattern in screen.urlpatterns]


@hooks.register("register_admin_viewset")
def register_lists():
    """Give the lists their addresses and their entry in the menu."""
    return AlertsViewSetGroup()


@hooks.register("register_admin_urls")
def register_buttons():
    """Give the buttons of the screens of a subscriber and of a message their addresses."""
    return [path("", include((BUTTONS, "alerts_staff")))]


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def offer_urgent(page, user, next_url=None, **kwargs):
    """Offer to send a change as urgent in the "…" menu of its page."""
    yield urgent_views.UrgentButton(page=page)


@hooks.register("construct_bulletin_mail_panels")
def send_issues_to_subscribers(request, page, panels):
    """Take the place of the panel that knows no readers."""
    panels[0] = IssuePanel(request, page)


@hooks.register("construct_homepage_panels")
def show_what_waits(request, panels):
    """Say what waits for too long, has failed, or has not been sent."""
    panels.append(AlertsPanel())


@hooks.register("register_permissions")
def offer_permissions():
    """Let groups be given each right by itself."""
    return Permission.objects.filter(
        content_type__app_label="alerts", content_type__model__in=["subscriber", "message"]
    )


@hooks.register("register_log_actions")
def name_what_happens(actions):
    """Give words to the log."""
    for action, label, done in (
        ("export", "Export a subscriber", "Exported"),
        ("erase", "Erase a subscriber", "Erased"),
        ("stop", "Stop all mail to a subscriber", "Stopped all mail"),
    ):
        actions.register_action(f"alerts.{action}", label, done)
    actions.register_action(RETRY, "Send again what failed", "Sent again what had failed")
    actions.register_action(URGENT, "Send as urgent", "Sent as urgent")
    actions.register_action(LOG_SEND, "Send an issue", "Had the issue sent")
    actions.register_action(LOG_CANCEL, "Do not send an issue", "Cancelled the sending of the issue")
