"""From the invitation to the admin, in a browser: with an app that shows codes, and with a passkey."""

import re
from contextlib import contextmanager

import pytest
from django.core import mail
from django.test import override_settings
from django.utils import timezone

from accounts.invitations import invite
from accounts.letters import send_owed
from accounts.models import User
from tests.accounts.door import PASSWORD, code_at
from tests.e2e.test_access import violations
from tests.e2e.test_reflow import scrolls_sideways

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(autouse=True)
def _as_on_a_public_site():
    with override_settings(SECOND_FACTOR_REQUIRED=True):
        yield


@pytest.fixture
def invited(demonstration):
    """Somebody who has been asked in; gives the address of the link in their mail."""
    user = User.objects.create_superuser("sam@board.example", None, first_name="Sam")
    invite(user, by=None, now=timezone.now())
    send_owed(now=timezone.now())
    yield re.search(r"/sign-in/password/choose/\S+", mail.outbox[-1].body)[0]
    user.delete()


def look_at(visit):
    """Ask axe of the screen as it is, narrow and wide, light and dark. It is a script, so nothing without."""
    page = visit.page
    if not visit.javascript:
        return
    for width, height in ((320, 640), (1280, 800)):
        page.set_viewport_size({"width": width, "height": height})
        assert not scrolls_sideways(page)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert violations(page) == []


def press(page, words: str):
    """Press a button and wait for what comes."""
    with page.expect_navigation():
        page.get_by_role("button", name=words, exact=True).click()


@contextmanager
def choosing_a_password(visit, path):
    """Follow the link and choose a password; then there is a second factor to set up."""
    visit.go(path)
    look_at(visit)
    visit.page.fill("[name=password1]", PASSWORD)
    visit.page.fill("[name=password2]", PASSWORD)
    press(visit.page, "Go on")
    visit.go("/admin/")
    assert visit.page.url.endswith("/sign-in/second-factor/")
    look_at(visit)
    yield visit.page
    assert visit.requests_elsewhere == []


def type_password(visit):
    """Sign in with the password, as far as that goes."""
    visit.go("/admin/pages/")
    visit.page.fill("[name=login]", "sam@board.example")
    visit.page.fill("[name=password]", PASSWORD)
    press(visit.page, "Sign in")


class TestAnApp:
    def test_is_set_up_without_javascript_and_a_recovery_code_stands_in_for_it(self, visit, invited):
        started = visit(javascript=False)
        with choosing_a_password(started, invited) as page:
            page.click("text=Set up an app")
            secret = page.locator(".steps__key").text_content()
            page.fill("[name=code]", code_at(timezone.now(), secret=secret))
            press(page, "Go on")
            codes = page.locator(".codes code").all_inner_texts()
            page.click("text=I have kept them")
            assert page.url.endswith("/admin/")
        other = visit()
        type_password(other)
        look_at(other)
        other.page.fill("[name=code]", codes[4])
        press(other.page, "Go on")
        assert other.page.url.endswith("/admin/pages/")
        other.go("/sign-in/second-factor/")
        look_at(other)
        assert "9 of them are left" in other.page.locator("main").inner_text()
        assert not [words for words in other.complaints if "/sign-in/" in words]


class TestAPasskey:
    def test_is_added_stands_beside_the_password_and_signs_in_alone(self, visit, invited):
        started = visit()
        device = started.context.new_cdp_session(started.page)
        device.send("WebAuthn.enable")
        device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        with choosing_a_password(started, invited) as page:
            started.go("/sign-in/second-factor/app/")
            look_at(started)
            started.go("/sign-in/second-factor/passkeys/add/")
            look_at(started)
            press(page, "Add a passkey")
            look_at(started)
            page.click("text=I have kept them")
            assert page.url.endswith("/admin/")
            started.go("/sign-in/second-factor/passkeys/")
            look_at(started)
            press(page, "Sign out")
            type_password(started)
            look_at(started)
            press(page, "Use your passkey")
            assert page.url.endswith("/admin/pages/")
            started.go("/sign-in/second-factor/")
            press(page, "Sign out")
            started.go("/admin/users/")
            press(page, "Sign in with a passkey")
            assert page.url.endswith("/admin/users/")
        assert not [words for words in started.complaints if "/sign-in/" in words or "Policy" in words]
