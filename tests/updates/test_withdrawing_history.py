"""A withdrawn or consolidated page whose readers may look at any edition."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from tests.once import once
from tests.procedures.factories import add_chapter, add_manual, change, london, section, text
from updates.withdrawing.services import withdraw_page

pytestmark = pytest.mark.django_db


@once
def chapter():
    manual = add_manual()
    chapter = add_chapter(manual, title="Old chapter", slug="old", sections=[section("One", text("First words."))])
    chapter.editions.update(in_force_from=london(2017, 3, 1, 9))
    change(chapter, at=london(2017, 4, 1, 9), title="Newer chapter")
    return chapter


def withdraw(page, way, replacement=None):
    return withdraw_page(page=page, way=way, reason="The law changed.", replacement=replacement, now=timezone.now())


class TestThePast:
    ADDRESSES = ("history/", "on/2017-03-10/", "editions/1/", "compare/1/2/")

    @pytest.mark.parametrize("address", ADDRESSES)
    def test_stays_readable_under_the_notice_when_withdrawn(self, client, chapter, address):
        withdraw(chapter, "withdrawn")
        response = client.get(f"{chapter.url}{address}")
        assert response.status_code == 200
        assert response["X-Robots-Tag"] == "noindex"
        assert "The law changed." in response.content.decode()

    @pytest.mark.parametrize("address", ADDRESSES)
    def test_stays_readable_when_consolidated(self, client, chapter, address):
        other = add_chapter(chapter.get_parent().specific)
        withdraw(chapter, "consolidated", other)
        assert client.get(chapter.url)["Location"] == other.url
        response = client.get(f"{chapter.url}{address}")
        assert response.status_code == 200
        assert "This became part of another page" in response.content.decode()

    @pytest.mark.parametrize("address", ADDRESSES)
    def test_is_gone_when_published_in_error(self, client, chapter, address):
        withdraw(chapter, "error")
        response = client.get(f"{chapter.url}{address}")
        assert response.status_code == 410
        assert "chapter" not in response.content.decode().casefold().replace(chapter.url, "")

    @pytest.mark.parametrize("way", ["error", "consolidated", "withdrawn"])
    def test_of_a_private_chapter_is_told_to_nobody(self, client, chapter, way):
        withdraw(chapter, way, add_chapter(chapter.get_parent().specific))
        PageViewRestriction.objects.create(page=chapter, restriction_type="password", password="word")
        for address in ("", *self.ADDRESSES):
            text_ = client.get(f"{chapter.url}{address}").content.decode()
            assert "The law changed." not in text_
            assert "First words." not in text_

    def test_says_that_nothing_was_in_force_after_the_withdrawal(self, client, chapter):
        withdraw(chapter, "withdrawn")
        chapter.editions.filter(number=2).update(superseded_at=timezone.now() - timedelta(days=3))
        yesterday = timezone.localdate() - timedelta(days=1)
        response = client.get(f"{chapter.url}on/{yesterday.isoformat()}/")
        assert "First words." not in response.content.decode()
