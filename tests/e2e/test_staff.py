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


class TestAnIssue:
    """In order: each step goes on from the one before."""

    HEADINGS = ["New rules for schools", "New rules for all schools", "New rules for every school"]
    NOTE = "It now says that every school is meant."

    @pytest.fixture
    def issue(self, latest):
        """The issue after the latest one, once it has been saved."""
        return BulletinPage.objects.get(issue_date=add_months(latest.issue_date, 3))

    def heading_read(self, visit, issue) -> str:
        """Return the heading of the first item as a reader sees it now."""
        reader = visit()
        assert reader.go(f"/bulletins/{issue.slug}/").status == 200
        return reader.page.inner_text(".item__heading >> nth=0")

    def test_begins_with_what_can_be_known_and_is_nobody_elses_business_yet(self, visit, desk, latest):
        quarter = add_months(latest.issue_date, 3)
        desk.start_next_issue()
        page = desk.page
        assert page.input_value("[name=quarter_label]") == label_for(quarter)
        assert page.input_value("[name=issue_date]") == quarter.strftime("%d/%m/%Y")
        assert page.input_value("[name=next_deadline]") != ""
        assert page.is_visible("text=Board office")
        page.fill("[name=search_description]", "What schools must do about the new rules.")
        desk.add_news(self.HEADINGS[0], "Every school names a lead by May.")
        desk.save_draft()
        issue = BulletinPage.objects.get(issue_date=quarter)
        assert not issue.live
        assert visit().go(f"/bulletins/{issue.slug}/").status == 404

    def test_is_saved_while_it_is_written_and_shown_as_readers_will_see_it(self, desk, issue):
        desk.edit(issue)
        with desk.autosave():
            desk.page.fill("[name=items-0-value-heading]", self.HEADINGS[1])
        issue.refresh_from_db()
        assert self.HEADINGS[1] in str(issue.get_latest_revision().content["items"])
        shown = desk.preview()
        shown.get_by_role("heading", name=self.HEADINGS[1]).wait_for()
        font = shown.locator("h1").evaluate("heading => getComputedStyle(heading).fontFamily")
        assert font.startswith('"Atkinson Hyperlegible Next"'), "The preview is not in the site's own style."

    def test_is_published_without_a_question_the_first_time(self, visit, desk, issue):
        desk.edit(issue)
        assert desk.page.locator("[name=change_significance]").count() == 0
        assert "has been published" in desk.publish()
        assert self.heading_read(visit, issue) == self.HEADINGS[1]

    def test_is_not_published_again_until_the_question_is_answered(self, visit, desk, issue):
        desk.edit(issue)
        page = desk.page
        page.fill("[name=items-0-value-heading]", self.HEADINGS[2])
        assert "could not be saved" in desk.publish()
        assert page.is_visible("text=Choose whether people need to know what changed.")
        assert self.heading_read(visit, issue) == self.HEADINGS[1]
        page.check("[name=change_significance][value=major]")
        page.fill("[name=change_note]", self.NOTE)
        assert "has been published" in desk.publish()
        assert self.heading_read(visit, issue) == self.HEADINGS[2]

    def test_tells_readers_what_changed_and_forgets_the_answer(self, visit, desk, issue):
        reader = visit()
        reader.go("/")
        assert self.NOTE in reader.page.inner_text("main")
        desk.edit(issue)
        editions = desk.page.locator("table:has-text('Editions so far') tbody tr")
        assert [row.inner_text().split()[0] for row in editions.all()] == ["2", "1"]
        assert desk.page.input_value("[name=change_note]") == ""
        assert not desk.page.is_checked("[name=change_significance][value=major]")


def test_the_admin_runs_without_complaint_and_asks_nobody_else(desk, latest):
    for path in ("/admin/", f"/admin/pages/{latest.pk}/edit/", "/admin/bulletins/import/", "/admin/pages/"):
        assert desk.visit.go(path).status == 200
        desk.page.wait_for_load_state("networkidle")
    assert desk.visit.requests_elsewhere == []
    assert desk.visit.complaints == []
