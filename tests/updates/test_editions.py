"""Row U2: what begins and ends an edition."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests.pagetypes.models import LeafletPage, Step
from tests.updates.factories import change, make_chapter, make_manager, make_plain
from updates.models import Edition
from updates.services import NO_NOTE, end_edition

pytestmark = pytest.mark.django_db


def numbers(page) -> list[int]:
    return sorted(page.editions.values_list("number", flat=True))


def last(page) -> Edition:
    return page.editions.order_by("number").last()


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
        LeafletPage.objects.get(pk=page.pk).save_revision().publish()
        assert numbers(page) == [1]

    def test_unchanged_with_an_answer_makes_none_and_the_answer_is_not_kept(self):
        page = make_chapter(published=True)
        change(page, significance="major", note="Nothing really.").publish()
        assert numbers(page) == [1]
        page.refresh_from_db()
        page.unpublish()
        draft = LeafletPage.objects.get(pk=page.pk).get_latest_revision_as_object()
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
        page = LeafletPage.objects.get(pk=page.pk)
        page.save_revision().publish()
        assert numbers(page) == [1]

    def test_with_another_child_row_or_block_makes_one(self):
        page = make_chapter(published=True)
        draft = LeafletPage.objects.get(pk=page.pk)
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
        LeafletPage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
        call_command("publish_scheduled", stdout=StringIO())
        assert page.current_edition() is None

    def test_of_a_page_without_editions_does_nothing(self):
        page = make_chapter()
        end_edition(page=page, now=timezone.now())
        assert numbers(page) == []
