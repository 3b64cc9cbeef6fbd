"""Alerts without JavaScript: chosen on a chapter, confirmed, changed, left and taken back, by mailed links."""

import re
import time

from django.core import mail
from django.core.management import call_command

from alerts.models import State, Subscriber
from enquiries.guards import SHORTEST_SECONDS
from tests.e2e.views import conferences


def test_are_chosen_confirmed_changed_left_and_taken_back(visit):
    reader = visit(width=320, javascript=False)
    page = reader.page
    reader.go(conferences())
    page.get_by_role("link", name="Get an e-mail when this chapter changes").click()
    page.get_by_label("Each new issue of the bulletin").select_option("Once a week")
    time.sleep(SHORTEST_SECONDS)
    page.get_by_role("button", name="Send me the link to confirm").click()
    page.locator(".govuk-error-summary").get_by_role("link", name="Enter your e-mail address").click()
    page.get_by_label("Your e-mail address").fill("Ash@Agency.example")
    page.get_by_role("button", name="Send me the link to confirm").click()
    page.get_by_role("heading", name="Look for our e-mail").wait_for()

    reader.go(mailed("confirm"))
    assert not Subscriber.objects.get().subscriptions.exists()
    page.get_by_role("button", name="Yes, send me these e-mails").click()
    page.get_by_text("Confirmed.").wait_for()

    page.get_by_role("link", name="Stop all alerts")
    page.get_by_label("Each new issue of the bulletin").select_option("No e-mails")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()
    assert [row.frequency for row in Subscriber.objects.get().subscriptions.all()] == ["at_once"]

    reader.go("/alerts/link/")
    page.get_by_label("Your e-mail address").fill("ash@agency.example")
    time.sleep(SHORTEST_SECONDS)
    page.get_by_role("button", name="Send me the link").click()
    page.get_by_role("heading", name="Look for our e-mail").wait_for()
    reader.go(mailed("leave"))
    page.get_by_role("button", name="Stop all alerts").click()
    page.get_by_role("heading", name="You get no more alerts").wait_for()
    assert Subscriber.objects.get().state == State.LEFT
    page.get_by_role("button", name="Get them again").click()
    page.get_by_role("heading", name="You get alerts again").wait_for()
    assert Subscriber.objects.get().state == State.ACTIVE


def mailed(name: str) -> str:
    """Send what is owed and return the address behind a link in it."""
    mail.outbox.clear()
    call_command("send_alert_links")
    return re.search(rf"https?://[^/\s]+(/alerts/{name}/\S+)", mail.outbox[-1].body)[1]
