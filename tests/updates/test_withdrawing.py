"""Withdrawing a page, and what becomes of its record."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Locale, PageLogEntry, PageViewRestriction, Workflow, WorkflowTask

from pages.models import BasePage
from tests.once import once
from tests.pagetypes.models import LeafletPage
from tests.updates.factories import change, make_chapter, make_manager, make_plain
from updates.models import Edition
from updates.withdrawing.models import Withdrawal
from updates.withdrawing.services import CannotWithdraw, withdraw_page

pytestmark = pytest.mark.django_db
WAYS = ["error", "consolidated", "withdrawn"]


def withdraw(page, way="withdrawn", *, reason="It is out of date.", **fields):
    """Withdraw a page; one that is consolidated becomes part of a new public page unless told which."""
    if way == "consolidated" and "replacement" not in fields:
        fields["replacement"] = make_plain(published=True)
    fields.setdefault("now", timezone.now())
    return withdraw_page(page=page, way=way, reason=reason, **fields)


def fresh(page):
    """Return the page as the database has it."""
    return BasePage.objects.get(pk=page.pk).specific


@once
def page():
    return make_chapter(published=True, title="Old ways")


class TestWithdrawing:
    @pytest.mark.parametrize("way", WAYS)
    def test_takes_the_page_down_and_ends_its_edition(self, page, way):
        now = timezone.now()
        withdraw(page, way, now=now)
        page = fresh(page)
        assert (page.live, page.withdrawn_as) == (False, way)
        assert page.editions.get().superseded_at == now
        assert page not in BasePage.objects.visible().specific()
        assert not Edition.objects.updates().filter(page=page).exists()

    def test_keeps_why_when_who_and_what_takes_its_place(self, page):
        user, now = make_manager(), timezone.now()
        replacement = make_plain(published=True, title="New ways")
        made = withdraw(page, "consolidated", reason=" It moved. ", replacement=replacement, user=user, now=now)
        made.refresh_from_db()
        assert (made.title, made.reason, made.replacement_title) == ("Old ways", "It moved.", "New ways")
        assert (made.author, made.withdrawn_at, made.ended_at) == (user, now, None)
        assert made.replacement_id == replacement.pk
        assert fresh(page).withdrawal() == made

    def test_stands_in_the_log_with_way_and_reason(self, page):
        user = make_manager()
        withdraw(page, user=user)
        entry = PageLogEntry.objects.get(page=page.pk, action="updates.withdraw")
        assert entry.user == user
        assert str(entry.message) == "Withdrawn. Reason: It is out of date."
        assert not PageLogEntry.objects.filter(page=page.pk, action="wagtail.unpublish").exists()

    def test_cancels_a_publication_that_was_scheduled(self, page):
        soon = timezone.now() + timedelta(hours=1)
        change(page, title="Later", go_live_at=soon, significance="minor").publish()
        assert fresh(page).scheduled_revision
        withdraw(page)
        page.revisions.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=timezone.now())
        call_command("publish_scheduled", stdout=StringIO())
        assert not fresh(page).live

    def test_cancels_a_workflow_so_that_no_approval_brings_it_back_unawares(self, page):
        workflow = Workflow.objects.create(name="Approval")
        WorkflowTask.objects.create(workflow=workflow, task=GroupApprovalTask.objects.create(name="Look"))
        change(page, title="Later", significance="minor")
        workflow.start(fresh(page), make_manager())
        withdraw(page)
        assert fresh(page).current_workflow_state is None

    def test_leaves_the_pages_below_alone(self, page):
        below = make_chapter(page, published=True)
        withdraw(page)
        assert fresh(below).live
        assert fresh(below).withdrawn_as == ""

    def test_works_for_a_page_unpublished_before(self, page):
        page.unpublish()
        change(page, title="A draft's title")
        BasePage.objects.filter(pk=page.pk).update(title="A draft's title")
        assert withdraw(page, "error").title == "Old ways"
        assert fresh(page).withdrawn_as == "error"

    def test_works_from_a_page_read_long_ago(self, page):
        stale = fresh(page)
        change(page, title="Newer ways", significance="minor").publish()
        assert withdraw(stale).title == "Newer ways"
        assert fresh(page).title == "Newer ways"


class TestAgain:
    @pytest.mark.parametrize("way", WAYS)
    def test_the_same_changes_nothing(self, page, way):
        first = withdraw(page, way)
        again = withdraw(page, way, replacement=first.replacement, now=timezone.now() + timedelta(days=1))
        assert again == first
        assert Withdrawal.objects.count() == 1
        assert PageLogEntry.objects.filter(action="updates.withdraw").count() == 1

    def test_in_the_same_way_corrects_the_record_and_keeps_its_date(self, page):
        first = withdraw(page)
        again = withdraw(page, reason="The law changed.", now=timezone.now() + timedelta(days=1))
        assert (again.pk, again.reason, again.withdrawn_at) == (first.pk, "The law changed.", first.withdrawn_at)
        assert PageLogEntry.objects.filter(action="updates.withdraw").count() == 2

    def test_in_another_way_ends_the_one_that_held(self, page):
        first, later = withdraw(page), timezone.now() + timedelta(days=1)
        second = withdraw(page, "error", now=later)
        first.refresh_from_db()
        assert (first.ended_at, second.ended_at) == (later, None)
        assert fresh(page).withdrawn_as == "error"

    def test_with_a_clock_set_back_is_not_stopped(self, page):
        withdraw(page)
        withdraw(page, "error", now=timezone.now() - timedelta(days=9))
        assert fresh(page).withdrawn_as == "error"


class TestWhatIsRefused:
    def refused(self, page, *args, **fields) -> str:
        with pytest.raises(CannotWithdraw) as refusal:
            withdraw(page, *args, **fields)
        assert not Withdrawal.objects.exists()
        return refusal.value.field

    def test_a_page_that_is_not_tracked(self):
        assert self.refused(make_plain(published=True)) == "page"

    def test_a_page_never_public(self):
        assert self.refused(make_chapter()) == "page"

    def test_an_alias(self, page):
        alias = page.create_alias(update_slug="alias")
        assert self.refused(alias) == "page"
        assert fresh(alias).live

    @pytest.mark.parametrize("reason", ["", "  \n\t"])
    def test_no_reason(self, page, reason):
        assert self.refused(page, reason=reason) == "reason"
        assert fresh(page).live

    @pytest.mark.parametrize("way", ["", "deleted"])
    def test_a_way_that_is_none(self, page, way):
        assert self.refused(page, way) == "way"

    def test_consolidated_into_nothing(self, page):
        assert self.refused(page, "consolidated", replacement=None) == "replacement"

    @pytest.mark.parametrize("way", WAYS)
    def test_itself_as_replacement(self, page, way):
        assert self.refused(page, way, replacement=page) == "replacement"

    @pytest.mark.parametrize("hidden", ["draft", "private", "withdrawn", "root"])
    def test_a_replacement_that_readers_cannot_open(self, page, hidden):
        other = make_plain(published=hidden != "draft")
        if hidden == "private":
            PageViewRestriction.objects.create(page=other, restriction_type=PageViewRestriction.LOGIN)
        elif hidden == "withdrawn":
            BasePage.objects.filter(pk=other.pk).update(live=False, withdrawn_as="withdrawn")
        elif hidden == "root":
            other = BasePage.get_first_root_node()
        assert self.refused(page, "consolidated", replacement=other) == "replacement"


class TestPublishingAgain:
    @pytest.mark.parametrize("way", WAYS)
    def test_ends_the_withdrawal(self, page, way):
        made = withdraw(page, way)
        change(page, title="Back", significance="major", note="It is back.").publish()
        made.refresh_from_db()
        page = fresh(page)
        assert made.ended_at == page.last_published_at
        assert (page.live, page.withdrawn_as, page.withdrawal()) == (True, "", None)
        assert page.current_edition().number == 2

    def test_an_old_revision_ends_it_and_brings_nothing_of_it_back(self, page):
        withdraw(page, "error")
        draft = change(page, title="While withdrawn", significance="minor")
        assert draft.content["withdrawn_as"] == "error"
        page.editions.get().revision.publish()
        assert fresh(page).withdrawn_as == ""
        draft.refresh_from_db()
        draft.publish()
        assert (fresh(page).title, fresh(page).withdrawn_as) == ("While withdrawn", "")

    def test_at_a_set_time_ends_it_then_and_not_before(self, page):
        made = withdraw(page)
        soon = timezone.now() + timedelta(hours=1)
        revision = change(page, title="Later", go_live_at=soon, significance="minor")
        revision.publish()
        assert fresh(page).withdrawn_as == "withdrawn"
        page.revisions.filter(pk=revision.pk).update(approved_go_live_at=timezone.now())
        revision.refresh_from_db()
        revision.content["go_live_at"] = None
        revision.save()
        call_command("publish_scheduled", stdout=StringIO())
        made.refresh_from_db()
        assert made.ended_at
        assert (fresh(page).live, fresh(page).withdrawn_as) == (True, "")

    def test_and_withdrawing_again_begins_another_record(self, page):
        withdraw(page)
        change(page, title="Back", significance="minor").publish()
        withdraw(page)
        assert [bool(row.ended_at) for row in page.withdrawals.order_by("pk")] == [True, False]

    def test_says_the_same_as_before_when_nothing_else_changed(self, page):
        """Whether a page is withdrawn is none of what readers read."""
        withdraw(page)
        draft = change(page)
        BasePage.objects.filter(pk=page.pk).update(withdrawn_as="")
        draft.publish()
        fresh(page).save_revision().publish()
        assert page.editions.count() == 2


class TestAWithdrawnPage:
    def test_stays_so_while_a_draft_is_edited(self, page):
        withdraw(page)
        draft = fresh(page).get_latest_revision_as_object()
        draft.title = "A draft's title"
        draft.save()
        draft.save_revision()
        assert fresh(page).withdrawn_as == "withdrawn"

    def test_stays_so_when_an_object_read_before_is_unpublished_or_saved_as_draft(self, page):
        stale = fresh(page)
        withdraw(page, "error")
        stale.unpublish()
        assert fresh(page).withdrawn_as == "error"
        stale.live = False
        stale.save()
        assert fresh(page).withdrawn_as == "error"

    def test_stays_so_when_moved_and_renamed(self, page):
        withdraw(page)
        page = fresh(page)
        page.move(make_plain(published=True), pos="last-child")
        page = fresh(page)
        page.slug = "other"
        page.save()
        assert fresh(page).withdrawn_as == "withdrawn"

    def test_is_copied_without_it(self, page):
        withdraw(page)
        copy = fresh(page).copy(update_attrs={"slug": "copy"})
        assert fresh(copy).withdrawn_as == ""
        assert copy.get_latest_revision().content["withdrawn_as"] == ""
        copy.get_latest_revision().publish()
        assert fresh(copy).live

    def test_is_translated_without_it(self, page):
        withdraw(page)
        cy = Locale.objects.create(language_code="cy")
        assert fresh(fresh(page).copy_for_translation(cy)).withdrawn_as == ""

    def test_is_followed_by_aliases_without_it(self, page):
        before = page.create_alias(update_slug="before")
        withdraw(page)
        after = fresh(page).create_alias(update_slug="after")
        assert [(fresh(alias).live, fresh(alias).withdrawn_as) for alias in (before, after)] == [(False, "")] * 2
        change(page, title="Back", significance="minor").publish()
        assert [(fresh(alias).live, fresh(alias).withdrawn_as) for alias in (before, after)] == [(True, "")] * 2

    def test_is_named_so_in_the_admin(self, page):
        withdraw(page, "consolidated")
        assert BasePage.objects.get(pk=page.pk).status_string == "consolidated"
        assert fresh(page).status_string == "consolidated"
        assert make_chapter(published=True).status_string == "live"


class TestRemoved:
    def test_names_what_was_withdrawn_and_consolidated_newest_first(self, page, django_assert_num_queries):
        now = timezone.now()
        old = withdraw(page, now=now - timedelta(days=2))
        new = withdraw(make_chapter(published=True), "consolidated", now=now)
        withdraw(make_chapter(published=True), "error")
        with django_assert_num_queries(2):
            found = list(Withdrawal.objects.removed())
            assert found[0].replacement.title
            assert [(row.title, row.reason, row.replacement_id, row.page.content_type.model) for row in found] == [
                (new.title, new.reason, new.replacement_id, "leafletpage"),
                (old.title, old.reason, None, "leafletpage"),
            ]

    def test_keeps_to_the_time_asked_for(self, page):
        now = timezone.now()
        made = withdraw(page, now=now)
        day = timedelta(days=1)
        assert list(Withdrawal.objects.removed(since=now, until=now + day)) == [made]
        assert not Withdrawal.objects.removed(since=now - day, until=now).exists()

    def test_never_names_a_private_page_or_one_that_came_to_be_in_error(self, page):
        now = timezone.now()
        withdraw(page, now=now - timedelta(days=2))
        withdraw(page, "error", now=now)
        hidden = make_chapter(published=True)
        withdraw(hidden)
        PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
        taken_down = make_chapter(published=True)
        withdraw(taken_down, now=now - timedelta(days=2))
        change(taken_down, title="Back", significance="minor").publish()
        fresh(taken_down).unpublish()
        assert not Withdrawal.objects.removed().exists()

    def test_never_names_a_replacement_that_is_hidden(self, page):
        made = withdraw(page, "consolidated")
        fresh(made.replacement).unpublish()
        assert Withdrawal.objects.removed().get().replacement is None

    def test_still_names_what_came_back_later_but_not_what_came_back_the_same_day(self, page):
        earlier = withdraw(page, now=timezone.now() - timedelta(days=2))
        change(page, title="Back", significance="minor").publish()
        same_day = make_chapter(published=True)
        withdraw(same_day)
        change(same_day, title="Back", significance="minor").publish()
        assert list(Withdrawal.objects.removed()) == [earlier]


class TestTheReplacement:
    def test_deleted_leaves_the_record_and_its_title(self, page):
        replacement = make_plain(published=True, title="New ways")
        made = withdraw(page, "consolidated", replacement=replacement)
        replacement.delete()
        made.refresh_from_db()
        assert (made.replacement, made.replacement_title) == (None, "New ways")
        assert made.leads_to() is None

    def test_that_was_consolidated_itself_is_followed(self, page):
        last = make_plain(published=True)
        middle = make_chapter(published=True)
        made = withdraw(page, "consolidated", replacement=middle)
        withdraw(middle, "consolidated", replacement=last)
        assert made.leads_to() == BasePage.objects.get(pk=last.pk)

    def test_that_was_withdrawn_says_so_unless_something_replaced_it(self, page):
        middle = make_chapter(published=True)
        made = withdraw(page, "consolidated", replacement=middle)
        withdraw(middle)
        assert made.leads_to() == BasePage.objects.get(pk=middle.pk)
        assert made.page_in_use() is None
        last = make_plain(published=True)
        withdraw(middle, replacement=last)
        assert made.leads_to() == made.page_in_use() == BasePage.objects.get(pk=last.pk)

    def test_in_a_circle_leads_nowhere(self, page):
        other = make_chapter(published=True)
        made = withdraw(page, "consolidated", replacement=other)
        withdraw(other, "consolidated")
        Withdrawal.objects.filter(page=other).update(replacement=page)
        assert made.leads_to() is None


class TestTheDatabase:
    @pytest.mark.parametrize(
        "fault",
        [
            {"reason": ""},
            {"way": "deleted"},
            {"way": "consolidated", "replacement_title": ""},
            {"ended_at": timezone.now() - timedelta(days=9)},
        ],
        ids=["without a reason", "in no way", "without a replacement", "ended before it began"],
    )
    def test_refuses_a_record_that_is_not_whole(self, page, fault):
        made = withdraw(page)
        with pytest.raises(IntegrityError), transaction.atomic():
            Withdrawal.objects.filter(pk=made.pk).update(**fault)

    def test_refuses_a_page_that_replaces_itself(self, page):
        made = withdraw(page)
        with pytest.raises(IntegrityError), transaction.atomic():
            Withdrawal.objects.filter(pk=made.pk).update(replacement=page)

    def test_refuses_two_that_hold(self, page):
        made = withdraw(page)
        with pytest.raises(IntegrityError), transaction.atomic():
            Withdrawal.objects.create(
                page_id=page.pk, way="error", reason="…", title="…", withdrawn_at=made.withdrawn_at
            )

    def test_refuses_a_public_page_that_is_withdrawn(self, page):
        with pytest.raises(IntegrityError), transaction.atomic():
            LeafletPage.objects.filter(pk=page.pk).update(withdrawn_as="error")
