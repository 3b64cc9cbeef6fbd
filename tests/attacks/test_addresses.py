"""Addresses that nobody would type."""

import time

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bulletins.models import BulletinPage
from home.models import InformationPage
from tests.factories import add_archive, add_bulletin, add_home, add_information, make_manager
from tests.once import once

pytestmark = pytest.mark.django_db


home = once(add_home)


@pytest.fixture
def admin(client):
    """A browser in which a site manager has signed in."""
    client.force_login(make_manager())
    return client


class TestEndlessAddresses:
    """Before: 60,000 levels, which fit into one request, kept a process busy for minutes and took 4 GB of memory."""

    def test_thousands_of_levels_are_answered_at_once(self, home, client):
        begun = time.process_time()
        response = client.get("/" + "a/" * 8000)
        assert response.status_code == 404
        assert time.process_time() - begun < 1

    def test_the_database_is_asked_for_no_more_levels_than_a_tree_can_have(self, home, client):
        with CaptureQueriesContext(connection) as asked:
            client.get("/" + "".join(f"level-{number}/" for number in range(200)))
        (lookup,) = [query["sql"] for query in asked if "/home/level-0/" in query["sql"]]
        assert "level-62" in lookup
        assert "level-63" not in lookup

    def test_a_part_that_is_no_slug_for_its_length_is_not_looked_for(self, home, client):
        with CaptureQueriesContext(connection) as asked:
            response = client.get(f"/{'a' * 256}/b/")
        assert response.status_code == 404
        assert not any(f"/home/{'a' * 256}/" in query["sql"] for query in asked)

    def test_deep_pages_and_addresses_below_pages_are_still_found(self, home, client):
        page = add_information(add_information(add_information(home)))
        add_archive(home)
        assert client.get(page.url).status_code == 200
        assert client.get("/bulletins/feed/").status_code == 200
        assert client.get("/bulletins/feed/" + "a/" * 100).status_code == 404


class TestAddressesThatAreTaken:
    """Before: a page could be published at /search/ or /admin/, where nobody could ever read it."""

    FORM = {"title": "Title", "search_description": "", "seo_title": "", "body-count": "0", "action-publish": "1"} | {
        f"comments-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
    }

    @pytest.mark.parametrize("slug", ["search", "admin", "static", "media"])
    def test_no_page_can_be_made_where_the_site_answers_something_else(self, home, admin, slug):
        response = admin.post(f"/admin/pages/add/home/informationpage/{home.pk}/", self.FORM | {"slug": slug})
        assert "already in use" in response.context["form"].errors["slug"][0]
        assert not InformationPage.objects.exists()

    def test_the_same_slug_is_free_deeper_down(self, home, admin):
        below = add_information(home, slug="help")
        admin.post(f"/admin/pages/add/home/informationpage/{below.pk}/", self.FORM | {"slug": "search"})
        assert admin.get("/help/search/").status_code == 200

    def test_a_page_is_not_moved_to_where_it_cannot_be_read(self, home, admin):
        page = add_information(add_information(home), slug="search")
        admin.post(f"/admin/pages/{page.pk}/move/{home.pk}/confirm/")
        page.refresh_from_db()
        assert page.depth == 4

    def test_an_issue_cannot_take_the_place_of_the_feed(self, home):
        archive = add_archive(home)
        with pytest.raises(ValidationError, match="already in use"):
            add_bulletin(archive, slug="feed")

    def test_a_draft_does_not_hide_the_feed(self, home, client):
        draft = add_bulletin(add_archive(home), slug="news", publish=False)
        BulletinPage.objects.filter(pk=draft.pk).update(slug="feed", url_path="/home/bulletins/feed/")
        assert client.get("/bulletins/feed/")["Content-Type"].startswith("application/atom+xml")

    def test_a_page_that_was_there_before_can_still_be_saved(self, home):
        page = add_information(home, slug="finding")
        InformationPage.objects.filter(pk=page.pk).update(slug="search", url_path="/home/search/")
        page.refresh_from_db()
        page.title = "Saved"
        page.save()
        page.refresh_from_db()
        assert page.title == "Saved"

    def test_a_title_gives_the_page_a_free_address(self, home):
        page = home.add_child(instance=InformationPage(title="Search"))
        assert page.slug == "search-2"
