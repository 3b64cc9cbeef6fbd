"""Nothing that needs approval is published by one person alone, in whatever way, and what is all the same is seen."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, PageLogEntry, TaskState, Workflow, WorkflowPage

from accounts.models import User
from approval.comparing import seen_as
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


def save(user, page, *, over=None, **fields):
    """Save a draft as the editor does by itself: into a new one, or over the one before."""
    draft = fresh(page).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    return draft.save_revision(user=user, overwrite_revision=over)


def submitted(client, writer, page, title="Neglect, second edition") -> LeafletPage:
    edit(client, writer, page, title=title, **MAJOR, **SUBMIT)
    assert fresh(page).workflow_in_progress
    return fresh(page)


def look_at(page) -> str:
    return reverse("approval:look", args=[page.pk])


def approve(client, user, page, **fields):
    """Approve the draft as it is now, as whoever has just opened the screen would."""
    client.force_login(user)
    fields = {"action": "approve", "seen": seen_as(fresh(page).latest_revision)} | fields
    return client.post(look_at(page), fields, follow=True)


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
        assert "You changed “Neglect” last" in response.content.decode()
        assert "You changed this last" in client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
        assert response.status_code == 200

    def test_changes_and_approves_in_one_go(self, client, powerful, writer, page):
        submitted(client, writer, page)
        edit(client, powerful, page, title="Mine", **MAJOR, **APPROVE)
        assert fresh(page).title == "Neglect"
        assert fresh(page).get_latest_revision_as_object().title == "Mine"
        assert fresh(page).workflow_in_progress

    def test_approves_unseen_by_an_address_of_wagtails(self, client, powerful, writer, page):
        submitted(client, writer, page)
        client.force_login(powerful)
        state = fresh(page).current_workflow_task_state
        client.post(f"/admin/pages/workflow/action/{page.pk}/approve/{state.pk}/", follow=True)
        assert fresh(page).title == "Neglect"
        assert "/approve/" not in client.get("/admin/").content.decode()


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

    @pytest.mark.parametrize(("comment", "goes_back"), [("Say who.", True), ("  ", False)])
    def test_may_send_it_back_and_say_why(self, client, writer, approver, page, comment, goes_back):
        submitted(client, writer, page)
        response = approve(client, approver, page, action="send_back", comment=comment)
        assert fresh(page).title == "Neglect"
        assert fresh(page).workflow_in_progress is not goes_back
        assert ("Say in a word or two what has to change." in response.content.decode()) is not goes_back
        client.force_login(writer)
        assert (
            "Approver sent this back: “Say who.”" in client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
        ) is goes_back
        assert ("Neglect</a>, <strong>sent back" in client.get("/admin/").content.decode()) is goes_back

    def test_find_the_way_from_the_first_page_and_the_mail(self, client, writer, approver, page, mailoutbox):
        submitted(client, writer, page)
        assert look_at(page) in mailoutbox[0].body
        client.force_login(approver)
        assert f'<a href="{look_at(page)}">Neglect</a>' in client.get("/admin/").content.decode()
        assert look_at(page) in client.get(f"/admin/pages/{page.pk}/edit/").content.decode()

    def test_find_what_waits_for_them_and_nothing_of_their_own(self, client, writer, approver, page):
        submitted(client, writer, page)
        mine = make_chapter(published=True, title="Mine")
        edit(client, approver, mine, title="Mine, second", **MAJOR, **SUBMIT)
        waits = SecondPairOfEyes.objects.get().get_task_states_user_can_moderate(approver)
        assert [state.workflow_state.object_id for state in waits] == [str(page.pk)]


class TestLooking:
    """Whoever approves has seen what changes, and approves just that."""

    def test_shows_what_changes_who_wrote_it_and_what_readers_are_told(self, client, writer, approver, page):
        submitted(client, writer, page)
        client.force_login(approver)
        shown = client.get(look_at(page)).content.decode()
        assert "</span>, second edition<span" in shown
        assert "Writer saved this draft" in shown
        assert "Readers are told: “A new form.”" in shown
        assert "All of it is new" not in shown

    def test_shows_all_of_what_is_new(self, client, writer, approver):
        page = make_chapter(title="Never seen")
        edit(client, writer, page, **SUBMIT)
        client.force_login(approver)
        shown = client.get(look_at(page)).content.decode()
        assert "All of it is new" in shown
        assert "Never seen" in shown.partition("All of it is new")[2]
        approve(client, approver, page)
        assert fresh(page).live

    def test_shows_dates_and_choices_too(self, client, writer, approver, page):
        submitted(client, writer, page)
        save(writer, page, review_due=date(2031, 5, 4))
        client.force_login(approver)
        shown = client.get(look_at(page)).content.decode().partition("Also changed")[2]
        assert "Review due by" in shown
        assert "2031" in shown

    @pytest.mark.parametrize("into_the_same", [False, True])
    def test_refuses_what_was_changed_since_and_says_by_whom(self, client, writer, approver, page, into_the_same):
        submitted(client, writer, page)
        other = person("other", Group.objects.get(name="Approvers"))
        save(other, page, title="Neglect, third edition")
        before = fresh(page).latest_revision
        seen = seen_as(before)
        save(other, page, title="Neglect, fourth edition", over=before if into_the_same else None)
        assert (fresh(page).latest_revision == before) is into_the_same
        said = approve(client, approver, page, seen=seen).content.decode()
        assert "Nothing was approved: Other has changed this page since you opened it. Look at it again." in said
        assert "fourth edition" in said
        assert (fresh(page).title, fresh(page).workflow_in_progress) == ("Neglect", True)
        approve(client, approver, page)
        assert fresh(page).title == "Neglect, fourth edition"

    def test_finds_what_was_handed_in_as_it_was_then(self, client, writer, page):
        submitted(client, writer, page)
        handed_in = fresh(page).latest_revision
        save(writer, page, title="Written on", over=handed_in)
        assert fresh(page).latest_revision != handed_in
        handed_in.refresh_from_db()
        assert handed_in.content["title"] == "Neglect, second edition"

    @pytest.mark.parametrize("seen", ["", "0", "x", "9" * 300])
    def test_refuses_what_nobody_can_have_seen(self, client, writer, approver, page, seen):
        submitted(client, writer, page)
        assert approve(client, approver, page, seen=seen).status_code == 200
        assert fresh(page).title == "Neglect"

    def test_keeps_which_draft_was_approved(self, client, writer, approver, page):
        submitted(client, writer, page)
        save(writer, page, title="Neglect, third edition")
        approve(client, approver, page)
        state = TaskState.objects.get(status="approved")
        assert (state.revision, state.finished_by) == (fresh(page).live_revision, approver)
        entry = PageLogEntry.objects.get(action="wagtail.workflow.approve")
        assert entry.revision == fresh(page).live_revision

    def test_approves_no_draft_that_is_half_finished_or_unanswered(self, client, writer, approver, page):
        submitted(client, writer, page)
        draft = fresh(page).get_latest_revision_as_object()
        draft.title = ""
        draft.save_revision(clean=False)
        assert "missing or wrong under title" in approve(client, approver, page).content.decode()
        change(page, title="Fine")
        assert "whether people need to know" in approve(client, approver, page).content.decode()
        assert fresh(page).title == "Neglect"

    def test_is_twice_as_good_as_once(self, client, writer, approver, page):
        submitted(client, writer, page)
        seen = seen_as(fresh(page).latest_revision)
        approve(client, approver, page, seen=seen)
        assert "is not waiting for approval" in approve(client, approver, page, seen=seen).content.decode()
        assert fresh(page).editions.count() == 2

    def test_is_for_who_may_edit_and_approving_for_who_approves(self, client, writer, page):
        submitted(client, writer, page)
        client.force_login(writer)
        shown = client.get(look_at(page)).content.decode()
        assert "You are not one of those who approve" in shown
        assert 'value="approve"' not in shown
        client.force_login(person("other", group_of("Others")))
        assert client.get(look_at(page)).status_code == 302

    def test_is_offered_of_any_draft_but_approving_of_what_waits(self, client, writer, approver, page):
        client.force_login(approver)
        assert client.get(look_at(page)).status_code == 302
        change(page, title="Draft", significance="minor")
        shown = client.get(look_at(page)).content.decode()
        assert "not waiting for approval" in shown
        assert 'value="approve"' not in shown
        assert "not waiting for approval" in approve(client, approver, page).content.decode()
        assert fresh(page).title == "Neglect"

    def test_waits_for_its_time_when_the_draft_has_one(self, client, writer, approver, page):
        submitted(client, writer, page)
        save(writer, page, go_live_at=timezone.now() + timedelta(days=3))
        assert "It becomes public at its time." in approve(client, approver, page).content.decode()
        assert fresh(page).title == "Neglect"


class TestAChildsDetails:
    """What looks like them is asked about once, whoever makes the page public, and in whichever way."""

    ABOUT_A_CHILD = "J.S., aged 7"

    @pytest.fixture
    def screen(self, request, client, writer, approver, approvers, page):
        """The screen of approving, or of publishing without, opened with a draft that has a child's details."""
        submitted(client, writer, page, title=self.ABOUT_A_CHILD)
        fields = {"seen": seen_as(fresh(page).latest_revision)}
        if request.param == "look":
            client.force_login(approver)
            return look_at(page), fields | {"action": "approve"}
        approvers.permissions.add(Permission.objects.get(codename="publish_unapproved"))
        client.force_login(person("manager", approvers))
        return reverse("approval:publish", args=[page.pk]), fields | {"reason": "A child is at risk until it is out."}

    both = pytest.mark.parametrize("screen", ["look", "publish"], indirect=True)

    @both
    def test_are_asked_about_before_anything_is_done(self, client, screen, page):
        address, fields = screen
        question = client.post(address, fields)
        assert question.status_code == 422
        assert f"“{self.ABOUT_A_CHILD}”" in question.content.decode()
        assert f'href="{address}"' in question.content.decode()
        assert "Save it as a draft" not in question.content.decode()
        assert (fresh(page).title, fresh(page).workflow_in_progress) == ("Neglect", True)

    @both
    def test_go_out_when_the_answer_is_given_for_just_these(self, client, screen, page):
        address, fields = screen
        context = client.post(address, fields).context
        assert client.post(address, fields | {"childs_details_seen": "yes"}).status_code == 422
        client.post(address, dict([*context["sent"], context["answer"]]))
        assert fresh(page).title == self.ABOUT_A_CHILD

    @both
    def test_are_not_asked_about_of_a_draft_that_was_not_seen(self, client, screen, page, writer):
        address, fields = screen
        save(writer, page, title="K.T., aged 9")
        answer = client.post(address, fields, follow=True)
        assert answer.status_code == 200
        assert "Look at it again" in answer.content.decode()
        assert fresh(page).title == "Neglect"


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
        assert "Neglect</a>, waits for approval" in content
        assert "Two</a>, changes that are not public" in content
        assert "Three, changed</a>, not public yet" in content
        assert "Not mine" not in content


class TestPublishingWithoutApproval:
    @pytest.fixture
    def manager(self, approvers):
        approvers.permissions.add(Permission.objects.get(codename="publish_unapproved"))
        return person("manager", approvers)

    def publish(self, client, user, page, reason="A child is at risk until this is out.", **fields):
        client.force_login(user)
        seen = seen_as(fresh(page).latest_revision)
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
        seen = seen_as(fresh(page).latest_revision)
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
        look = reverse("approval:look_afterwards", args=[published.pk])
        client.force_login(manager)
        client.post(look)
        assert PublishedUnapproved.objects.waiting().exists()
        assert "I have looked at it" not in client.get(look).content.decode()
        client.force_login(writer)
        assert client.get(look).status_code == 302
        client.force_login(approver)
        assert look in client.get(reverse("approval:report")).content.decode()
        shown = client.get(look).content.decode()
        assert "</span>, second edition<span" in shown
        assert "I have looked at it" in shown
        client.post(look)
        assert PublishedUnapproved.objects.get().approved_by == approver
        assert "that nobody else has looked at yet" not in client.get("/admin/").content.decode()
        assert PageLogEntry.objects.filter(action="approval.approve_afterwards", user=approver).count() == 1

    def test_is_in_the_report_on_what_was_handed_in(self, client, writer, manager, page):
        submitted(client, writer, page)
        client.force_login(manager)
        report = client.get("/admin/reports/workflow/")
        cells = [cell.get_text(" ", strip=True) for cell in BeautifulSoup(report.content, "html.parser").select("td")]
        # By its public name: who reads the report may not be somebody who may read the draft.
        assert cells[0] == "Neglect"
        assert cells[3] == str(writer)
        assert f"/admin/pages/{page.pk}/edit/" in report.content.decode()

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
            page=page, seen=seen_as(revision), reason="It cannot wait.", user=manager, now=timezone.now()
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
                page=page, seen=seen_as(revision), reason="It cannot wait.", user=manager, now=timezone.now()
            )
        assert fresh(page).title == "Neglect"
        assert not PublishedUnapproved.objects.exists()
        with pytest.raises(CannotPublish):
            publish_unapproved(page=page, seen="", reason="It cannot wait.", user=manager, now=timezone.now())

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
