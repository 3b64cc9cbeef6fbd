"""Rows U1 and U2: what begins, ends and keeps an edition."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from wagtail.models import PageViewRestriction, Revision

from tests.pagetypes.models import ChapterPage, Step
from tests.updates.factories import change, make_chapter, make_manager, make_plain, make_root
from updates.models import Edition
from updates.services import NO_NOTE, end_edition, record_edition

pytestmark = pytest.mark.django_db


def numbers(page) -> list[int]:
    return sorted(page.editions.values_list("number", flat=True))


def last(page) -> Edition:
    return page.editions.order_by("number").last()


def live_row(page) -> tuple:
    return ChapterPage.objects.values_list("change_significance", "change_note", "change_answer").get(pk=page.pk)


class TestTheFirstEdition:
    def test_is_number_one_major_and_in_force_since_the_page_was_published(self):
        page = make_chapter(published=True)
        edition = page.editions.get()
        assert (edition.number, edition.significance, edition.note) == (1, "major", "")
        assert edition.in_force_from == page.last_published_at
        assert edition.revision == page.live_revision
        assert edition.title == page.title
        assert page.current_edition() == edition

    def test_is_major_even_when_the_draft_says_minor(self):
        page = make_chapter()
        change(page, significance="minor", note="Only a draft").publish()
        assert (last(page).significance, last(page).note) == ("major", "Only a draft")

    def test_names_the_author_of_the_revision(self):
        author = make_manager()
        page = make_chapter()
        page.save_revision(user=author).publish(user=make_manager())
        assert last(page).author == author

    def test_does_not_exist_for_pages_that_are_not_tracked(self):
        assert not make_plain(published=True).editions.exists()


class TestPublishingAgain:
    def test_makes_the_next_edition_with_the_answer_and_ends_the_one_before(self):
        page = make_chapter(published=True)
        change(page, title="New title", significance="major", note="  The title.  ").publish()
        first, second = page.editions.order_by("number")
        assert first.superseded_at == second.in_force_from
        assert (second.number, second.significance, second.note) == (2, "major", "The title.")
        assert second.superseded_at is None

    def test_with_a_minor_answer_makes_a_minor_edition(self):
        page = make_chapter(published=True)
        change(page, title="New title", significance="minor").publish()
        assert (last(page).number, last(page).significance, last(page).note) == (2, "minor", "")

    def test_by_code_without_an_answer_counts_as_major_with_a_plain_note(self):
        page = make_chapter(published=True)
        change(page, title="New title").publish()
        assert (last(page).significance, last(page).note) == ("major", NO_NOTE)

    def test_by_code_with_major_but_no_note_says_so(self):
        page = make_chapter(published=True)
        change(page, title="New title", significance="major").publish()
        assert (last(page).significance, last(page).note) == ("major", NO_NOTE)

    def test_unchanged_makes_none(self):
        page = make_chapter(published=True)
        page.live_revision.publish()
        page.save_revision().publish()
        ChapterPage.objects.get(pk=page.pk).save_revision().publish()
        assert numbers(page) == [1]

    def test_unchanged_with_an_answer_makes_none_and_the_answer_is_not_kept(self):
        page = make_chapter(published=True)
        change(page, significance="major", note="Nothing really.").publish()
        assert numbers(page) == [1]
        page.refresh_from_db()
        page.unpublish()
        draft = ChapterPage.objects.get(pk=page.pk).get_latest_revision_as_object()
        assert (draft.change_significance, draft.change_note) == ("", "")

    def test_with_only_another_owner_or_review_date_makes_none(self):
        page = make_chapter(published=True)
        change(page, owner=make_manager(), review_due=date(2030, 1, 1), significance="minor").publish()
        assert numbers(page) == [1]

    @pytest.mark.parametrize("field", ["title", "slug", "search_description", "body", "scope"])
    def test_with_other_content_makes_one(self, field):
        page = make_chapter(published=True)
        change(page, **{field: "something-else"}, significance="minor").publish()
        assert numbers(page) == [1, 2]

    def test_with_child_rows_that_only_got_their_keys_makes_none(self):
        page = make_chapter()
        page.steps.add(Step(text="First"))
        page.save_revision().publish()
        page = ChapterPage.objects.get(pk=page.pk)
        page.save_revision().publish()
        assert numbers(page) == [1]

    def test_with_another_child_row_or_block_makes_one(self):
        page = make_chapter(published=True)
        draft = ChapterPage.objects.get(pk=page.pk)
        draft.steps.add(Step(text="Second"))
        draft.save_revision().publish()
        change(page, sections=[("heading", "One")], significance="minor").publish()
        assert numbers(page) == [1, 2, 3]

    def test_of_an_old_revision_returns_to_that_edition(self):
        page = make_chapter(published=True, title="First")
        change(page, title="Second", significance="major", note="Second.").publish()
        page.editions.get(number=1).revision.publish()
        page.refresh_from_db()
        assert (last(page).number, last(page).significance, last(page).note) == (3, "major", "Returned to edition 1.")
        assert page.title == last(page).title == "First"

    def test_with_a_clock_set_back_still_works(self):
        page = make_chapter(published=True)
        later = timezone.now() + timedelta(hours=1)
        page.editions.update(in_force_from=later)
        change(page, title="Second", significance="minor").publish()
        first, second = page.editions.order_by("number")
        assert first.superseded_at == second.in_force_from == later


class TestTakingDown:
    def test_ends_the_edition_in_force(self):
        page = make_chapter(published=True)
        page.unpublish()
        assert page.current_edition() is None
        assert last(page).superseded_at >= last(page).in_force_from

    def test_and_publishing_the_same_again_begins_a_new_edition(self):
        page = make_chapter(published=True)
        page.unpublish()
        page.get_latest_revision().publish()
        assert numbers(page) == [1, 2]
        assert last(page).note == "Returned to edition 1."
        assert page.current_edition().number == 2

    def test_of_an_expired_page_ends_it_too(self):
        page = make_chapter(published=True)
        ChapterPage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
        call_command("publish_scheduled", stdout=open("/dev/null", "w"))
        assert page.current_edition() is None

    def test_of_a_page_without_editions_does_nothing(self):
        page = make_chapter()
        end_edition(page=page, now=timezone.now())
        assert numbers(page) == []


class TestTheAnswer:
    def test_is_empty_on_the_public_page_and_on_the_next_draft(self):
        page = make_chapter(published=True)
        change(page, title="Second", significance="major", note="Second.").publish()
        assert live_row(page) == ("", "", None)
        draft = ChapterPage.objects.get(pk=page.pk).get_latest_revision_as_object()
        assert (draft.change_significance, draft.change_note) == ("", "")

    def test_does_not_leak_when_the_page_is_edited_after_it_was_taken_down(self):
        page = make_chapter(published=True)
        change(page, title="Second", significance="major", note="Second.").publish()
        ChapterPage.objects.get(pk=page.pk).unpublish()
        draft = ChapterPage.objects.get(pk=page.pk).get_latest_revision_as_object()
        assert draft.title == "Second"
        assert (draft.change_significance, draft.change_note) == ("", "")
        draft.title = "Third"
        draft.save_revision().publish()
        assert last(page).note == NO_NOTE

    def test_does_not_leak_from_an_old_revision_brought_back(self):
        page = make_chapter(published=True)
        change(page, title="Second", significance="minor").publish()
        change(page, title="Third", significance="minor").publish()
        old = page.editions.get(number=2).revision.as_object()
        assert (old.title, old.change_significance, old.change_note) == ("Second", "", "")

    def test_does_not_leak_from_an_object_that_the_caller_kept(self):
        page = make_chapter(published=True)
        page.title, page.change_significance, page.change_note = "Second", "major", "Second."
        page.save_revision().publish()
        page.title = "Third"
        page.save_revision().publish()
        assert list(page.editions.order_by("number").values_list("note", flat=True)) == ["", "Second.", NO_NOTE]

    def test_does_not_leak_from_a_later_draft_that_carried_it_on(self):
        page = make_chapter(published=True)
        submitted = change(page, title="Second", significance="major", note="Second.")
        draft = ChapterPage.objects.get(pk=page.pk).get_latest_revision_as_object()
        draft.title = "Third"
        later = draft.save_revision()
        submitted.publish()
        later.publish()
        assert list(page.editions.order_by("number").values_list("note", flat=True)) == ["", "Second.", NO_NOTE]

    def test_does_not_come_back_with_an_old_object_that_is_saved(self):
        page = make_chapter(published=True)
        page.change_significance, page.change_note, page.title = "major", "Second.", "Second"
        page.save_revision()
        stale = page.get_latest_revision_as_object()
        page.get_latest_revision().publish()
        stale.live = True
        stale.save()
        assert live_row(page) == ("", "", None)

    def test_of_two_drafts_published_one_after_the_other_is_kept_for_each(self):
        page = make_chapter(published=True)
        one = change(page, title="Second", significance="minor")
        other = ChapterPage.objects.get(pk=page.pk)
        other.title, other.change_significance = "Third", "minor"
        two = other.save_revision()
        one.publish()
        two.publish()
        significances = page.editions.order_by("number").values_list("significance", flat=True)
        assert list(significances) == ["major", "minor", "minor"]

    def test_is_not_copied_with_the_page(self):
        page = make_chapter(published=True)
        change(page, title="Second", significance="major", note="Second.")
        page = ChapterPage.objects.get(pk=page.pk)
        copy = page.copy(update_attrs={"slug": "copy", "title": "Copy"}, keep_live=False)
        for revision in copy.revisions.all():
            draft = revision.as_object()
            assert (draft.change_significance, draft.change_note, draft.change_answer) == ("", "", None)

    def test_given_with_a_draft_is_kept_until_it_is_published(self):
        page = make_chapter(published=True)
        change(page, title="Second", significance="major", note="Second.")
        draft = ChapterPage.objects.get(pk=page.pk).get_latest_revision_as_object()
        assert (draft.change_significance, draft.change_note) == ("major", "Second.")
        assert live_row(page) == ("", "", None)


class TestCopiesAndAliases:
    def test_a_public_copy_has_its_own_first_edition(self):
        page = make_chapter(published=True)
        copy = page.copy(update_attrs={"slug": "copy", "title": "Copy"})
        assert numbers(copy) == [1]
        assert numbers(page) == [1]

    def test_a_public_copy_of_a_page_with_a_draft_records_what_is_public(self):
        page = make_chapter(published=True, title="Public")
        change(page, title="Draft")
        copy = ChapterPage.objects.get(pk=page.pk).copy(update_attrs={"slug": "copy"})
        copy.refresh_from_db()
        assert last(copy).title == copy.title == "Public"
        assert last(copy).revision.content["title"] == "Public"
        assert copy.get_latest_revision_as_object().title == "Draft"

    def test_a_whole_branch_copied_public_has_an_edition_for_each_page(self):
        page = make_chapter(published=True)
        make_chapter(page, published=True)
        page = ChapterPage.objects.get(pk=page.pk)
        copy = page.copy(recursive=True, update_attrs={"slug": "copy"})
        assert [numbers(below.specific) for below in copy.get_descendants(inclusive=True)] == [[1], [1]]

    def test_an_alias_is_not_tracked(self):
        page = make_chapter(published=True)
        alias = page.create_alias(update_slug="alias")
        change(page, title="Second", significance="major", note="Second.").publish()
        alias.refresh_from_db()
        assert alias.title == "Second"
        assert (alias.change_significance, alias.change_note) == ("", "")
        page.refresh_from_db()
        page.unpublish()
        assert numbers(alias) == []
        assert numbers(page) == [1, 2]


class TestWhatAnEditionHolds:
    def test_is_not_purged(self):
        page = make_chapter(published=True)
        for title in ("Second", "Third"):
            change(page, title="Draft of " + title)
            change(page, title=title, significance="minor").publish()
        call_command("purge_revisions", stdout=open("/dev/null", "w"))
        assert [edition.revision.content["title"] for edition in page.editions.order_by("number")][1:] == [
            "Second",
            "Third",
        ]
        assert not Revision.objects.filter(object_str="Draft of Second").exists()

    def test_is_not_overwritten_by_autosave(self):
        user = make_manager()
        page = make_chapter(published=True)
        revision = page.save_revision(user=user)
        revision.publish()
        page.title = "Published"
        published = page.save_revision(user=user)
        published.publish()
        draft = ChapterPage.objects.get(pk=page.pk)
        draft.title = "Autosaved"
        autosaved = draft.save_revision(user=user, overwrite_revision=published)
        published.refresh_from_db()
        assert autosaved.pk != published.pk
        assert published.content["title"] == last(page).revision.content["title"] == "Published"

    def test_lets_autosave_overwrite_its_own_drafts(self):
        user = make_manager()
        page = make_chapter(published=True)
        page.title = "One"
        one = page.save_revision(user=user)
        page.title = "Two"
        assert page.save_revision(user=user, overwrite_revision=one).pk == one.pk

    def test_protects_page_and_revision(self):
        page = make_chapter(published=True)
        with pytest.raises(ProtectedError):
            page.live_revision.delete()
        with pytest.raises(ProtectedError):
            page.delete()
        with pytest.raises(ProtectedError):
            make_root().get_children().delete()
        assert ChapterPage.objects.filter(pk=page.pk).exists()
        assert page.revisions.exists()

    def test_lets_a_draft_be_deleted(self):
        page = make_chapter()
        page.delete()
        assert not ChapterPage.objects.filter(pk=page.pk).exists()


class TestTheDatabase:
    @pytest.fixture
    def edition(self):
        return make_chapter(published=True).editions.get()

    def refuses(self, edition, **fields):
        values = {
            "page": edition.page,
            "revision": edition.revision,
            "number": 2,
            "in_force_from": edition.in_force_from,
            "superseded_at": edition.in_force_from,
            "significance": "minor",
            **fields,
        }
        with pytest.raises(IntegrityError), transaction.atomic():
            Edition.objects.create(**values)

    def test_refuses_a_number_twice(self, edition):
        self.refuses(edition, number=1)

    def test_refuses_number_zero(self, edition):
        self.refuses(edition, number=0)

    def test_refuses_a_second_current_edition(self, edition):
        self.refuses(edition, superseded_at=None)

    def test_refuses_an_end_before_the_beginning(self, edition):
        self.refuses(edition, superseded_at=edition.in_force_from - timedelta(seconds=1))

    def test_refuses_a_later_major_edition_without_a_note(self, edition):
        self.refuses(edition, significance="major")

    def test_refuses_another_significance(self, edition):
        self.refuses(edition, significance="huge")


def at(*parts) -> datetime:
    return datetime(*parts, tzinfo=UTC)


class TestInForce:
    @pytest.fixture
    def page(self):
        """Edition 1 from 1 June 10:00 to midnight before 3 June (London), then edition 2 until 10 June 09:00."""
        page = make_chapter(published=True)
        page.editions.all().delete()
        revision = page.get_latest_revision()
        record_edition(page=page, revision=revision, now=at(2026, 6, 1, 9, 0))
        end_edition(page=page, now=at(2026, 6, 2, 23, 0))
        record_edition(page=page, revision=revision, now=at(2026, 6, 2, 23, 0))
        end_edition(page=page, now=at(2026, 6, 10, 8, 0))
        return page

    @pytest.mark.parametrize(
        ("day", "number"),
        [(date(2026, 5, 31), None), (date(2026, 6, 1), 1), (date(2026, 6, 2), 1), (date(2026, 6, 3), 2)]
        + [(date(2026, 6, 9), 2), (date(2026, 6, 10), None)],
    )
    def test_is_what_held_at_the_end_of_the_day_in_london(self, page, day, number):
        found = page.editions.in_force(on=day)
        assert [edition.number for edition in found] == ([number] if number else [])


class TestUpdates:
    def test_are_major_editions_newest_first(self):
        page = make_chapter(published=True, title="First")
        change(page, title="Second", significance="minor").publish()
        change(page, title="Third", significance="major", note="Third.").publish()
        assert [edition.title for edition in Edition.objects.updates()] == ["Third", "First"]

    def test_leave_out_what_the_public_may_not_read(self):
        hidden = make_chapter(published=True)
        below = make_chapter(hidden, published=True)
        PageViewRestriction.objects.create(page=hidden, restriction_type="login")
        taken_down = make_chapter(published=True)
        taken_down.unpublish()
        expired = make_chapter(published=True)
        ChapterPage.objects.filter(pk=expired.pk).update(expire_at=timezone.now())
        assert hidden.editions.exists()
        assert below.editions.exists()
        assert not Edition.objects.updates().exists()

    @pytest.mark.parametrize("count", [3, 30])
    def test_cost_one_query_with_page_address_and_kind(self, count, django_assert_num_queries):
        for _ in range(count):
            make_chapter(published=True)
        with django_assert_num_queries(1):
            kinds = {(edition.kind, edition.page.url_path[0]) for edition in Edition.objects.updates()[:50]}
        assert kinds == {("chapter", "/")}
