"""Alerts without JavaScript: chosen, confirmed, sent, read, changed, left and taken back, by mailed links."""

import re
from urllib.parse import urlsplit

from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from alerts.models import Delivery, DeliveryState, State, Subscriber
from alerts.posting.worker import Worker
from enquiries.guards import SHORTEST_SECONDS
from procedures.models import ChapterPage
from tests.alerts.smtp import smtp_server
from tests.e2e.desk import Desk
from tests.e2e.views import conferences

NOTE = "Minutes now reach everybody within five working days."


def test_are_chosen_confirmed_changed_left_and_taken_back(visit):
    reader = visit(width=320, javascript=False)
    page = reader.page
    reader.go(conferences())
    page.get_by_role("link", name="Get an e-mail when this chapter changes").click()
    page.get_by_label("Each new issue of the bulletin").select_option("Once a week")
    reader.take(SHORTEST_SECONDS)
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
    reader.take(SHORTEST_SECONDS)
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


def test_go_out_over_a_real_mail_server_when_a_chapter_changes(visit, manager):
    Subscriber.objects.all().delete()
    reader = visit(width=320, javascript=False)
    with smtp_server() as server:
        register(reader, "robin@agency.example")
        reader.go(link_in(sent_link(server), "confirm"))
        reader.page.get_by_role("button", name="Yes, send me these e-mails").click()
        publish_a_change(Desk(visit(height=2000)), manager)
        received = sent_alert(server)
        read(reader, received)
        reader.go(link_in(received, "manage"))
        reader.page.get_by_text("robin@agency.example").wait_for()
        leave_by_header(reader, received)
        leave_by_button(reader, received)
        assert len(server.raw) == 2
    assert list(Delivery.objects.values_list("state", flat=True)) == [DeliveryState.SENT]
    assert reader.requests_elsewhere == []


def register(reader, address: str):
    """Ask for alerts on a chapter, as it is offered there."""
    page = reader.page
    reader.go(conferences())
    page.get_by_role("link", name="Get an e-mail when this chapter changes").click()
    page.get_by_label("Your e-mail address").fill(address)
    reader.take(SHORTEST_SECONDS)
    page.get_by_role("button", name="Send me the link to confirm").click()
    page.get_by_role("heading", name="Look for our e-mail").wait_for()


def sent_link(server):
    """Send the link that is owed, and return the mail that the server got."""
    call_command("send_alert_links")
    return server.mails[-1]


def publish_a_change(desk, manager):
    """Change the chapter in the editor, answer that people need to know, and publish."""
    chapter = ChapterPage.objects.get(slug=conferences().strip("/").rpartition("/")[2])
    desk.sign_in(manager.email)
    page = desk.page
    desk.visit.go(f"/admin/pages/{chapter.pk}/edit/")
    page.fill("[name=sections-0-value-heading]", "Who is there, and who takes the minutes")
    page.check("[name=change_significance][value=major]")
    page.fill("[name=change_note]", NOTE)
    assert "has been published" in desk.publish()


def sent_alert(server):
    """Let a worker send what is due, and return the mail that the server got."""
    worker = Worker(clock=timezone.now)
    assert worker.work() == 1
    assert worker.work() == 0
    return server.mails[-1]


def read(reader, received):
    """Read both forms: what changed is in the text, and can be seen in the HTML, which is wide for no screen."""
    text, html = (part.get_content() for part in received.iter_parts())
    assert received["To"] == "robin@agency.example"
    assert received["Subject"].startswith("Changed: ")
    assert NOTE in text
    page = reader.context.new_page()
    page.set_content(html)
    assert page.get_by_role("paragraph").filter(has_text=NOTE).is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("link", name="Read it").wait_for()
    assert page.screenshot(full_page=True).startswith(b"\x89PNG")
    page.close()


def leave_by_header(reader, received):
    """Leave as mail programs do it: one post to the address in the header; opening that address changes nothing."""
    address = urlsplit(received["List-Unsubscribe"].strip("<> ")).path
    for _ in range(2):
        reader.go(address)
        assert Subscriber.objects.get().state == State.ACTIVE
    answer = reader.context.request.post(address, form={"List-Unsubscribe": "One-Click"})
    assert answer.status == 200
    assert Subscriber.objects.get().state == State.LEFT


def leave_by_button(reader, received):
    """Take leaving back, and leave by the link in the text and its button."""
    reader.go(link_in(received, "leave"))
    reader.page.get_by_role("button", name="Get them again").click()
    reader.page.get_by_role("heading", name="You get alerts again").wait_for()
    reader.go(link_in(received, "leave"))
    reader.page.get_by_role("button", name="Stop all alerts").click()
    reader.page.get_by_role("heading", name="You get no more alerts").wait_for()
    assert Subscriber.objects.get().state == State.LEFT


def link_in(received, name: str) -> str:
    """Return the address behind a link in the text of a mail."""
    return re.search(rf"https?://[^/\s]+(/alerts/{name}/\S+)", received.get_body(("plain",)).get_content())[1]
