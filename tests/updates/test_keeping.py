"""Row U2: what an edition holds is kept, and the database refuses what cannot be."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from wagtail.models import Revision

from tests.pagetypes.models import LeafletPage
from tests.updates.factories import change, make_chapter, make_manager, make_root
from updates.models import Edition

pytestmark = pytest.mark.django_db


def last(page) -> Edition:
    return page.editions.order_by("number").last()


class TestWhatAnEditionHolds:
    def test_is_not_purged(self):
        page = make_chapter(published=True)
        for title in ("Second", "Third"):
            change(page, title="Draft of " + title)
            change(page, title=title, significance="minor").publish()
        call_command("purge_revisions", stdout=StringIO())
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
        draft = LeafletPage.objects.get(pk=page.pk)
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
        assert LeafletPage.objects.filter(pk=page.pk).exists()
        assert page.revisions.exists()

    def test_lets_a_draft_be_deleted(self):
        page = make_chapter()
        page.delete()
        assert not LeafletPage.objects.filter(pk=page.pk).exists()


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
