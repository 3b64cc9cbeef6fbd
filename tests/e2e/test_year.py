"""A quarter at the board's office: news comes in, the next bulletin assembles itself, is tried as a mail, is read."""

import io

import docx
from django.core import mail

from board_business.models import ReviewPage
from bulletins.models import BulletinPage
from enquiries.guards import SHORTEST_SECONDS
from enquiries.models import NewsSubmission, PageUsefulness, ProblemReport
from priorities.models import PriorityAreaPage
from tests.e2e.desk import Desk
from tests.enquiries.factories import make_news

NEWS, LATER_NEWS = "A <b>clinic</b> opens in Northgate", "A second clinic"
POSTER = {"name": "poster.txt", "mimeType": "text/plain", "buffer": b"Come along."}
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def test_news_comes_in_and_goes_out_in_the_next_bulletin(visit, manager, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    before = BulletinPage.objects.live().newest_first().first()
    send_news(visit(width=320, javascript=False))
    desk = Desk(visit(height=2000))
    desk.sign_in(manager.email)
    accept(desk, NEWS, file="poster.txt")
    issue = assemble(desk)
    assert not issue.live
    keep_what_comes_meanwhile(desk, issue)
    try_as_mail(desk, issue, manager)
    desk.edit(issue)
    assert "has been published" in desk.publish()
    reader = visit(width=320, javascript=False)
    read_issue(reader, issue, before)
    find_it_under_a_priority(reader, issue)
    read_learning_on_one_page(reader)
    say_what_is_wrong(reader, issue)
    assert reader.requests_elsewhere == []
    assert reader.context.cookies() == []


def test_a_bulletin_written_in_word_becomes_a_draft(visit, manager):
    desk = Desk(visit())
    desk.sign_in(manager.email)
    page = desk.page
    page.get_by_role("link", name="Import a bulletin").first.click()
    page.set_input_files("input[type=file]", {"name": "old.docx", "mimeType": WORD, "buffer": bulletin_in_word()})
    page.get_by_role("button", name="Make a draft").click()
    page.wait_for_url("**/admin/bulletins/import/*/")
    report = page.inner_text("main")
    assert "bold or short" in report
    assert "No deadline" not in report
    page.get_by_role("link", name="Open the draft").click()
    page.wait_for_url("**/edit/")
    issue = BulletinPage.objects.get(quarter_label="April 2016")
    kinds = [(item.block_type, item.value["heading"]) for item in issue.get_latest_revision_as_object().items]
    assert ("new_law", "A new offence") in kinds
    assert ("training", "Training: the graded care profile") in kinds
    assert page.input_value("[name=next_deadline]") == "04/07/2016"
    assert "has been published" in desk.publish()
    reader = visit(width=320, javascript=False)
    assert reader.go(f"/bulletins/{issue.slug}/").status == 200
    assert reader.page.get_by_role("link", name="01632 960456").get_attribute("href").startswith("tel:")


def bulletin_in_word() -> bytes:
    """Return a bulletin as people write it in Word: its headings are bold lines, no styles."""
    document = docx.Document()
    for heading, *texts in (
        ("Safeguarding children bulletin: April 2016", "Welcome."),
        ("A new offence", "Section 5 of the Crime Act 2016 began on 3 May 2016. The maximum penalty is five years."),
        ("Training: the graded care profile", "On 9 June 2016. Book on 01632 960456."),
        ("Deadline for the next issue", "Please send news by 4 July 2016."),
    ):
        document.add_paragraph().add_run(heading).bold = True
        for text in texts:
            document.add_paragraph(text)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def send_news(reader):
    """Send news with a file, as somebody of an agency who forgets the address at first."""
    page = reader.page
    reader.go("/bulletins/")
    page.get_by_role("main").get_by_role("link", name="Send us your news").click()
    page.get_by_label("Title").fill(NEWS)
    page.get_by_label("Your news").fill("On Monday.\n\nRing 01632 960123.")
    page.get_by_label("Your agency or team").fill("Marlshire NHS")
    page.get_by_role("button", name="Send the news").click()
    page.get_by_role("link", name="Enter your e-mail address").click()
    assert page.get_by_label("Title").input_value() == NEWS
    page.get_by_label("Your e-mail address").fill("ash@agency.example")
    page.get_by_label("A file that belongs to it").set_input_files(POSTER)
    # As quick as this is no person.
    reader.take(SHORTEST_SECONDS)
    page.get_by_role("button", name="Send the news").click()
    assert page.get_by_role("heading", level=1).inner_text() == "We have your piece of news"


def accept(desk, title, *, file=""):
    """Accept news, found from the first page, into the issue that is proposed."""
    page = desk.page
    page.goto("/admin/")
    page.get_by_role("main").get_by_role("link", name="News for the bulletin").click()
    page.get_by_role("link", name=title).first.click()
    if file:
        page.get_by_role("link", name=file).wait_for()
    page.get_by_role("button", name="Accept into the issue").click()
    page.get_by_text("is accepted. An e-mail goes out within a minute.").wait_for()


def assemble(desk) -> BulletinPage:
    """Assemble the next bulletin from the first page, and look where its items came from; return its draft."""
    page = desk.page
    desk.visit.go("/admin/")
    page.get_by_role("link", name="Assemble the next bulletin").click()
    page.get_by_role("heading", name="What will be put in").wait_for()
    wanted = page.locator("main table td.title a").all_inner_texts()
    assert wanted
    page.get_by_role("button", name="Add it to the draft").click()
    page.wait_for_url("**/edit/")
    assert page.locator("[name=items-0-value-heading]").input_value() == NEWS
    origins = page.locator("table:has-text('Why it is here')")
    assert origins.get_by_text("Sent in by Marlshire NHS").count() == 1
    for heading in wanted:
        assert origins.get_by_role("link", name=heading).count()
    return BulletinPage.objects.get(pk=NewsSubmission.objects.get(title=NEWS).taken_into_id)


def keep_what_comes_meanwhile(desk, issue):
    """Have the draft open while news is accepted in another window, and save: nothing of either is lost."""
    desk.edit(issue)
    make_news(issue.get_parent(), title=LATER_NEWS, for_issue=issue.quarter_label)
    accept(desk.second_window(), LATER_NEWS)
    desk.page.fill("[name=search_description]", "What happened in the quarter.")
    desk.save_over_newer()
    assert LATER_NEWS in desk.page.locator(".messages").inner_text()
    draft = BulletinPage.objects.get(pk=issue.pk).get_latest_revision_as_object()
    headings = [item.value["heading"] for item in draft.items]
    assert (headings[0], headings[-1]) == (NEWS, LATER_NEWS)
    assert draft.search_description == "What happened in the quarter."


def try_as_mail(desk, issue, manager):
    """See the draft as a mail, and have it sent to oneself."""
    desk.page.locator("#w-slim-header-buttons button").first.click()
    desk.page.get_by_role("link", name="Send by e-mail").click()
    desk.page.get_by_role("button", name="Send me a test").click()
    desk.page.get_by_text("A test is on its way").wait_for()
    sent = mail.outbox[-1]
    assert sent.to == [manager.email]
    assert NEWS in sent.body


def read_issue(reader, issue, before):
    """Read the issue: the archive leads to it, everything stands in it, nothing of strangers is markup."""
    page = reader.page
    issue.refresh_from_db()
    reader.go("/bulletins/")
    page.get_by_role("main").get_by_role("link", name=issue.title).click()
    headings = page.locator(".item__heading").all_inner_texts()
    assert (headings[0], headings[-1]) == (NEWS, LATER_NEWS)
    assert page.get_by_role("link", name="01632 960123").first.get_attribute("href").startswith("tel:")
    assert issue.next_deadline > before.next_deadline


def find_it_under_a_priority(reader, issue):
    """Go from an item on a priority to the priority, and from there back to the item."""
    page = reader.page
    page.get_by_role("link", name="More on this priority").first.click()
    area = PriorityAreaPage.objects.get(
        slug=page.url.rstrip("/").rpartition("/")[2], live=True, title=page.inner_text("h1")
    )
    back = page.locator(f"main a[href^='{issue.url}#']").first
    assert back.inner_text() == area.title
    back.click()
    assert page.inner_text("h1") == issue.title


def read_learning_on_one_page(reader):
    """Find a review among the board's work, and its learning on one page."""
    page = reader.page
    review = ReviewPage.objects.live().order_by("-pk").first()
    reader.go("/board/")
    page.get_by_role("main").get_by_role("link", name=review.title).click()
    page.get_by_role("link", name="Learning on one page").click()
    assert page.get_by_role("heading", name="What you should do").is_visible()


def say_what_is_wrong(reader, issue):
    """Answer that the issue is useful, and report what does not work; both reach the office."""
    page = reader.page
    reader.go(issue.url)
    page.get_by_role("button", name="Yes", exact=True).click()
    assert PageUsefulness.objects.get(page=issue).yes == 1
    reader.go(issue.url)
    page.get_by_role("link", name="Report a problem with this page").click()
    page.get_by_label("What went wrong?").fill("A link is broken.")
    reader.take(SHORTEST_SECONDS)
    page.get_by_role("button", name="Send the report").click()
    assert ProblemReport.objects.get().page_id == issue.pk
