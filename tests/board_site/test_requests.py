"""What every answer promises: headers, no cookie for readers, and nothing that a strange request can upset."""

import re

import pytest
from django.core.signals import request_started
from django.db import close_old_connections
from django.test import Client
from django.test.client import RequestFactory
from django.urls import reverse
from django.utils import timezone

from board_site.wsgi import application
from bulletins.models import BulletinPage
from home.models import HomePage
from pages.models import BasePage
from tests.demonstration import have_demonstration
from tests.factories import add_home, make_manager
from tests.once import once

pytestmark = pytest.mark.django_db


home = once(add_home)


@once
def demonstration():
    have_demonstration(today=timezone.localdate(), hostname="testserver", port=80)
    return HomePage.objects.get()


class TestAReader:
    def test_is_given_no_cookie_on_any_public_address(self, client, demonstration):
        addresses = [page.get_url() for page in BasePage.objects.visible().filter(depth__gt=1)]
        addresses += ["/search/?q=neglect", "/sitemap.xml", "/robots.txt", "/nowhere/", "/documents/9/x.pdf"]
        addresses += [f"{BulletinPage.objects.first().get_parent().url}feed/", "/health/live", "/health/ready"]
        assert len(addresses) > 12
        for address in addresses:
            response = client.get(address)
            assert not response.cookies, address
            assert "Cookie" not in response.get("Vary", ""), address

    def test_is_asked_to_run_and_load_only_what_the_site_serves(self, client, home):
        policy = client.get("/")["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "default-src 'self'" in policy
        assert "object-src 'none'" in policy
        assert "base-uri 'none'" in policy
        assert "http" not in policy

    def test_gets_headers_that_keep_the_browser_strict(self, client, home):
        response = client.get("/")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Referrer-Policy"] == "same-origin"
        assert response["X-Frame-Options"] == "DENY"
        assert "geolocation=()" in response["Permissions-Policy"]
        assert response["Cross-Origin-Opener-Policy"] == "same-origin"

    def test_gets_them_on_errors_too(self, client, home):
        response = client.get("/nowhere/")
        assert response.status_code == 404
        assert "unsafe" not in response["Content-Security-Policy"]
        assert "default-src 'self'" in response["Content-Security-Policy"]

    def test_sees_transport_security_only_where_the_site_is_public(self, client, home, settings):
        assert "Strict-Transport-Security" not in client.get("/")
        settings.SECURE_HSTS_SECONDS = 60
        assert "max-age=60" in Client().get("/", secure=True)["Strict-Transport-Security"]


class TestTheAdmin:
    def test_alone_may_run_scripts_of_its_own_in_the_page(self, client):
        assert "script-src 'self' 'unsafe-inline'" in client.get("/admin/")["Content-Security-Policy"]
        for lookalike in ("/administrator/", "/x/admin/", "/ADMIN/"):
            assert "unsafe" not in client.get(lookalike)["Content-Security-Policy"]

    def test_is_left_by_post_only(self, client):
        manager = make_manager()
        client.force_login(manager)
        response = client.get("/admin/logout/")
        assert response.status_code == 405
        assert not response.cookies
        assert client.get("/admin/").status_code == 200
        assert client.post(reverse("wagtailadmin_logout")).status_code == 302
        assert client.get("/admin/").status_code == 302


class TestAStrangeRequest:
    @pytest.mark.parametrize("address", ["/a%00b/", "/search/?q=%00", "/?%00=1", "/documents/1/%00.pdf"])
    def test_with_nul_in_its_address_is_refused(self, client, home, address):
        assert client.get(address).status_code == 400

    def test_with_nul_in_a_cookie_is_refused(self, client, home):
        assert client.get("/", headers={"cookie": 'sessionid="a\\000b"'}).status_code == 400

    def test_with_nul_in_a_form_is_no_error(self, client, home):
        response = client.post("/sign-in/", {"login": "a\x00@board.example", "password": "\x00"})
        assert response.status_code in (200, 400)

    @pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "BREW"])
    def test_by_an_unknown_method_is_refused(self, client, home, method):
        response = client.generic(method, "/")
        assert response.status_code == 405
        assert "GET" in response["Allow"]

    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
    def test_by_a_known_method_that_makes_no_sense_changes_and_breaks_nothing(self, home, method):
        response = getattr(Client(enforce_csrf_checks=True), method)("/")
        assert response.status_code < 500
        assert not response.cookies

    @pytest.mark.parametrize(
        "address",
        ["/%ff/", "/" + "a" * 3000 + "/", "/" + "a/" * 500, "/?" + "q=1&" * 300, "/..%2f..%2fetc/", "//", "/%F0%9F/"],
    )
    def test_with_an_odd_address_is_answered(self, client, home, address):
        assert client.get(address).status_code in (200, 301, 302, 400, 404)

    def test_for_another_host_is_refused(self, client, home):
        assert client.get("/", headers={"host": "evil.example"}).status_code == 400

    def test_for_another_host_still_learns_whether_the_site_is_well(self, client):
        assert client.get("/health/ready", headers={"host": "10.1.2.3"}).status_code == 200


class TestHead:
    def test_has_the_headers_of_get_and_no_body(self, home):
        # Not Django's test client, which takes the body away itself.
        got, headed = (_wsgi(method, "/") for method in ("GET", "HEAD"))
        assert headed["status"] == "200 OK"
        assert headed["body"] == b""
        assert got["headers"]["Content-Length"] == headed["headers"]["Content-Length"] == str(len(got["body"]))
        assert got["headers"]["ETag"] == headed["headers"]["ETag"]

    def test_first_does_not_leave_an_empty_page_for_get(self, home):
        _wsgi("HEAD", "/")
        assert b"</html>" in _wsgi("GET", "/")["body"]


class TestARequestId:
    def test_is_in_every_answer_and_is_new_each_time(self, client, home):
        first, second = (client.get("/")["X-Request-ID"] for _ in range(2))
        assert re.fullmatch(r"[0-9a-f]{16}", first)
        assert first != second

    def test_is_the_proxys_if_it_sent_a_plain_one(self, client, home):
        assert client.get("/", headers={"x-request-id": "abc-123-def"})["X-Request-ID"] == "abc-123-def"

    @pytest.mark.parametrize("sent", ["short", "x" * 65, "a b c d e f g h", "<script>1234", "é" * 10, "a" * 8 + "\n"])
    def test_is_our_own_otherwise(self, client, home, sent):
        assert client.get("/", headers={"x-request-id": sent})["X-Request-ID"] != sent


def _wsgi(method, path):
    """Ask the site as a server does, and return status, headers and body."""
    answer = {}

    def start_response(status, headers, exc_info=None):
        answer.update(status=status, headers=dict(headers))

    # Else the connection that holds this test's rows would be closed.
    request_started.disconnect(close_old_connections)
    try:
        answer["body"] = b"".join(application(RequestFactory().generic(method, path).environ, start_response))
    finally:
        request_started.connect(close_old_connections)
    return answer
