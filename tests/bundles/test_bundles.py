"""A bundle is published as one or not at all, by two people, and says which page is in the way and why."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision, Workflow, WorkflowPage

from accounts.models import User
from bundles import services
from bundles.forms import BundleForm
from bundles.jobs import release_due, what_failed
from bundles.models import Bundle, State
from bundles.services import CannotRelease, NotNow, approve, hand_in, put_in, release, take_back
from pages.tree import TreeBusy
from tests.approval.test_approval import group_of, person
from tests.pagetypes.models import LeafletPage
from tests.roles import two_people_everywhere
from tests.updates.factories import change, make_chapter

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
def writer():
    return person("writer", group_of("Writers", "add", "change"))


@pytest.fixture
def approvers():
    return group_of("Approvers", "add", "change")


@pytest.fixture
def approver(approvers):
    return person("approver", approvers)


@pytest.fixture(autouse=True)
def workflow(approvers):
    return two_people_everywhere(approvers)


@pytest.fixture
def pages(writer):
    """Two public pages with drafts, and one that was never public."""
    first, second = make_chapter(published=True, title="First"), make_chapter(published=True, title="Second")
    third = make_chapter(title="Third")
    for page, title in ((first, "First, new"), (second, "Second, new"), (third, "Third, new")):
        written_by(writer, change(page, title=title, significance="major", note=f"{title}."))
    return [first, second, third]


@pytest.fixture
def bundle(writer, pages):
    bundle = Bundle.objects.create(title="The new strategy", made_by=writer, made_at=NOW)
    for page in pages:
        put_in(bundle=bundle, page=page)
    return bundle


def written_by(user, revision) -> Revision:
    revision.user = user
    revision.save()
    return revision


def titles() -> list[str]:
    return list(LeafletPage.objects.filter(live=True).order_by("path").values_list("title", flat=True))


def fresh(bundle) -> Bundle:
    return Bundle.objects.get(pk=bundle.pk)


def approved(bundle, approver) -> Bundle:
    hand_in(bundle=bundle)
    approve(bundle=bundle, seen=fresh(bundle).handed_in(), user=approver, now=NOW)
    return fresh(bundle)


OLD, NEW = ["First", "Second"], ["First, new", "Second, new", "Third, new"]


class TestABundle:
    def test_is_published_as_one(self, bundle, approver, pages):
        release(bundle=approved(bundle, approver), now=NOW)
        assert titles() == NEW
        assert fresh(bundle).state == State.RELEASED
        editions = [page.editions.order_by("number").last() for page in pages]
        assert [edition.note for edition in editions][:2] == ["First, new.", "Second, new."]
        assert PageLogEntry.objects.filter(action="bundles.released", user=approver).count() == 3

    def test_is_published_once(self, bundle, approver, pages):
        bundle = approved(bundle, approver)
        for _ in range(3):
            release(bundle=bundle, now=NOW)
        assert [page.editions.count() for page in pages] == [2, 2, 1]

    def test_ends_workflows_of_its_pages(self, bundle, approver, pages, writer):
        page = LeafletPage.objects.get(pk=pages[0].pk)
        page.get_workflow().start(page, writer)
        release(bundle=approved(bundle, approver), now=NOW)
        assert not LeafletPage.objects.get(pk=page.pk).workflow_in_progress

    @pytest.mark.parametrize("fails_at", [0, 1, 2])
    def test_is_not_published_at_all_when_one_page_fails(self, bundle, approver, pages, monkeypatch, fails_at):
        bundle = approved(bundle, approver)
        publish, done = services._publish, []

        def failing(row, *args):
            if len(done) == fails_at:
                raise RuntimeError("the disk is full")
            done.append(publish(row, *args))

        with monkeypatch.context() as broken:
            broken.setattr(services, "_publish", failing)
            with pytest.raises(CannotRelease):
                release(bundle=bundle, now=NOW)
        assert titles() == OLD
        assert [page.editions.count() for page in pages] == [1, 1, 0]
        assert pages[fails_at].title in fresh(bundle).fault
        assert "Nothing of the bundle was published" in fresh(bundle).fault
        assert "disk" not in fresh(bundle).fault
        assert what_failed(now=NOW) == "A bundle could not be published."
        release(bundle=bundle, now=NOW)
        assert titles() == NEW
        assert fresh(bundle).fault == what_failed(now=NOW) == ""

    def test_waits_while_others_write(self, bundle, approver, monkeypatch):
        bundle = approved(bundle, approver)

        def busy(*args):
            raise TreeBusy("Others are writing to the page tree.")

        with monkeypatch.context() as broken:
            broken.setattr(services, "_publish", busy)
            with pytest.raises(CannotRelease):
                release(bundle=bundle, now=NOW)
        assert fresh(bundle).fault == ""
        release_due(now=NOW)
        assert titles() == NEW

    def test_is_published_as_it_was_handed_in(self, bundle, approver, pages, writer):
        bundle = approved(bundle, approver)
        written_by(writer, change(pages[1], title="Second, newer", significance="minor"))
        with pytest.raises(CannotRelease, match="“Second.*changed since it was handed in"):
            release(bundle=bundle, now=NOW)
        assert titles() == OLD
        take_back(bundle=bundle)
        release(bundle=approved(bundle, approver), now=NOW)
        assert titles() == ["First, new", "Second, newer", "Third, new"]

    def test_is_published_at_its_time(self, bundle, approver):
        Bundle.objects.update(go_live_at=NOW + timedelta(hours=1))
        approved(bundle, approver)
        release_due(now=NOW)
        assert titles() == OLD
        release_due(now=NOW + timedelta(hours=1))
        assert titles() == NEW

    def test_that_failed_keeps_no_other_waiting_and_is_not_tried_each_minute(self, bundle, approver, pages, writer):
        other = Bundle.objects.create(title="Other", made_by=writer, made_at=NOW)
        alone = make_chapter(published=True, title="Alone")
        written_by(writer, change(alone, title="Alone, new", significance="minor"))
        put_in(bundle=other, page=alone)
        approved(bundle, approver)
        approved(other, approver)
        LeafletPage.objects.get(pk=pages[2].pk).delete()
        release_due(now=NOW)
        assert titles() == [*OLD, "Alone, new"]
        assert "“Third" in fresh(bundle).fault
        assert not Bundle.objects.due(now=NOW).exists()


class TestHandingIn:
    def refusal(self, bundle) -> str:
        with pytest.raises(NotNow) as refused:
            hand_in(bundle=bundle)
        assert fresh(bundle).state == State.OPEN
        return str(refused.value)

    def test_is_of_something(self, writer):
        assert "no page in it" in self.refusal(Bundle.objects.create(title="Empty", made_by=writer, made_at=NOW))

    def test_is_of_drafts(self, bundle):
        put_in(bundle=bundle, page=make_chapter(published=True, title="Unchanged"))
        assert "“Unchanged”: there is nothing new in it" in self.refusal(bundle)

    def test_is_of_finished_drafts(self, bundle, pages):
        draft = LeafletPage.objects.get(pk=pages[0].pk).get_latest_revision_as_object()
        draft.title = ""
        draft.save_revision(clean=False)
        assert "the draft is not finished. Something is missing or wrong under title." in self.refusal(bundle)

    def test_needs_an_answer_for_each_change(self, bundle):
        silent = make_chapter(published=True, title="Silent")
        change(silent, title="Silent, new")
        put_in(bundle=bundle, page=silent)
        assert "“Silent" in self.refusal(bundle)

    def test_is_of_pages_without_a_time_of_their_own(self, bundle, pages):
        page = LeafletPage.objects.get(pk=pages[0].pk)
        draft = page.get_latest_revision_as_object()
        draft.go_live_at = timezone.now() + timedelta(days=9)
        draft.save_revision()
        assert "a time of its own" in self.refusal(bundle)

    def test_is_of_pages_below_public_ones_or_others_of_the_bundle(self, bundle, pages):
        below = make_chapter(LeafletPage.objects.get(pk=pages[2].pk), title="Below")
        put_in(bundle=bundle, page=below)
        hand_in(bundle=bundle)
        take_back(bundle=bundle)
        bundle.bundled.filter(page=pages[2]).delete()
        assert "“Below”: it stands below “Third" in self.refusal(bundle)

    def test_is_of_pages_in_no_other_bundle(self, bundle, pages, writer):
        other = Bundle.objects.create(title="Other", made_by=writer, made_at=NOW)
        put_in(bundle=other, page=pages[0])
        assert "in another bundle, “Other”" in self.refusal(bundle)

    def test_closes_it(self, bundle, pages):
        hand_in(bundle=bundle)
        for change_it in (
            lambda: put_in(bundle=bundle, page=pages[0]),
            lambda: services.take_out(bundle=bundle, row_id=bundle.bundled.first().pk),
            lambda: hand_in(bundle=bundle),
        ):
            with pytest.raises(NotNow):
                change_it()
        assert bundle.bundled.count() == 3


class TestApproving:
    def refusal(self, bundle, user) -> str:
        with pytest.raises(NotNow) as refused:
            approve(bundle=bundle, seen=fresh(bundle).handed_in(), user=user, now=NOW)
        assert fresh(bundle).state != State.APPROVED
        return str(refused.value)

    def test_is_for_those_who_approve_each_page(self, bundle, writer):
        hand_in(bundle=bundle)
        assert "not one of those who approve “First" in self.refusal(bundle, writer)
        assert "not one of those" in self.refusal(bundle, person("other", group_of("Others", "change", "publish")))

    def test_is_not_for_who_wrote_one_of_them(self, bundle, pages, approvers):
        wrote = person("wrote", approvers)
        written_by(wrote, change(pages[1], title="Second, new", significance="minor"))
        hand_in(bundle=bundle)
        assert "You changed “Second" in self.refusal(bundle, wrote)

    def test_is_of_what_was_handed_in(self, bundle, approver, pages, writer):
        assert "not waiting" in self.refusal(bundle, approver)
        hand_in(bundle=bundle)
        written_by(writer, change(pages[0], title="Newer", significance="minor"))
        assert "changed since it was handed in" in self.refusal(bundle, approver)

    def test_is_of_what_was_seen(self, bundle, approver, pages, writer):
        hand_in(bundle=bundle)
        seen = bundle.handed_in()
        take_back(bundle=bundle)
        written_by(writer, change(pages[0], title="Newer", significance="minor"))
        hand_in(bundle=bundle)
        with pytest.raises(NotNow, match="since you opened it"):
            approve(bundle=bundle, seen=seen, user=approver, now=NOW)
        assert fresh(bundle).state == State.WAITING

    def test_finds_what_was_handed_in_as_it_was_though_somebody_writes_on(self, bundle, approver, pages, writer):
        hand_in(bundle=bundle)
        handed_in = LeafletPage.objects.get(pk=pages[0].pk).latest_revision
        draft = handed_in.as_object()
        draft.title = "Written on"
        assert draft.save_revision(user=writer, overwrite_revision=handed_in) != handed_in
        assert "changed since it was handed in" in self.refusal(bundle, approver)

    def test_needs_the_right_to_publish_what_needs_no_approval(self, bundle, pages, approver, approvers):
        own = Workflow.objects.create(name="None of ours")
        WorkflowPage.objects.create(page=pages[2], workflow=own)
        hand_in(bundle=bundle)
        assert "You may not publish “Third" in self.refusal(bundle, approver)


class TestScreens:
    def act(self, client, bundle, action, **fields):
        address = reverse("bundles:screen", args=[bundle.pk])
        return client.post(address, {"action": action} | fields, follow=True).content.decode()

    def test_lead_from_a_page_to_the_public(self, client, writer, approver, pages):
        client.force_login(writer)
        assert "Put into a bundle" in client.get(f"/admin/pages/{pages[0].pk}/edit/").content.decode()
        client.post(reverse("bundles:put", args=[pages[0].pk]), {"bundle": "", "title": "Strategy"})
        bundle = Bundle.objects.get()
        for page in pages[1:]:
            self.act(client, bundle, "add", page=page.pk)
        shown = client.get(reverse("bundles:screen", args=[bundle.pk])).content.decode()
        assert "Hand in for approval" in shown
        assert "Approve and publish all" not in shown
        self.act(client, bundle, "hand_in")
        client.force_login(approver)
        assert "waits for approval" in client.get("/admin/").content.decode()
        assert "since you opened it" in self.act(client, bundle, "approve")
        seen = bundle.handed_in()
        assert f'value="{seen}"' in client.get(reverse("bundles:screen", args=[bundle.pk])).content.decode()
        assert "is public, all of it" in self.act(client, bundle, "approve", seen=seen)
        assert titles() == NEW
        assert "Strategy" in client.get(reverse("bundles:list")).content.decode()

    def test_ask_whether_people_need_to_know(self, client, writer, bundle):
        silent = make_chapter(published=True, title="Silent")
        written_by(writer, change(silent, title="Silent, new"))
        put_in(bundle=bundle, page=silent)
        row = bundle.bundled.get(page=silent)
        client.force_login(writer)
        answer = {"row": row.pk, "significance": "major", "note": ""}
        assert "Say in one or two sentences" in self.act(client, bundle, "answer", **answer)
        assert "Hand in for approval" in self.act(client, bundle, "answer", **answer | {"note": "It is new."})
        draft = LeafletPage.objects.get(pk=silent.pk).get_latest_revision_as_object()
        assert (draft.title, draft.change_significance, draft.change_note) == ("Silent, new", "major", "It is new.")

    def test_say_that_it_is_public_only_when_it_is(self, client, approver, bundle):
        hand_in(bundle=bundle)
        client.force_login(approver)
        content = self.act(client, bundle, "release")
        assert "It is not approved" in content
        assert "is public, all of it" not in content
        assert titles() == OLD

    def test_save_the_title_without_undoing_what_somebody_did_meanwhile(self, client, writer, bundle, monkeypatch):
        client.force_login(writer)
        address, fields = reverse("bundles:edit", args=[bundle.pk]), {"title": "Another", "go_live_at": ""}
        client.post(address, fields)
        assert fresh(bundle).title == "Another"
        is_valid = BundleForm.is_valid

        def handed_in_meanwhile(form):
            hand_in(bundle=bundle)
            return is_valid(form)

        monkeypatch.setattr(BundleForm, "is_valid", handed_in_meanwhile)
        content = client.post(address, fields | {"title": "A third"}, follow=True).content.decode()
        assert "Nothing was saved" in content
        assert (fresh(bundle).title, fresh(bundle).state) == ("Another", State.WAITING)

    def test_share_all_drafts_by_one_link(self, client, writer, bundle):
        client.force_login(writer)
        shown = self.act(client, bundle, "share")
        link = shown[shown.index("/drafts/") :].split("<")[0].split()[0]
        client.logout()
        content = client.get(link).content.decode()
        assert all(title in content for title in NEW)

    def test_show_what_looks_like_a_childs_details(self, client, writer, bundle, pages):
        client.force_login(writer)
        address = reverse("bundles:screen", args=[bundle.pk])
        assert "a child’s details" not in client.get(address).content.decode()
        written_by(writer, change(pages[0], body="<p>J.S., aged 7, came to school.</p>", significance="minor"))
        assert "a child’s details" in client.get(address).content.decode()

    def test_ask_who_approves_about_a_childs_details(self, client, writer, approver, bundle, pages):
        written_by(writer, change(pages[0], title="J.S., aged 7", significance="minor"))
        hand_in(bundle=bundle)
        client.force_login(approver)
        seen = fresh(bundle).handed_in()
        assert "tick that it is about nobody real" in self.act(client, bundle, "approve", seen=seen)
        assert titles() == OLD
        assert "is public, all of it" in self.act(client, bundle, "approve", seen=seen, details_seen="on")

    def test_are_for_those_who_edit_its_pages(self, client, bundle, pages):
        outsider = person("outsider", group_of("Outsiders"))
        stranger = person("stranger")
        stranger.groups.add(elsewhere())
        for user in (outsider, stranger):
            client.force_login(user)
            for address in ("bundles:screen", "bundles:edit"):
                assert client.get(reverse(address, args=[bundle.pk])).status_code == 302
            assert client.get(reverse("bundles:put", args=[pages[0].pk])).status_code == 302
            for action in ("hand_in", "take_back", "approve", "release", "share", "delete", "nonsense"):
                client.post(reverse("bundles:screen", args=[bundle.pk]), {"action": action})
            assert "The new strategy" not in client.get(reverse("bundles:list"), follow=True).content.decode()
        assert fresh(bundle).state == State.OPEN

    def test_take_no_page_that_somebody_may_not_edit(self, client, bundle, writer):
        client.force_login(writer)
        mine = Bundle.objects.create(title="Mine", made_by=writer, made_at=NOW)
        writer.groups.clear()
        writer.groups.add(elsewhere())
        page = make_chapter(title="Not mine")
        client.force_login(User.objects.get(pk=writer.pk))
        client.post(reverse("bundles:screen", args=[mine.pk]), {"action": "add", "page": page.pk})
        assert not mine.bundled.exists()

    @pytest.mark.parametrize("row", ["", "x", "0", "99999999", "²"])
    def test_take_out_only_what_is_there(self, client, bundle, writer, row):
        client.force_login(writer)
        self.act(client, bundle, "remove", row=row)
        assert bundle.bundled.count() == 3


def elsewhere() -> Group:
    """Make a group that may edit another page alone."""
    from wagtail.models import GroupPagePermission

    group = group_of("Elsewhere")
    GroupPagePermission.objects.create(group=group, page=make_chapter(published=True), permission_type="change")
    return group
