"""Row U1 in the admin: who is asked whether people need to know what changed, and when."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

from pages.models import BasePage
from tests.once import once
from tests.pagetypes.models import LeafletPage
from tests.updates.factories import change, form_data, make_chapter, make_manager, make_root

pytestmark = pytest.mark.django_db

PUBLISH = {"action-publish": "action-publish"}
MAJOR = {"change_significance": "major", "change_note": "The title."}
MINOR = {"change_significance": "minor", "change_note": ""}
CHOOSE = "Choose whether people need to know what changed."
SAY = "Say in one or two sentences what changed."


@pytest.fixture
def user():
    return make_manager()


@pytest.fixture
def staff(client, user):
    client.force_login(user)
    return client


@once
def page():
    return make_chapter(published=True, title="First")


def post(staff, page, address="edit/", **fields):
    page = LeafletPage.objects.get(pk=page.pk)
    return staff.post(f"/admin/pages/{page.pk}/{address}", form_data(page, **fields))


def notes(page) -> list[tuple]:
    return list(page.editions.order_by("number").values_list("number", "significance", "note"))


FIRST = (1, "major", "")


class TestPublishing:
    def test_needs_an_answer(self, staff, page):
        response = post(staff, page, title="Second", **PUBLISH)
        assert CHOOSE in response.content.decode()
        page.refresh_from_db()
        assert page.title == "First"
        assert notes(page) == [FIRST]

    def test_needs_a_note_when_people_are_told(self, staff, page):
        response = post(staff, page, title="Second", change_significance="major", change_note="  ", **PUBLISH)
        assert SAY in response.content.decode()
        assert notes(page) == [FIRST]

    def test_with_an_answer_makes_an_edition(self, staff, page, user):
        response = post(staff, page, title="Second", **MAJOR, **PUBLISH)
        assert response.status_code == 302
        assert notes(page) == [FIRST, (2, "major", "The title.")]
        assert page.current_edition().author == user

    def test_of_a_trifle_needs_no_note(self, staff, page):
        assert post(staff, page, title="Second", **MINOR, **PUBLISH).status_code == 302
        assert notes(page) == [FIRST, (2, "minor", "")]

    def test_of_nothing_new_needs_no_answer_and_makes_no_edition(self, staff, page):
        assert post(staff, page, **PUBLISH).status_code == 302
        assert notes(page) == [FIRST]

    def test_of_only_a_review_date_needs_no_answer_and_makes_no_edition(self, staff, page):
        assert post(staff, page, review_due="2031-01-01", **PUBLISH).status_code == 302
        assert notes(page) == [FIRST]

    def test_of_a_draft_saved_before_needs_an_answer_though_nothing_is_changed_now(self, staff, page):
        post(staff, page, title="Second")
        assert CHOOSE in post(staff, page, **PUBLISH).content.decode()

    def test_twice_by_a_double_click_makes_one_edition(self, staff, page):
        post(staff, page, title="Second", **MAJOR, **PUBLISH)
        assert post(staff, page, **MAJOR, **PUBLISH).status_code == 302
        assert notes(page) == [FIRST, (2, "major", "The title.")]

    def test_of_the_first_edition_needs_none(self, staff):
        draft = make_chapter()
        assert post(staff, draft, title="Better", **PUBLISH).status_code == 302
        assert notes(draft) == [FIRST]

    def test_of_a_new_page_needs_none(self, staff):
        root = make_root()
        data = form_data(LeafletPage(title="New", slug="new"), **PUBLISH)
        assert staff.post(f"/admin/pages/add/pagetypes/leafletpage/{root.pk}/", data).status_code == 302
        assert notes(LeafletPage.objects.get(slug="new")) == [FIRST]


class TestSavingADraft:
    def test_needs_no_answer(self, staff, page):
        assert post(staff, page, title="Second").status_code == 302

    def test_keeps_half_an_answer(self, staff, page):
        post(staff, page, title="Second", change_significance="major")
        draft = LeafletPage.objects.get(pk=page.pk).get_latest_revision_as_object()
        assert (draft.change_significance, draft.change_note) == ("major", "")

    def test_by_autosave_needs_no_answer_and_leaves_editions_alone(self, staff, page, user):
        post(staff, page, title="Second", **MINOR, **PUBLISH)
        held = page.current_edition().revision
        response = staff.post(
            f"/admin/pages/{page.pk}/edit/",
            form_data(LeafletPage.objects.get(pk=page.pk), title="Third", overwrite_revision_id=held.pk),
            headers={"accept": "application/json"},
        )
        assert response.json()["success"]
        assert response.json()["revision_id"] != held.pk
        held.refresh_from_db()
        assert held.content["title"] == "Second"


class TestTheScreen:
    def test_asks_and_lists_editions_once_there_is_one(self, staff, page):
        html = staff.get(f"/admin/pages/{page.pk}/edit/").content.decode()
        assert 'name="change_significance"' in html
        assert "Editions so far" in html
        assert "until now" in html

    def test_says_before_the_first_that_there_is_nothing_to_answer(self, staff):
        draft = make_chapter()
        html = staff.get(f"/admin/pages/{draft.pk}/edit/").content.decode()
        assert "there is nothing to answer yet" in html
        assert 'name="change_significance"' not in html
        new = staff.get(f"/admin/pages/add/pagetypes/leafletpage/{make_root().pk}/").content.decode()
        assert "there is nothing to answer yet" in new

    def test_starts_empty_after_publishing_and_after_taking_down(self, staff, page):
        post(staff, page, title="Second", **MAJOR, **PUBLISH)
        assert "The title.</textarea>" not in staff.get(f"/admin/pages/{page.pk}/edit/").content.decode()
        LeafletPage.objects.get(pk=page.pk).unpublish()
        html = staff.get(f"/admin/pages/{page.pk}/edit/").content.decode()
        assert "The title.</textarea>" not in html
        radios = html.split('id="id_change_significance"')[1].split("change_note")[0]
        assert 'value="major"' in radios
        assert "checked" not in radios

    def test_starts_empty_when_an_old_revision_is_brought_back(self, staff, page):
        post(staff, page, title="Second", **MAJOR, **PUBLISH)
        post(staff, page, title="Third", **MINOR, **PUBLISH)
        old = page.editions.get(number=2).revision
        address = f"revisions/{old.pk}/revert/"
        assert "The title.</textarea>" not in staff.get(f"/admin/pages/{page.pk}/{address}").content.decode()
        assert CHOOSE in post(staff, page, address, title="Second", **PUBLISH).content.decode()
        assert post(staff, page, address, title="Second", **MINOR, **PUBLISH).status_code == 302
        assert notes(page)[-1] == (4, "minor", "")

    def test_shows_the_answer_given_with_a_draft(self, staff, page):
        post(staff, page, title="Second", **MAJOR)
        assert "The title.</textarea>" in staff.get(f"/admin/pages/{page.pk}/edit/").content.decode()

    def test_lists_only_the_latest_of_many_editions(self, staff, page):
        for number in range(30):
            change(page, title=f"Title {number}", significance="minor").publish()
        html = staff.get(f"/admin/pages/{page.pk}/edit/").content.decode()
        assert html.split("Editions so far, newest first")[1].split("</table>")[0].count("<tr>") == 11
        assert "Older editions are kept too." in html


class TestScheduling:
    def soon(self) -> str:
        return timezone.localtime(timezone.now() + timedelta(hours=1)).strftime("%Y-%m-%d %H:%M")

    def test_needs_an_answer_too(self, staff, page):
        assert CHOOSE in post(staff, page, title="Second", go_live_at=self.soon(), **PUBLISH).content.decode()

    def test_keeps_the_answer_until_it_is_published(self, staff, page):
        post(staff, page, title="Second", go_live_at=self.soon(), **MAJOR, **PUBLISH)
        assert notes(page) == [FIRST]
        run_at_the_time(page)
        assert notes(page) == [FIRST, (2, "major", "The title.")]
        draft = LeafletPage.objects.get(pk=page.pk).get_latest_revision_as_object()
        assert (draft.title, draft.change_note) == ("Second", "")

    def test_of_a_new_page_makes_its_edition_only_then(self, staff):
        draft = make_chapter()
        post(staff, draft, go_live_at=self.soon(), **PUBLISH)
        assert notes(draft) == []
        run_at_the_time(draft)
        assert notes(draft) == [FIRST]


def run_at_the_time(page):
    """Let the scheduled time of the page pass, and run the command."""
    revision = page.revisions.get(approved_go_live_at__isnull=False)
    past = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = past.isoformat()
    revision.approved_go_live_at = past
    revision.save()
    call_command("publish_scheduled", stdout=StringIO())


class TestWorkflow:
    @pytest.fixture
    def approver(self, user):
        """Set up a workflow with one step, done by the user."""
        group = Group.objects.create(name="Approvers")
        user.groups.add(group)
        task = GroupApprovalTask.objects.create(name="Second pair of eyes")
        task.groups.add(group)
        workflow = Workflow.objects.create(name="Approval")
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
        WorkflowPage.objects.update_or_create(page=make_root(), defaults={"workflow": workflow})
        return user

    def test_asks_whoever_submits(self, staff, page, approver):
        assert CHOOSE in post(staff, page, title="Second", **{"action-submit": "1"}).content.decode()
        assert LeafletPage.objects.get(pk=page.pk).current_workflow_state is None

    def test_keeps_the_answer_until_it_is_approved(self, staff, page, approver):
        assert post(staff, page, title="Second", **MAJOR, **{"action-submit": "1"}).status_code == 302
        assert notes(page) == [FIRST]
        state = LeafletPage.objects.get(pk=page.pk).current_workflow_task_state
        staff.post(f"/admin/pages/workflow/action/{page.pk}/approve/{state.pk}/")
        assert notes(page) == [FIRST, (2, "major", "The title.")]

    def test_asks_whoever_approves_with_changes_and_not_whoever_sends_back(self, staff, page, approver):
        post(staff, page, title="Second", **MAJOR, **{"action-submit": "1"})
        action = {"action-workflow-action": "true", "workflow-action-name": "approve"}
        empty = {"change_significance": "", "change_note": ""}
        assert CHOOSE in post(staff, page, title="Third", **empty, **action).content.decode()
        action["workflow-action-name"] = "reject"
        assert post(staff, page, title="Third", **empty, **action).status_code == 302
        assert notes(page) == [FIRST]


class TestBulkPublishing:
    def bulk(self, staff, *pages, **fields):
        query = "&".join(f"id={page.pk}" for page in pages)
        address = f"/admin/bulk/{BasePage._meta.app_label}/basepage/publish/?{query}&next=/admin/"
        return staff.post(address, fields, follow=True).content.decode()

    def test_refuses_pages_without_an_answer_and_names_them(self, staff, page):
        other = make_chapter(title="Other")
        change(page, title="Second")
        html = self.bulk(staff, page, other)
        assert "Nothing was published" in html
        assert f"“{page.title}”" in html
        assert "“Other”" not in html
        assert not LeafletPage.objects.get(pk=other.pk).live

    def test_refuses_them_below_the_pages_chosen_too(self, staff):
        parent = make_chapter()
        below = make_chapter(parent, published=True, title="Below")
        below.unpublish()
        assert "“Below”" in self.bulk(staff, parent, include_descendants="on")
        assert "Nothing was published" not in self.bulk(staff, parent)

    def test_publishes_pages_with_an_answer_new_ones_and_unchanged_ones(self, staff, page):
        new, unchanged = make_chapter(), make_chapter(published=True)
        change(page, title="Second", significance="major", note="The title.")
        assert "3 pages have been published" in self.bulk(staff, page, new, unchanged)
        assert notes(page) == [FIRST, (2, "major", "The title.")]
        assert notes(new) == notes(unchanged) == [FIRST]
