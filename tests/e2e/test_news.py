"""News, from the form to the draft: sent without JavaScript, with a mistake first; accepted by staff."""

from bulletins.models import BulletinPage
from enquiries.guards import SHORTEST_SECONDS
from enquiries.models import NewsSubmission
from tests.e2e.desk import Desk

TITLE = "A clinic <b>opens</b>"
POSTER = {"name": "poster.txt", "mimeType": "text/plain", "buffer": b"Come along."}


def test_goes_from_the_archive_into_the_draft_of_the_next_issue(visit, manager, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    send(visit(width=320, javascript=False))
    desk = Desk(visit(height=2000))
    desk.sign_in(manager.email)
    accept(desk)
    news = NewsSubmission.objects.get()
    draft = BulletinPage.objects.get(pk=news.taken_into_id)
    assert not draft.live
    assert [item.value["heading"] for item in draft.get_latest_revision_as_object().items] == [TITLE]
    # It is edited as any other item.
    desk.page.get_by_role("link", name=news.taken_label, exact=True).click()
    assert desk.page.locator("[name=items-0-value-heading]").input_value() == TITLE


def send(reader):
    """Find the form, leave something out, put it right, and be thanked."""
    page = reader.page
    reader.go("/bulletins/")
    page.get_by_role("main").get_by_role("link", name="Send us your news").click()
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Your news").fill("On Monday.\n\nRing 01632 960123.")
    page.get_by_label("A file that belongs to it").set_input_files(POSTER)
    page.get_by_role("button", name="Send the news").click()
    summary = page.locator(".govuk-error-summary")
    assert "Choose the file again." in summary.inner_text()
    assert page.get_by_label("Title").input_value() == TITLE
    summary.get_by_role("link", name="Enter your e-mail address").click()
    page.get_by_label("Your e-mail address").fill("ash@agency.example")
    page.get_by_label("Your agency or team").fill("Marlshire NHS")
    page.get_by_label("A file that belongs to it").set_input_files(POSTER)
    # As quick as this is no person.
    reader.take(SHORTEST_SECONDS)
    page.get_by_role("button", name="Send the news").click()
    assert page.get_by_role("heading", level=1).inner_text() == "We have your piece of news"


def accept(desk):
    """Find it in the queue, and put it into the issue that is offered."""
    page = desk.page
    page.get_by_role("link", name="News for the bulletin").first.click()
    page.get_by_role("link", name=TITLE).first.click()
    page.get_by_role("link", name="poster.txt").wait_for()
    page.get_by_role("button", name="Accept into the issue").click()
    page.get_by_text("is accepted. An e-mail goes out within a minute.").wait_for()
