"""Row U1: an answer is used once, and only for the change it was given with."""

import pytest

from tests.pagetypes.models import LeafletPage
from tests.updates.factories import change, make_chapter
from updates.models import Edition
from updates.services import NO_NOTE

pytestmark = pytest.mark.django_db


def numbers(page) -> list[int]:
    return sorted(page.editions.values_list("number", flat=True))


def last(page) -> Edition:
    return page.editions.order_by("number").last()


def live_row(page) -> tuple:
    return LeafletPage.objects.values_list("change_significance", "change_note", "change_answer").get(pk=page.pk)


class TestTheAnswer:
    def test_is_empty_on_the_public_page_and_on_the_next_draft(self):
        page = make_chapter(published=True)
        change(page, title="Second", significance="major", note="Second.").publish()
        assert live_row(page) == ("", "", None)
        draft = LeafletPage.objects.get(pk=page.pk).get_latest_revision_as_object()
        assert (draft.change_significance, draft.change_note) == ("", "")

    def test_does_not_leak_when_the_page_is_edited_after_it_was_taken_down(self):
        page = make_chapter(published=True)
        change(page, title="Second", significance="major", note="Second.").publish()
        LeafletPage.objects.get(pk=page.pk).unpublish()
        draft = LeafletPage.objects.get(pk=page.pk).get_latest_revision_as_object()
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
        draft = LeafletPage.objects.get(pk=page.pk).get_latest_revision_as_object()
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
        other = LeafletPage.objects.get(pk=page.pk)
        other.title, other.change_significance = "Third", "minor"
        two = other.save_revision()
        one.publish()
        two.publish()
        significances = page.editions.order_by("number").values_list("significance", flat=True)
        assert list(significances) == ["major", "minor", "minor"]

    def test_is_not_copied_with_the_page(self):
        page = make_chapter(published=True)
        change(page, title="Second", significance="major", note="Second.")
        page = LeafletPage.objects.get(pk=page.pk)
        copy = page.copy(update_attrs={"slug": "copy", "title": "Copy"}, keep_live=False)
        for revision in copy.revisions.all():
            draft = revision.as_object()
            assert (draft.change_significance, draft.change_note, draft.change_answer) == ("", "", None)

    def test_given_with_a_draft_is_kept_until_it_is_published(self):
        page = make_chapter(published=True)
        change(page, title="Second", significance="major", note="Second.")
        draft = LeafletPage.objects.get(pk=page.pk).get_latest_revision_as_object()
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
        copy = LeafletPage.objects.get(pk=page.pk).copy(update_attrs={"slug": "copy"})
        copy.refresh_from_db()
        assert last(copy).title == copy.title == "Public"
        assert last(copy).revision.content["title"] == "Public"
        assert copy.get_latest_revision_as_object().title == "Draft"

    def test_a_whole_branch_copied_public_has_an_edition_for_each_page(self):
        page = make_chapter(published=True)
        make_chapter(page, published=True)
        page = LeafletPage.objects.get(pk=page.pk)
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
