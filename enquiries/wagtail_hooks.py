"""What staff see of enquiries in the admin."""

from wagtail import hooks
from wagtail.contrib.settings.registry import register_setting

from enquiries import usefulness_report
from enquiries.dashboard import EnquiriesPanel
from enquiries.models import EnquirySettings
from enquiries.viewsets import EnquiriesViewSetGroup

register_setting(EnquirySettings, icon="mail")


@hooks.register("register_admin_viewset")
def register_queues():
    """Give the queues their addresses and their entry in the menu."""
    return EnquiriesViewSetGroup()


@hooks.register("register_admin_urls")
def register_report():
    """Give the report on useful pages its addresses."""
    return usefulness_report.urlpatterns


@hooks.register("register_reports_menu_item")
def offer_report():
    """Offer the report."""
    return usefulness_report.UsefulnessMenuItem()


@hooks.register("construct_homepage_panels")
def show_what_waits(request, panels):
    """Say how much waits."""
    panels.append(EnquiriesPanel())


@hooks.register("register_log_actions")
def name_what_happens(actions):
    """Give words to the history. What a sender was told is in the entry, and goes with the enquiry."""
    for action, label, done in (
        ("receive", "Receive", "Received"),
        ("accepted", "Accept", "Accepted"),
        ("declined", "Decline", "Declined"),
        ("asked", "Ask the sender", "Question asked"),
        ("closed", "Close without an answer", "Closed without an answer"),
        ("reopen", "Open again", "Opened again"),
    ):
        actions.register_action(f"enquiries.{action}", label, done)
