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


def test_an_issue_goes_from_the_first_page_to_the_readers_and_is_corrected(visit, desk, latest):
    quarter = add_months(latest.issue_date, 3)
    reader = visit()

    desk.start_next_issue()
    page = desk.page
    assert page.input_value("[name=quarter_label]") == label_for(quarter)
    assert page.input_value("[name=issue_date]") == quarter.strftime("%d/%m/%Y")
    assert page.input_value("[name=next_deadline]") != ""
    assert page.is_visible("text=Board office")

    page.fill("[name=search_description]", "What schools must do about the new rules.")
    desk.add_news("New rules for schools", "Every school names a lead by May.")
    desk.save_draft()
    issue = BulletinPage.objects.get(quarter_label=label_for(quarter))
    assert not issue.live
    assert reader.go(f"/bulletins/{issue.slug}/").status == 404

    with desk.autosave():
        page.fill("[name=items-0-value-heading]", "New rules for all schools")
    issue.refresh_from_db()
    assert "New rules for all schools" in str(issue.get_latest_revision().content["items"])

    shown = desk.preview()
    shown.get_by_role("heading", name="New rules for all schools").wait_for()
    font = shown.locator("h1").evaluate("heading => getComputedStyle(heading).fontFamily")
    assert font.startswith('"Atkinson Hyperlegible Next"'), "The preview is not in the site's own style."

    assert "has been published" in desk.publish()
    assert reader.go(f"/bulletins/{issue.slug}/").status == 200
    assert reader.page.inner_text(".item__heading") == "New rules for all schools"
    assert "Every school names a lead by May." in reader.page.inner_text("main")

    desk.edit(issue)
    assert page.locator("[name=change_note]").input_value() == ""
    page.fill("[name=items-0-value-heading]", "New rules for every school")
    assert "could not be saved" in desk.publish()
    assert page.is_visible("text=Choose whether people need to know what changed.")
    reader.go(f"/bulletins/{issue.slug}/")
    assert reader.page.inner_text(".item__heading") == "New rules for all schools"

    page.check("[name=change_significance][value=major]")
    page.fill("[name=change_note]", "It now says that every school is meant.")
    assert "has been published" in desk.publish()

    reader.page.reload()
    assert reader.page.inner_text(".item__heading") == "New rules for every school"
    reader.go("/")
    assert "It now says that every school is meant." in reader.page.inner_text("main")

    desk.edit(issue)
    editions = page.locator("table:has-text('Editions so far') tbody tr")
    assert [row.inner_text().split()[0] for row in editions.all()] == ["2", "1"]
    assert page.input_value("[name=change_note]") == ""
    assert not page.is_checked("[name=change_significance][value=major]")


def test_the_admin_runs_without_complaint_and_asks_nobody_else(desk, latest):
    for path in ("/admin/", f"/admin/pages/{latest.pk}/edit/", "/admin/bulletins/import/", "/admin/pages/"):
        assert desk.visit.go(path).status == 200
        desk.page.wait_for_load_state("networkidle")
    assert desk.visit.requests_elsewhere == []
    assert desk.visit.complaints == []
