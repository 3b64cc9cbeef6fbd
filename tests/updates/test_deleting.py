"""What has been published is not deleted from the admin, and the editor is told what to do instead."""

import pytest
from wagtail.models import PageLogEntry

from pages.models import BasePage
from tests.updates.factories import make_chapter, make_manager, make_plain

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    client.force_login(make_manager())
    return client


def exists(page) -> bool:
    return BasePage.objects.filter(pk=page.pk).exists()


def bulk_delete(staff, *pages) -> str:
    query = "&".join(f"id={page.pk}" for page in pages)
    return staff.post(f"/admin/bulk/pages/basepage/delete/?{query}&next=/admin/", follow=True).content.decode()


class TestDeletingOnePage:
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_with_editions_is_stopped_and_unpublishing_offered(self, staff, method):
        page = make_chapter(published=True, title="Thresholds")
        html = getattr(staff, method)(f"/admin/pages/{page.pk}/delete/", follow=True).content.decode()
        assert "“Thresholds” cannot be deleted" in html
        assert f"/admin/pages/{page.pk}/unpublish/" in html
        assert exists(page)

    def test_above_one_with_editions_is_stopped_and_nothing_is_half_deleted(self, staff):
        parent = make_plain()
        draft = make_chapter(parent)
        page = make_chapter(parent, published=True, title="Thresholds")
        html = staff.post(f"/admin/pages/{parent.pk}/delete/", follow=True).content.decode()
        assert "“Thresholds” cannot be deleted" in html
        assert exists(parent)
        assert exists(draft)
        assert exists(page)
        assert not PageLogEntry.objects.filter(action="wagtail.delete").exists()

    def test_that_is_no_longer_public_is_stopped_without_offering_to_unpublish_it(self, staff):
        page = make_chapter(published=True)
        page.unpublish()
        html = staff.post(f"/admin/pages/{page.pk}/delete/", follow=True).content.decode()
        assert "cannot be deleted" in html
        assert "Unpublish it instead" not in html

    def test_without_editions_works(self, staff):
        draft, plain = make_chapter(), make_plain(published=True)
        for page in (draft, plain):
            staff.post(f"/admin/pages/{page.pk}/delete/")
            assert not exists(page)


class TestDeletingSeveral:
    def test_with_editions_among_them_deletes_none_and_names_those(self, staff):
        draft = make_chapter(title="Only a draft")
        parent = make_plain(title="Parent")
        page = make_chapter(parent, published=True, title="Thresholds")
        html = bulk_delete(staff, draft, parent)
        assert "Nothing was deleted. “Thresholds” cannot be deleted" in html
        assert f"/admin/bulk/pages/basepage/unpublish/?id={page.pk}" in html
        assert exists(draft)
        assert exists(parent)
        assert exists(page)

    def test_without_editions_works(self, staff):
        pages = [make_chapter(), make_plain(published=True)]
        assert "2 pages have been deleted" in bulk_delete(staff, *pages)
        assert not any(exists(page) for page in pages)

    def test_names_no_more_than_five(self, staff):
        pages = [make_chapter(published=True) for _ in range(7)]
        assert "and 2 more cannot be deleted" in bulk_delete(staff, *pages)
