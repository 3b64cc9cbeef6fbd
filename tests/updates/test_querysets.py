"""Questions about editions: in force on a day, and what readers have to know."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from tests.pagetypes.models import LeafletPage
from tests.updates.factories import change, make_chapter
from updates.models import Edition
from updates.services import end_edition, record_edition

pytestmark = pytest.mark.django_db


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
        LeafletPage.objects.filter(pk=expired.pk).update(expire_at=timezone.now())
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
