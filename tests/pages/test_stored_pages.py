"""Stored public pages: the same for every anonymous reader, never for staff, and gone the moment something changes."""

import gzip

import pytest
from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client
from wagtail.models import PageViewRestriction

from pages import caching
from pages.middleware import StoredPublicPages
from tests.factories import add_home, add_information, make_manager

# Committed, because what is stored is forgotten when a change is committed.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def home():
    return add_home()


@pytest.fixture
def page(home):
    return add_information(home, title="First title", slug="a-page")


def stored() -> int:
    """Return how many pages are stored."""
    return len(caches["pages"]._cache)


def rename(page, title):
    page.title = title
    page.save_revision().publish()


@pytest.fixture
def queries_of(django_assert_max_num_queries):
    """Count the queries of one request."""

    def count(client, address, **options):
        with django_assert_max_num_queries(99) as captured:
            response = client.get(address, **options)
        return len(captured), response

    return count


class TestASecondReader:
    def test_gets_the_same_page_without_a_query(self, queries_of, page):
        first, rendered = queries_of(Client(), "/a-page/")
        second, stored = queries_of(Client(), "/a-page/")
        assert first > 0
        assert second == 0
        assert stored.content == rendered.content
        for header in ("Content-Type", "ETag", "Cache-Control", "Content-Security-Policy", "Permissions-Policy"):
            assert stored[header] == rendered[header]

    def test_gets_a_request_id_of_their_own(self, page):
        first, second = Client().get("/a-page/"), Client().get("/a-page/")
        assert first["X-Request-ID"] != second["X-Request-ID"]

    def test_gets_it_compressed_if_they_can_read_that(self, page):
        plain = Client().get("/a-page/")
        packed = Client().get("/a-page/", headers={"accept-encoding": "gzip"})
        again = Client().get("/a-page/", headers={"accept-encoding": "br, gzip"})
        assert "Content-Encoding" not in plain
        assert packed["Content-Encoding"] == "gzip"
        assert again.content == packed.content
        assert gzip.decompress(packed.content) == plain.content
        assert "Accept-Encoding" in packed["Vary"]

    @pytest.mark.parametrize("refusal", ["identity", "br", ""])
    def test_who_cannot_read_gzip_is_not_given_it(self, page, refusal):
        Client().get("/a-page/", headers={"accept-encoding": "gzip"})
        assert b"</html>" in Client().get("/a-page/", headers={"accept-encoding": refusal}).content

    def test_with_a_fresh_copy_is_told_so_in_a_few_bytes(self, queries_of, page):
        tag = Client().get("/a-page/")["ETag"]
        number, response = queries_of(Client(), "/a-page/", headers={"if-none-match": tag})
        assert (number, response.status_code, response.content) == (0, 304, b"")

    def test_with_a_stale_copy_gets_the_page(self, page):
        tag = Client().get("/a-page/")["ETag"]
        rename(page, "Second title")
        response = Client().get("/a-page/", headers={"if-none-match": tag})
        assert response.status_code == 200
        assert b"Second title" in response.content

    def test_asking_for_headers_only_gets_those_of_the_page(self, page):
        Client().head("/a-page/")
        got = Client().get("/a-page/")
        assert b"First title" in got.content
        assert Client().head("/a-page/")["ETag"] == got["ETag"]

    def test_by_another_address_gets_another_page(self, home, page):
        add_information(home, title="Other", slug="other")
        assert b"First title" in Client().get("/a-page/").content
        assert b"First title" not in Client().get("/other/").content

    def test_with_another_query_is_answered_apart(self, queries_of, page):
        Client().get("/a-page/?page=1")
        assert queries_of(Client(), "/a-page/?page=2")[0] > 0

    def test_with_an_endless_query_fills_nothing(self, page):
        Client().get("/a-page/?" + "x" * 101)
        assert stored() == 0


class TestAChange:
    def test_is_seen_at_once(self, page):
        Client().get("/a-page/")
        rename(page, "Second title")
        assert b"Second title" in Client().get("/a-page/").content

    def test_of_another_page_is_seen_too_for_lists_name_it(self, home, page):
        Client().get("/")
        before = caching.generation()
        rename(page, "Second title")
        assert caching.generation() != before

    def test_to_private_hides_the_page_at_once(self, page):
        Client().get("/a-page/")
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
        response = Client().get("/a-page/")
        assert response.status_code == 302
        assert b"First title" not in response.content

    def test_that_takes_a_page_down_hides_it_at_once(self, page):
        Client().get("/a-page/")
        page.unpublish()
        assert Client().get("/a-page/").status_code == 404

    def test_while_a_page_is_being_rendered_is_not_undone_by_storing_the_old_one(self, rf, page):
        def render(request):
            response = Client().get("/a-page/")
            stale = caching.public(HttpResponse(response.content))
            rename(page, "Second title")
            return stale

        caches["pages"].clear()
        StoredPublicPages(render)(rf.get("/a-page/"))
        assert b"Second title" in Client().get("/a-page/").content

    def test_while_the_cache_is_away_is_seen_when_it_is_back(self, page, monkeypatch):
        Client().get("/a-page/")
        with monkeypatch.context() as away:
            for name in ("set", "add"):
                away.setattr(type(caches["default"]), name, lambda *args, **kwargs: None)
            rename(page, "Second title")
        assert b"Second title" in Client().get("/a-page/").content

    def test_is_committed_even_when_nothing_can_be_forgotten(self, page, monkeypatch):
        def fail(*args, **kwargs):
            raise OSError("No space left on device")

        with monkeypatch.context() as full:
            full.setattr(type(caches["default"]), "set", fail)
            rename(page, "Second title")
        page.refresh_from_db()
        assert page.title == "Second title"


class TestStaff:
    def test_never_get_a_stored_page(self, page):
        Client().get("/a-page/")
        staff = Client()
        staff.force_login(make_manager())
        assert stored() == 1
        assert staff.get("/a-page/").context is not None  # rendered for this request

    def test_never_leave_a_stored_page_to_readers(self, page):
        staff = Client()
        staff.force_login(make_manager())
        staff.get("/a-page/")
        assert stored() == 0


class TestWhatIsNeverStored:
    def test_is_an_answer_with_a_cookie(self, rf, home):
        def render(request):
            response = caching.public(HttpResponse("the same for all"))
            response.set_cookie("name", "value")
            return response

        StoredPublicPages(render)(rf.get("/x/"))
        assert stored() == 0

    @pytest.mark.parametrize("address", ["/nowhere/", "/sign-in/", "/health/live", "/robots.txt"])
    def test_is_what_no_view_called_public(self, home, address):
        Client().get(address)
        assert stored() == 0

    def test_is_a_private_page(self, page):
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.PASSWORD, password="x")
        Client().get("/a-page/")
        assert stored() == 0

    def test_is_the_answer_to_a_form(self, home):
        Client().post("/")
        assert stored() == 0
