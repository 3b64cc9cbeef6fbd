"""What other sites can make a browser do that is signed in to the admin: post, frame, lead away, keep a session."""

from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client

from tests.accounts.door import DOOR, PASSWORD, SECOND_FACTORS, SECOND_STEP, make_person, recovery_codes, sign_in
from tests.approval.reach import address_of, routes
from tests.factories import add_home, add_information
from tests.once import once

pytestmark = pytest.mark.django_db

ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "https:evil.example",
    "\\evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
    "http://testserver@evil.example/",
]


@once
def page():
    return add_information(add_home(), title="Neglect", slug="neglect")


@pytest.fixture
def signed_in(client):
    client.force_login(make_person())
    return client


def test_no_address_of_the_admin_takes_a_post_that_came_from_elsewhere(page):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_person())
    taken = {}
    for route in sorted(set(routes())):
        address = address_of(route, dict.fromkeys(("pk", "page_id", "object_id"), page.pk))
        status = client.post(address, {"action": "delete"}).status_code
        if status != 403:
            taken[address] = status
    assert taken == {}


def test_no_address_of_the_door_does_either():
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_person(second_factor=True))
    names = ["", "code/", "code/begin-again/", "password/", "password/forgotten/", "elsewhere/", "again/", "passkey/"]
    names += ["second-factor/app/", "second-factor/app/remove/", "second-factor/recovery-codes/new/"]
    assert {client.post(f"{DOOR}{name}").status_code for name in names} <= {403, 404}
    assert client.post("/admin/logout/").status_code == 403


@pytest.mark.parametrize("address", ["", "pages/", "account/", "users/", "audit/", "reports/workflow/", "bundles/"])
def test_the_admin_is_framed_by_nobody(signed_in, page, address):
    assert signed_in.get(f"/admin/{address}")["X-Frame-Options"] in ("DENY", "SAMEORIGIN")


def test_previews_are_framed_by_the_admin_alone(signed_in, page):
    revision = page.latest_revision_id
    for part in ("edit/", "history/", "edit/preview/", "view_draft/", f"revisions/{revision}/view/"):
        answer = signed_in.get(f"/admin/pages/{page.pk}/{part}")
        assert (answer.status_code, answer.headers.get("X-Frame-Options")) in (
            (200, "DENY"),
            (200, "SAMEORIGIN"),
        ), part


class TestASession:
    """Who knew the key before knows nothing afterwards."""

    def test_gets_another_key_at_each_step(self, client, settings):
        settings.SECOND_FACTOR_REQUIRED = True
        person = make_person(second_factor=True)
        client.get(f"{DOOR}passkey/", headers={"Accept": "application/json"})
        keys = [client.session.session_key]
        sign_in(client, person)
        keys.append(client.session.session_key)
        assert client.post(SECOND_STEP, {"code": recovery_codes(person)[0]}).url == "/admin/"
        keys.append(client.session.session_key)
        planted = Client()
        for key in keys[:2]:
            planted.cookies["sessionid"] = key
            assert planted.get("/admin/").status_code == 302
        assert client.get("/admin/").status_code == 200
        assert keys[0] != keys[-1]

    def test_is_not_taken_over_by_a_key_that_was_planted(self, client):
        client.cookies["sessionid"] = "0123456789abcdef0123456789abcdef"
        sign_in(client, make_person())
        assert client.session.session_key != "0123456789abcdef0123456789abcdef"

    def test_is_gone_when_somebody_has_signed_out(self, client):
        sign_in(client, make_person())
        key = client.session.session_key
        client.post("/admin/logout/")
        thief = Client()
        thief.cookies["sessionid"] = key
        assert thief.get("/admin/").status_code == 302


def leads_within(address: str) -> bool:
    """Tell whether a browser that is led there stays: it reads "\\" as "/" and leaves tabs out."""
    read = address.replace("\\", "/").replace("\t", "")
    return urlsplit(urljoin("http://testserver/sign-in/", read))[:2] == ("http", "testserver")


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
class TestNext:
    """Where somebody is led is a place of this site, whatever an address says."""

    def stays(self, answer) -> bool:
        """Tell whether an answer leads nowhere else; a form that is shown may name it in nothing but its own field."""
        if answer.status_code == 200:
            content = answer.content.decode()
            return 'href="https://evil' not in content and 'href="//evil' not in content and 'href="java' not in content
        return answer.status_code in (403, 404, 405) or leads_within(answer.url)

    def test_of_the_door(self, client, elsewhere, settings):
        settings.SECOND_FACTOR_REQUIRED = True
        person = make_person(second_factor=True)
        assert self.stays(client.get(DOOR, {"next": elsewhere}))
        assert self.stays(sign_in(client, person, next=elsewhere))
        for where in (SECOND_STEP, f"{SECOND_STEP}begin-again/"):
            assert self.stays(client.get(where, {"next": elsewhere})), where
        answer = client.post(f"{SECOND_STEP}?next=x", {"code": recovery_codes(person)[0], "next": elsewhere})
        assert leads_within(answer.url)
        assert self.stays(client.get(f"{DOOR}again/", {"next": elsewhere}))
        again = client.post(f"{DOOR}again/?next=x", {"password": PASSWORD, "next": elsewhere})
        assert self.stays(again)
        for where in (f"{SECOND_FACTORS}app/", f"{SECOND_FACTORS}passkeys/add/", f"{DOOR}password/"):
            assert self.stays(client.get(where, {"next": elsewhere})), where
        passkey = client.post(f"{DOOR}passkey/", {"credential": "[]", "next": elsewhere})
        assert self.stays(passkey)
        assert self.stays(client.post("/admin/logout/", {"next": elsewhere}))

    def test_of_the_admin(self, signed_in, page, elsewhere):
        for part in ("unpublish/", "delete/", "copy/", "move/", "edit/", "withdraw/"):
            answer = signed_in.get(f"/admin/pages/{page.pk}/{part}", {"next": elsewhere})
            assert self.stays(answer), part
        assert self.stays(signed_in.post(f"/admin/pages/{page.pk}/unpublish/", {"next": elsewhere}))
