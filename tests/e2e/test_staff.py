"""A member of staff writes the next issue, looks at it, publishes it and corrects it."""

import pytest

from bulletins.models import BulletinPage
from bulletins.quarters import add_months, label_for
from tests.e2e.desk import Desk


@pytest.fixture(scope="module")
def latest(demonstration):
    """The latest issue of the demonstration site, before anything is written."""
    return BulletinPage.objects.order_by("-issue_date").first()


@pytest.fixture
def desk(visit, manager):
    """Somebody of the office, signed in."""
    desk = Desk(visit())
    desk.sign_in(manager.email)
    return desk


HEADINGS = ["New rules for schools", "New rules for all schools", "New rules for every school"]
NOTE = "It now says that every school is meant."


def heading_read(visit, issue) -> str:
    """Return the heading of the first item as a reader sees it now."""
    reader = visit()
    assert reader.go(f"/bulletins/{issue.slug}/").status == 200
    return reader.page.inner_text(".item__heading >> nth=0")


def begin(visit, desk, latest) -> BulletinPage:
    """Start the next issue: what can be known is filled in, and it is nobody else's business yet."""
    quarter = add_months(latest.issue_date, 3)
    desk.start_next_issue()
    page = desk.page
    assert page.input_value("[name=quarter_label]") == label_for(quarter)
    assert page.input_value("[name=issue_date]") == quarter.strftime("%d/%m/%Y")
    assert page.input_value("[name=next_deadline]") != ""
    assert page.is_visible("text=Board office")
    page.fill("[name=search_description]", "What schools must do about the new rules.")
    desk.add_news(HEADINGS[0], "Every school names a lead by May.")
    desk.save_draft()
    issue = BulletinPage.objects.get(issue_date=quarter)
    assert not issue.live
    assert visit().go(f"/bulletins/{issue.slug}/").status == 404
    return issue


def write_on(desk, issue):
    """Write: it is saved by itself, and the preview shows it as readers will see it."""
    with desk.autosave():
        desk.page.fill("[name=items-0-value-heading]", HEADINGS[1])
    issue.refresh_from_db()
    assert HEADINGS[1] in str(issue.get_latest_revision().content["items"])
    what_could_be_better(desk)
    shown = desk.preview()
    shown.get_by_role("heading", name=HEADINGS[1]).wait_for()
    font = shown.locator("h1").evaluate("heading => getComputedStyle(heading).fontFamily")
    assert font.startswith('"Atkinson Hyperlegible Next"'), "The preview is not in the site's own style."


def what_could_be_better(desk):
    """See while writing what could be better, and go to its place."""
    page = desk.page
    counter = page.locator("[data-side-panel-toggle=checks] [data-side-panel-toggle-counter]")
    page.fill("[name=search_description]", "Ask the CSE team about the new rules.")
    counter.get_by_text("1", exact=True).wait_for()
    page.click("[data-side-panel-toggle=checks]")
    page.locator("[data-proof]").get_by_text("Not everybody knows what CSE stands for.").wait_for()
    page.click("text=Show it in the text")
    assert page.evaluate("document.activeElement.name") == "search_description"
    page.fill("[name=search_description]", "What schools must do about the new rules.")
    counter.wait_for(state="hidden")


def publish(visit, desk, issue):
    """Publish: the first time nothing is asked."""
    assert desk.page.locator("[name=change_significance]").count() == 0
    assert "has been published" in desk.publish()
    assert heading_read(visit, issue) == HEADINGS[1]


def correct(visit, desk, issue):
    """Change what is public: the question has to be answered first."""
    desk.edit(issue)
    page = desk.page
    page.fill("[name=items-0-value-heading]", HEADINGS[2])
    assert "could not be saved" in desk.publish()
    assert page.is_visible("text=Choose whether people need to know what changed.")
    assert heading_read(visit, issue) == HEADINGS[1]
    page.check("[name=change_significance][value=major]")
    page.fill("[name=change_note]", NOTE)
    assert "has been published" in desk.publish()
    assert heading_read(visit, issue) == HEADINGS[2]


def look_back(visit, desk, issue):
    """Readers are told what changed; the answer is not there the next time."""
    reader = visit()
    reader.go("/")
    assert NOTE in reader.page.inner_text("main")
    desk.edit(issue)
    editions = desk.page.locator("table:has-text('Editions so far') tbody tr")
    assert [row.inner_text().split()[0] for row in editions.all()] == ["2", "1"]
    assert desk.page.input_value("[name=change_note]") == ""
    assert not desk.page.is_checked("[name=change_significance][value=major]")


def test_an_issue_goes_from_the_first_page_to_the_readers_and_is_corrected(visit, desk, latest):
    issue = begin(visit, desk, latest)
    write_on(desk, issue)
    publish(visit, desk, issue)
    correct(visit, desk, issue)
    look_back(visit, desk, issue)


def test_the_admin_runs_without_complaint_and_asks_nobody_else(desk, latest):
    screens = (
        "",
        f"pages/{latest.pk}/edit/",
        f"drafts/{latest.pk}/",
        "reports/what-to-mend/",
        "bulletins/import/",
        "pages/",
    )
    for path in screens:
        assert desk.visit.go(f"/admin/{path}").status == 200
        desk.page.wait_for_load_state("networkidle")
    assert desk.visit.requests_elsewhere == []
    assert desk.visit.complaints == []


def test_rows_of_lists_are_lines_on_a_telephone(visit, manager):
    desk = Desk(visit(width=320))
    desk.sign_in(manager.email)
    for address, column in (("snippets/content/glossaryterm/", "What it means"), ("topics/", "Pages")):
        desk.visit.go(f"/admin/{address}")
        cell = desk.page.locator(f"td[data-column='{column}']").first
        cell.wait_for()
        assert cell.evaluate("cell => cell.getBoundingClientRect().right <= innerWidth")
        assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") == f'"{column}"'
    # What a search puts in the place of the rows has the names, too.
    desk.page.fill("[data-search-form] input[name=q]", "early")
    desk.page.wait_for_url("**/topics/?q=early**")
    desk.page.locator("td[data-column='Pages']").first.wait_for()
    assert desk.page.locator("td[data-column='Pages']").count() == 1


def test_files_are_chosen_on_a_telephone_by_a_button_that_fits(visit, manager):
    desk = Desk(visit(width=320))
    desk.sign_in(manager.email)
    desk.visit.go("/admin/documents/multiple/add/")
    zone, button = desk.page.locator(".drop-zone"), desk.page.get_by_role("button", name="Or choose from your computer")
    button.wait_for()
    assert button.evaluate("it => it.getBoundingClientRect().right") <= zone.evaluate(
        "it => it.getBoundingClientRect().right"
    )
