"""Single sign-on by OpenID Connect: for people who have an account, and nobody else."""

import html
import re

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from wagtail.log_actions import registry

from accounts.models import User
from tests.accounts import provider as of_tests
from tests.accounts.door import DOOR, SECOND_FACTORS, SECOND_STEP, letters, make_person, recovery_codes

pytestmark = pytest.mark.django_db
START = f"{DOOR}with/oidc/"


@pytest.fixture
def provider(settings):
    cache.clear()
    with of_tests.serving() as provider:
        app = {
            "provider_id": "oidc",
            "name": "Example Council",
            "client_id": of_tests.CLIENT_ID,
            "secret": of_tests.CLIENT_SECRET,
            "settings": {"server_url": provider.issuer},
        }
        settings.OIDC_ISSUER, settings.OIDC_NAME = provider.issuer, "Example Council"
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        yield provider


def come_by(provider, client=None, **fields):
    """Press the button, sign in at the provider, and come back; returns the answer."""
    client = client or Client()
    page = client.post(START, fields)
    assert page.status_code == 200
    address = html.unescape(re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page.content.decode())[1])
    return client.get(provider.sign_in_at(address))


class TestSettings:
    def test_without_which_there_is_no_button_and_no_such_address(self, client):
        assert "Sign in with a passkey" in client.get(DOOR).content.decode()
        assert "/with/" not in client.get(DOOR).content.decode()
        assert client.post(START).status_code == 404
        assert client.get(f"{START}back/").status_code == 404

    def test_with_which_there_is_one(self, client, provider):
        assert "Sign in with Example Council" in client.get(DOOR).content.decode()
        assert client.get(START).status_code == 405
        assert client.post(f"{DOOR}with/google/").status_code == 404


class TestSomebodyWithAnAccount:
    def test_signs_in_and_sets_up_a_second_factor(self, client, provider):
        user = make_person()
        assert come_by(provider, client, next="/admin/pages/").url == "/admin/pages/"
        assert client.get("/admin/").url == SECOND_FACTORS
        assert registry.get_logs_for_instance(user)[0].message == "Signed in with the provider"
        assert [letter.subject for letter in letters(now=timezone.now())] == ["A new way to sign in to your account"]
        assert SocialAccount.objects.get().extra_data == {}
        assert not EmailAddress.objects.exists()
        assert user.has_usable_password()

    def test_is_asked_for_the_second_factor_that_they_have(self, client, provider):
        user = make_person(second_factor=True)
        assert come_by(provider, client).url == SECOND_STEP
        assert client.post(SECOND_STEP, {"code": recovery_codes(user)[0]}).url == "/admin/"

    def test_needs_no_second_factor_where_the_settings_say_that_the_provider_asks_for_one(
        self, client, provider, settings
    ):
        settings.OIDC_SECOND_FACTOR = True
        make_person(second_factor=True)
        assert come_by(provider, client).url == "/admin/"
        assert client.get("/admin/").status_code == 200

    def test_is_known_by_the_providers_key_when_their_address_changes(self, provider):
        user = make_person()
        come_by(provider)
        other = make_person("other@board.example")
        provider.claims["email"] = other.email
        client = Client()
        come_by(provider, client)
        assert client.session["_auth_user_id"] == str(user.pk)
        assert SocialAccount.objects.count() == 1
        assert SocialAccount.objects.get().extra_data == {}

    def test_stays_out_when_the_account_is_switched_off(self, client, provider):
        make_person()
        come_by(provider)
        User.objects.update(is_active=False)
        answer = come_by(provider, client)
        assert answer.url == f"{DOOR}off/"
        assert "switched off" in client.get(answer.url).content.decode()
        assert "_auth_user_id" not in client.session

    def test_may_be_one_who_was_just_invited(self, client, provider):
        user = make_person()
        user.set_unusable_password()
        user.save()
        assert come_by(provider, client).url == "/admin/"


class TestNobodyElse:
    @pytest.mark.parametrize(
        "claims",
        [
            {"email": "stranger@elsewhere.example"},
            {"email_verified": False},
            {"email_verified": "false"},
            {"email_verified": None},
            {"email": ""},
            {"email": "Rowan@board.example.evil.example"},
            {"email": ["rowan@board.example"]},
        ],
    )
    def test_gets_in_or_gets_an_account(self, client, provider, claims):
        make_person()
        provider.claims |= claims
        answer = come_by(provider, client)
        assert answer.url == DOOR
        assert "Ask a site manager" in client.get(DOOR).content.decode()
        assert User.objects.count() == 1
        assert not SocialAccount.objects.exists()

    def test_gets_in_by_letters_that_a_database_takes_for_each_other(self, client, provider):
        make_person("ash@board.example")
        provider.claims["email"] = "a\u017fh@board.example"
        assert come_by(provider, client).url == DOOR

    def test_gets_in_without_the_providers_word_unless_the_settings_vouch_for_it(self, client, provider, settings):
        make_person()
        del provider.claims["email_verified"]
        assert come_by(provider, client).url == DOOR
        settings.OIDC_EMAILS_VERIFIED = True
        assert come_by(provider, client).url == "/admin/"

    @pytest.mark.parametrize(
        "forgery",
        [
            {"other_key": True},
            {"aud": "another-site"},
            {"iss": "https://elsewhere.example"},
            {"exp": 1},
            {"sub": "person-2"},
        ],
    )
    def test_gets_in_by_what_was_not_said_to_this_site(self, client, provider, forgery):
        make_person()
        provider.forge = forgery
        assert "That did not work" in come_by(provider, client).content.decode()
        assert "_auth_user_id" not in client.session

    def test_gets_in_by_an_answer_to_somebody_else(self, provider):
        make_person()
        thief, victim = Client(), Client()
        page = thief.post(START).content.decode()
        back = provider.sign_in_at(html.unescape(re.search(r"content=\"0; url=([^\"]+)\"", page)[1]))
        assert "That did not work" in victim.get(back).content.decode()
        assert "_auth_user_id" not in victim.session

    def test_is_led_to_another_site(self, client, provider):
        make_person()
        assert come_by(provider, client, next="https://evil.example/").url == "/admin/"

    def test_can_begin_it_from_another_site_or_tie_it_to_who_is_signed_in(self, client, provider):
        assert Client(enforce_csrf_checks=True).post(START).status_code == 403
        other = make_person("other@board.example")
        make_person()
        client.force_login(other)
        page = client.post(f"{START}?process=connect", {"process": "connect"}).content.decode()
        client.get(provider.sign_in_at(html.unescape(re.search(r"content=\"0; url=([^\"]+)\"", page)[1])))
        assert not SocialAccount.objects.filter(user=other).exists()


class TestAProviderThatIsAway:
    def test_is_said_in_a_sentence(self, client, provider):
        provider.shutdown()
        provider.server_close()
        assert "That did not work" in client.post(START).content.decode()

    def test_or_cancels_is_said_too(self, client, provider):
        page = client.post(START).content.decode()
        state = re.search(r"state=(\w+)", page)[1]
        answer = client.get(f"{START}back/?error=access_denied&state={state}")
        assert answer.url == f"{DOOR}with/cancelled/"
        assert "You did not sign in" in client.get(answer.url).content.decode()

    @pytest.mark.parametrize("query", ["", "?code=x", "?state=x&code=x", "?error=x"])
    def test_or_is_not_even_asked_is_no_error(self, client, provider, query):
        assert client.get(f"{START}back/{query}").status_code in (200, 302, 400, 401, 403)
