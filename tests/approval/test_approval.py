"""Nothing that needs approval is published by one person alone, in whatever way, and what is all the same is seen."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, PageLogEntry, Workflow, WorkflowPage

from accounts.models import User
from approval.models import PublishedUnapproved, SecondPairOfEyes
from approval.services import CannotApprove, CannotPublish, approve_afterwards, publish_unapproved
from tests.pagetypes.models import LeafletPage
from tests.roles import two_people_everywhere
from tests.updates.factories import change, form_data, make_chapter, make_manager, make_root

pytestmark = pytest.mark.django_db

WORKFLOW_OF_A_DRAFT = "wagtailcore_workflowstate"
SUBMIT, PUBLISH = {"action-submit": "1"}, {"action-publish": "1"}
APPROVE = {"action-workflow-action": "true", "workflow-action-name": "approve"}
MAJOR = {"change_significance": "major", "change_note": "A new form."}


def person(name, group=None) -> User:
    user = User.objects.create_user(f"{name}@board.example", "a long enough password", first_name=name.title())
    if group:
        user.groups.add(group)
    return user


def group_of(name, *actions, admin=True) -> Group:
    """Make a group that may do this on all pages."""
    group = Group.objects.create(name=name)
    if admin:
        group.permissions.add(Permission.objects.get(codename="access_admin"))
    for action in actions:
        GroupPagePermission.objects.create(group=group, page=make_root(), permission_type=action)
    return group


@pytest.fixture
def writer():
    return person("writer", group_of("Writers", "add", "change"))


@pytest.fixture
def approvers():
    """The group, with every right on pages that there is."""
    return group_of("Approvers", "add", "change", "publish", "lock", "unlock", "bulk_delete")


@pytest.fixture
def approver(approvers):
    return person("approver", approvers)


@pytest.fixture(autouse=True)
def workflow(approvers):
    """The workflow that holds everywhere."""
    return two_people_everywhere(approvers)


@pytest.fixture
def page():
    return make_chapter(published=True, title="Neglect")


def fresh(page) -> LeafletPage:
    return LeafletPage.objects.get(pk=page.pk)


def edit(client, user, page, **fields):
    client.force_login(user)
    return client.post(f"/admin/pages/{page.pk}/edit/", form_data(fresh(page), **fields), follow=True)


def submitted(client, writer, page, title="Neglect, second edition") -> LeafletPage:
    edit(client, writer, page, title=title, **MAJOR, **SUBMIT)
    assert fresh(page).workflow_in_progress
    return fresh(page)


def approve(client, user, page):
    client.force_login(user)
    state = fresh(page).current_workflow_task_state
    return client.post(f"/admin/pages/workflow/action/{page.pk}/approve/{state.pk}/", follow=True)


class TestNobodyAlone:
    @pytest.fixture(params=["approver", "superuser"])
    def powerful(self, request, approver):
        return approver if request.param == "approver" else make_manager()

    def test_publishes_what_is_edited(self, client, powerful, page):
        edit(client, powerful, page, title="Mine", **MAJOR, **PUBLISH)
        assert fresh(page).title == "Neglect"
        assert fresh(page).get_latest_revision_as_object().title == "Mine"

    def test_is_offered_to_publish(self, client, powerful, page):
        client.force_login(powerful)
        for address in (f"{page.pk}/edit/", f"add/pagetypes/leafletpage/{make_root().pk}/"):
            content = client.get(f"/admin/pages/{address}").content.decode()
            assert 'name="action-publish"' not in content
            assert ('name="action-submit"' in content) is True

    def test_publishes_what_is_new(self, client, powerful):
        client.force_login(powerful)
        data = form_data(LeafletPage(title="New", slug="new"), **PUBLISH)
        client.post(f"/admin/pages/add/pagetypes/leafletpage/{make_root().pk}/", data)
        assert not LeafletPage.objects.get(slug="new").live

    def test_publishes_in_bulk(self, client, powerful, page):
        change(page, title="Mine", significance="minor")
        client.force_login(powerful)
        client.post(f"/admin/bulk/pages/basepage/publish/?next=/admin/&id={page.pk}", {"next": "/admin/"})
        assert fresh(page).title == "Neglect"

    def test_publishes_by_copying(self, client, powerful, page):
        client.force_login(powerful)
        data = {
            "new_title": "Copy",
            "new_slug": "copy",
            "new_parent_page": make_root().pk,
            "copy_subpages": "",
            "publish_copies": "on",
        }
        client.post(f"/admin/pages/{page.pk}/copy/", data)
        assert not LeafletPage.objects.filter(slug="copy", live=True).exists()

    def test_approves_what_they_changed_last(self, client, powerful, page):
        edit(client, powerful, page, title="Mine", **MAJOR, **SUBMIT)
        response = approve(client, powerful, page)
        assert fresh(page).title == "Neglect"
        assert fresh(page).workflow_in_progress
        assert "You changed this last" in client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
        assert response.status_code == 200

    def test_changes_and_approves_in_one_go(self, client, powerful, writer, page):
        submitted(client, writer, page)
        response = edit(client, powerful, page, title="Mine", **MAJOR, **APPROVE)
        assert "somebody else has to approve it" in response.content.decode()
        assert fresh(page).title == "Neglect"
        assert fresh(page).get_latest_revision_as_object().title == "Mine"
        assert fresh(page).workflow_in_progress


class TestTwoPeople:
    def test_publish_together(self, client, writer, approver, page, mailoutbox):
        submitted(client, writer, page)
        assert [message.to for message in mail.outbox] == [["approver@board.example"]]
        approve(client, approver, page)
        assert fresh(page).title == "Neglect, second edition"
        assert not fresh(page).workflow_in_progress
        assert [edition.note for edition in fresh(page).editions.order_by("number")][-1] == "A new form."

    def test_need_no_right_to_publish_of_the_one_who_approves(self, client, writer, workflow, page):
        group = group_of("Looks", "change")
        workflow.workflow_tasks.get().task.specific.groups.add(group)
        submitted(client, writer, page)
        approve(client, person("looks", group), page)
        assert fresh(page).title == "Neglect, second edition"

    def test_are_those_of_the_step(self, client, writer, page):
        submitted(client, writer, page)
        approve(client, person("other", group_of("Others", "add", "change", "publish")), page)
        assert fresh(page).title == "Neglect"

    def test_may_send_it_back(self, client, writer, approver, page):
        submitted(client, writer, page)
        client.force_login(approver)
        state = fresh(page).current_workflow_task_state
        client.post(f"/admin/pages/workflow/action/{page.pk}/reject/{state.pk}/", {"comment": "Say who."})
        assert fresh(page).title == "Neglect"
        assert not fresh(page).workflow_in_progress

    def test_find_what_waits_for_them_and_nothing_of_their_own(self, client, writer, approver, page):
        submitted(client, writer, page)
        mine = make_chapter(published=True, title="Mine")
        edit(client, approver, mine, title="Mine, second", **MAJOR, **SUBMIT)
        waits = SecondPairOfEyes.objects.get().get_task_states_user_can_moderate(approver)
        assert [state.workflow_state.object_id for state in waits] == [str(page.pk)]


class TestPrivacyAndTakingDown:
    def test_are_for_those_with_the_right_to_publish(self, approver, writer, page):
        assert page.permissions_for_user(approver).can_set_view_restrictions()
        assert page.permissions_for_user(approver).can_unpublish()
        assert not page.permissions_for_user(writer).can_set_view_restrictions()
        assert not page.permissions_for_user(writer).can_unpublish()

    def test_withdrawing_needs_no_second_person(self, client, approver, page):
        client.force_login(approver)
        assert client.get(reverse("updates_withdraw", args=[page.pk])).status_code == 200


class TestWhatNeedsApproval:
    def test_is_what_the_nearest_workflow_says(self, approver, page):
        below = make_chapter(page, published=True)
        assert not below.permissions_for_user(approver).can_publish()
        WorkflowPage.objects.create(page=page, workflow=Workflow.objects.create(name="Without a second person"))
        again = User.objects.get(pk=approver.pk)
        assert below.permissions_for_user(again).can_publish()

    def test_is_nothing_while_the_workflow_is_disabled(self, approver, workflow, page):
        workflow.deactivate()
        assert page.permissions_for_user(User.objects.get(pk=approver.pk)).can_publish()

    def test_takes_two_queries_for_any_number_of_pages(self, django_assert_num_queries, approver):
        for number in (3, 30):
            pages = [make_chapter() for _ in range(number)]
            user = User.objects.get(pk=approver.pk)
            pages[0].permissions_for_user(user)
            with django_assert_num_queries(2):
                for page in pages:
                    page.permissions_for_user(user).can_publish()


class TestYourDrafts:
    def test_are_on_the_start_page_with_what_they_wait_for(self, client, writer, page):
        submitted(client, writer, page)
        edit(client, writer, make_chapter(published=True, title="Two"), title="Two, changed", **MAJOR)
        edit(client, writer, make_chapter(title="Three"), title="Three, changed")
        change(make_chapter(published=True, title="Somebody else’s"), title="Not mine")
        content = client.get("/admin/").content.decode()
        assert "Neglect, second edition</a>, waits for approval" in content
        assert "Two, changed</a>, changes that are not public" in content
        assert "Three, changed</a>, not public yet" in content
        assert "Not mine" not in content


class TestPublishingWithoutApproval:
    @pytest.fixture
    def manager(self, approvers):
        approvers.permissions.add(Permission.objects.get(codename="publish_unapproved"))
        return person("manager", approvers)

    def publish(self, client, user, page, reason="A child is at risk until this is out.", **fields):
        client.force_login(user)
        seen = fresh(page).latest_revision_id
        address = reverse("approval:publish", args=[page.pk])
        return client.post(address, {"reason": reason, "seen": seen} | fields, follow=True)

    def test_needs_a_right_of_its_own(self, client, approver, writer, page):
        change(page, title="Now", significance="minor")
        for user in (approver, writer):
            self.publish(client, user, page)
            assert fresh(page).title == "Neglect"
            assert "Publish without approval" not in client.get(f"/admin/pages/{page.pk}/edit/").content.decode()

    def test_publishes_with_a_reason_that_stays(self, client, writer, manager, page):
        submitted(client, writer, page)
        client.force_login(manager)
        assert "Publish without approval" in client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
        assert "is public" in self.publish(client, manager, page).content.decode()
        assert fresh(page).title == "Neglect, second edition"
        assert not fresh(page).workflow_in_progress
        entry = PageLogEntry.objects.get(action="approval.publish_unapproved")
        assert entry.user == manager
        assert "Reason: A child is at risk" in entry.message

    @pytest.mark.parametrize("reason", ["", "  ", "Urgent", "x" * 501])
    def test_insists_on_a_reason(self, client, writer, manager, page, reason):
        submitted(client, writer, page)
        self.publish(client, manager, page, reason=reason)
        assert fresh(page).title == "Neglect"

    def test_publishes_what_was_seen_and_nothing_else(self, client, writer, manager, page):
        submitted(client, writer, page)
        seen = fresh(page).latest_revision_id
        change(page, title="Third", significance="minor")
        assert "changed the draft meanwhile" in self.publish(client, manager, page, seen=seen).content.decode()
        assert fresh(page).title == "Neglect"

    def test_asks_for_an_answer_first(self, client, manager, page):
        change(page, title="Now")
        assert "people need to know what changed" in self.publish(client, manager, page).content.decode()
        assert fresh(page).title == "Neglect"

    def test_is_of_a_draft(self, client, manager, page):
        assert "There is nothing to publish" in self.publish(client, manager, page).content.decode()
        assert not PublishedUnapproved.objects.exists()

    def test_is_of_a_page_that_needs_approval(self, client, manager, workflow, page):
        workflow.deactivate()
        change(page, title="Now", significance="minor")
        assert self.publish(client, manager, page).status_code == 404

    def test_shows_until_somebody_else_has_looked_at_it(self, client, writer, manager, approver, page):
        submitted(client, writer, page)
        self.publish(client, manager, page)
        published = PublishedUnapproved.objects.get()
        for user, is_told in ((approver, True), (writer, False)):
            client.force_login(user)
            assert ("that nobody else has looked at yet" in client.get("/admin/").content.decode()) is is_told
            assert "without approval on" in client.get(f"/admin/pages/{page.pk}/edit/", follow=True).content.decode()
        client.force_login(manager)
        client.post(reverse("approval:approve", args=[published.pk]))
        assert PublishedUnapproved.objects.waiting().exists()
        client.force_login(approver)
        assert "I have looked at it" in client.get(reverse("approval:report")).content.decode()
        client.post(reverse("approval:approve", args=[published.pk]))
        assert PublishedUnapproved.objects.get().approved_by == approver
        assert "that nobody else has looked at yet" not in client.get("/admin/").content.decode()
        assert PageLogEntry.objects.filter(action="approval.approve_afterwards", user=approver).count() == 1

    def test_is_looked_at_by_approving_what_comes_next(self, client, writer, manager, approver, page):
        submitted(client, writer, page)
        self.publish(client, manager, page)
        submitted(client, writer, page, title="Third")
        approve(client, approver, page)
        assert PublishedUnapproved.objects.get().approved_by == approver

    def test_is_not_looked_at_by_who_wrote_it_or_has_no_part_in_it(self, manager, page):
        revision = change(page, title="Now", significance="minor")
        wrote = person("wrote", Group.objects.get(name="Approvers"))
        revision.user = wrote
        revision.save()
        published = publish_unapproved(
            page=page, revision_id=revision.pk, reason="It cannot wait.", user=manager, now=timezone.now()
        )
        for user in (manager, wrote, person("other", group_of("Others", "change"))):
            with pytest.raises(CannotApprove):
                approve_afterwards(published=published, user=user, now=timezone.now())

    def test_is_all_or_nothing(self, manager, page, monkeypatch):
        revision = change(page, title="Now", significance="minor")

        def broken(**kwargs):
            raise RuntimeError("The disk is full.")

        monkeypatch.setattr("approval.services.log", broken)
        with pytest.raises(RuntimeError):
            publish_unapproved(
                page=page, revision_id=revision.pk, reason="It cannot wait.", user=manager, now=timezone.now()
            )
        assert fresh(page).title == "Neglect"
        assert not PublishedUnapproved.objects.exists()
        with pytest.raises(CannotPublish):
            publish_unapproved(page=page, revision_id=0, reason="It cannot wait.", user=manager, now=timezone.now())

    def test_is_a_spreadsheet_too(self, client, writer, manager, approver, page):
        submitted(client, writer, page)
        self.publish(client, manager, page, reason="=1+1 is what it says here")
        client.force_login(approver)
        content = b"".join(client.get(reverse("approval:report"), {"export": "csv"}).streaming_content).decode()
        assert "Page,Published,By,Reason,Looked at,By whom" in content
        assert "\n=1+1" not in content

    def test_is_out_of_sight_for_others(self, client, writer, page):
        client.force_login(writer)
        assert client.get(reverse("approval:report")).status_code == 302
        assert "Published without approval" not in client.get("/admin/").content.decode()


class TestTheEditor:
    def test_asks_how_a_draft_stands_a_few_times_not_sixteen(self, client, writer):
        page = make_chapter(title="Neglect")
        page.save_revision(user=writer)
        client.force_login(writer)
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        assert len([query for query in captured if WORKFLOW_OF_A_DRAFT in query["sql"]]) <= 5

    def test_says_that_it_was_handed_in_as_soon_as_it_was(self, client, writer):
        page = make_chapter(title="Neglect")
        page.save_revision(user=writer)
        client.force_login(writer)
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert "somebody else approves it" not in client.get(address).content.decode()
        client.post(address, form_data(page, **MAJOR, **SUBMIT))
        assert "somebody else approves it" in client.get(address).content.decode()
