"""The one door: who gets in, where it leads, and what is asked before anything else can be done."""

import json
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from accounts.models import User
from tests.accounts.door import (
    DOOR,
    PASSWORD,
    SECOND_FACTORS,
    SECOND_STEP,
    code_at,
    letters,
    make_person,
    path_in,
    recovery_codes,
    set_up_app,
    sign_in,
    sign_in_fully,
)
from tests.factories import add_home, add_information

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return make_person(second_factor=True)


class TestTheDoor:
    @pytest.mark.parametrize(
        ("side", "leads_to"),
        [
            ("/admin/login/?next=/admin/pages/", "/sign-in/?next=/admin/pages/"),
            ("/_util/login/?next=/about/", "/sign-in/?next=/about/"),
            ("/admin/password_reset/", "/sign-in/password/forgotten/"),
            ("/admin/password_reset/confirm/MQ/set-password/", "/sign-in/password/forgotten/"),
            ("/admin/", "/sign-in/?next=/admin/"),
        ],
    )
    def test_is_where_every_other_one_leads(self, client, side, leads_to):
        assert client.get(side).url == leads_to
        assert client.post(side, {"username": "x", "password": "y"}).url == leads_to

    @pytest.mark.parametrize("absent", ["signup", "email", "social/signup", "login/code"])
    def test_lets_nobody_make_an_account(self, client, home, absent):
        assert client.get(f"{DOOR}{absent}/").status_code == 404

    def test_opens_with_password_and_code_and_only_then(self, client, person):
        answer = sign_in(client, person, next="/admin/pages/")
        assert answer.url == SECOND_STEP
        assert client.get("/admin/").url.startswith(DOOR)
        assert client.post(SECOND_STEP, {"code": "000000"}).status_code == 200
        assert client.post(SECOND_STEP, {"code": code_at(timezone.now())}).url == "/admin/pages/"
        assert client.get("/admin/").status_code == 200

    def test_can_be_begun_again_by_somebody_else_before_the_second_step(self, client, person):
        sign_in(client, person)
        assert client.get(DOOR).url == SECOND_STEP
        assert client.post(f"{SECOND_STEP}begin-again/").url == DOOR
        assert client.get(DOOR).status_code == 200
        assert client.get(SECOND_STEP).url == DOOR

    def test_takes_a_code_once(self, client, person):
        code = code_at(timezone.now())
        sign_in(client, person)
        client.post(SECOND_STEP, {"code": code})
        other = Client()
        sign_in(other, person)
        assert "can be used once" in other.post(SECOND_STEP, {"code": code}).content.decode()

    def test_takes_a_recovery_code_once_and_says_so_by_mail(self, client, person):
        code = recovery_codes(person)[3]
        sign_in(client, person)
        assert client.post(SECOND_STEP, {"code": code}).url == "/admin/"
        assert code not in recovery_codes(person)
        other = Client()
        sign_in(other, person)
        assert other.post(SECOND_STEP, {"code": code}).status_code == 200
        assert [letter.subject for letter in letters(now=timezone.now())] == ["A recovery code was used"]

    def test_stays_open_while_the_cache_is_away(self, client, person, settings):
        away = {"BACKEND": "pages.cache_backends.ForgivingRedisCache", "LOCATION": "redis://127.0.0.1:1/1"}
        settings.CACHES = settings.CACHES | {"default": away}
        sign_in(client, person)
        assert client.post(SECOND_STEP, {"code": code_at(timezone.now())}).url == "/admin/"

    def test_says_what_is_missing(self, client):
        shown = sign_in(client, "", "").content.decode()
        assert "Enter your e-mail address" in shown
        assert "Enter your password" in shown

    def test_knows_an_address_however_it_is_capitalised_and_no_other_list_of_addresses(self, client, person):
        assert sign_in(client, " ROWAN@board.example").url == SECOND_STEP
        assert not EmailAddress.objects.exists()

    def test_stays_shut_for_an_account_that_is_switched_off(self, client, person):
        User.objects.update(is_active=False)
        assert "do not fit together" in sign_in(client, person).content.decode()

    def test_keeps_hashes_of_before(self, settings):
        settings.PASSWORD_HASHERS = [
            "django.contrib.auth.hashers.Argon2PasswordHasher",
            "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        ]
        user = make_person("old@board.example")
        assert user.password.startswith("argon2$")
        User.objects.filter(pk=user.pk).update(password=_pbkdf2(PASSWORD))
        assert sign_in(Client(), user).url == "/admin/"
        user.refresh_from_db()
        assert user.password.startswith("argon2$")


def _pbkdf2(password):
    from django.contrib.auth.hashers import PBKDF2PasswordHasher

    return PBKDF2PasswordHasher().encode(password, "salt-of-before", iterations=1000)


class TestWithoutASecondFactor:
    @pytest.mark.parametrize("address", ["/admin/", "/admin/pages/", "/admin/users/new/", "/admin/account/"])
    def test_everything_in_the_admin_leads_to_setting_one_up(self, client, address):
        sign_in(client, make_person())
        assert client.get(address).url == client.post(address).url == SECOND_FACTORS
        assert client.get(address, headers={"X-Requested-With": "XMLHttpRequest"}).status_code == 403
        assert "A stolen password alone" in client.get(SECOND_FACTORS).content.decode()

    def test_one_is_a_reader_like_others_on_the_public_site(self, client, home):
        page = add_information(home, slug="inside")
        PageViewRestriction.objects.create(page=page, restriction_type="login")
        sign_in(client, make_person())
        assert client.get("/inside/").url == "/sign-in/?next=/inside/"
        assert client.get("/sign-in/?next=/inside/").url == SECOND_FACTORS

    def test_one_can_sign_out(self, client):
        sign_in(client, make_person())
        assert client.post("/admin/logout/").url == DOOR

    def test_who_may_not_open_the_admin_needs_none(self, client, home):
        page = add_information(home, slug="inside")
        PageViewRestriction.objects.create(page=page, restriction_type="login")
        sign_in(client, make_person(is_superuser=False))
        assert client.get("/inside/").status_code == 200

    def test_a_member_of_a_group_with_the_admin_needs_one(self, client):
        editor = make_person(is_superuser=False)
        editor.groups.add(_with("access_admin"))
        sign_in(client, editor)
        assert client.get("/admin/").url == SECOND_FACTORS

    def test_a_development_site_lets_the_password_do(self, client, settings):
        settings.SECOND_FACTOR_REQUIRED = False
        assert sign_in(client, make_person()).url == "/admin/"
        assert client.get("/admin/").status_code == 200

    @pytest.mark.django_db(transaction=True)
    def test_setting_up_an_app_opens_the_admin_and_shows_recovery_codes_once(self, client):
        user = make_person()
        sign_in(client, user)
        answer = set_up_app(client)
        assert answer.url == f"{SECOND_FACTORS}recovery-codes/"
        shown = client.get(answer.url).content.decode()
        assert all(code in shown for code in recovery_codes(user))
        assert client.get("/admin/").status_code == 200
        assert recovery_codes(user)[0] not in client.get(answer.url).content.decode()
        assert [letter.subject for letter in letters(now=timezone.now())] == [
            "A second factor was added to your account"
        ]

    @pytest.mark.django_db(transaction=True)
    def test_a_session_begun_elsewhere_with_the_password_alone_ends_when_one_is_set_up(self, client):
        user, thief = make_person(), Client()
        sign_in(thief, user)
        sign_in(client, user)
        set_up_app(client)
        assert thief.get(SECOND_FACTORS).url.startswith(DOOR)
        assert client.get("/admin/").status_code == 200

    def test_its_secret_is_not_stored_as_it_is(self, person, settings):
        stored = person.authenticator_set.get(type="totp").data["secret"]
        assert len(stored) > 60
        settings.SECRET_KEY = "another-key-0123456789-abcdefghijklmnopqrstuvwxyz"
        client = Client()
        sign_in(client, person)
        assert client.post(SECOND_STEP, {"code": code_at(timezone.now())}).status_code == 200


def _with(codename: str) -> Group:
    group = Group.objects.create(name=codename)
    group.permissions.add(Permission.objects.get(codename=codename))
    return group


def answer_of_passkey(**changes) -> str:
    """What a browser might say of a passkey, as JSON."""
    said = {"clientDataJSON": "e30", "authenticatorData": "eXl5", "signature": "eno", "userHandle": "MQ"}
    said |= changes.pop("response", {})
    return json.dumps({"id": "eHg", "rawId": "eHg", "type": "public-key", "response": said} | changes)


@pytest.mark.parametrize(
    "credential",
    [
        "",
        "[" * 5000,
        "[]",
        '{"response": 1}',
        "x" * 60_000,
        answer_of_passkey(),
        answer_of_passkey(rawId=5),
        answer_of_passkey(response={"userHandle": "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5"}),
        answer_of_passkey(response={"userHandle": "__4"}),
        answer_of_passkey(response={"clientDataJSON": "!!!"}),
    ],
)
def test_what_no_passkey_says_opens_nothing_and_is_no_error(client, credential):
    client.get(f"{DOOR}passkey/", headers={"Accept": "application/json"})
    assert client.post(f"{DOOR}passkey/", {"credential": credential}).url == DOOR
    user = make_person(second_factor=True)
    sign_in(client, user)
    client.get(SECOND_STEP)
    assert client.post(SECOND_STEP, {"credential": credential}).status_code == 200
    other = Client()
    sign_in(other, make_person("other@board.example"))
    other.get(f"{SECOND_FACTORS}passkeys/add/")
    answer = other.post(f"{SECOND_FACTORS}passkeys/add/", {"credential": credential, "name": "x" * 500})
    assert "could not be added" in answer.content.decode()
    assert "_auth_user_id" not in client.session


class TestWhereItLeads:
    @pytest.mark.parametrize(
        "elsewhere",
        [
            "https://evil.example/",
            "//evil.example/",
            "/\\evil.example",
            "https:evil.example",
            "javascript:alert(1)",
            "http://testserver@evil.example/",
            "https://localhost/admin/",
            " https://evil.example/",
        ],
    )
    def test_is_never_another_site(self, client, elsewhere):
        user = make_person(second_factor=True)
        sign_in(client, user, next=elsewhere)
        assert client.post(SECOND_STEP, {"code": recovery_codes(user)[0]}).url == "/admin/"
        assert client.get(DOOR, {"next": elsewhere}).url == "/admin/"

    def test_is_not_round_in_a_circle(self, client, home):
        page = add_information(home, slug="inside")
        restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
        restriction.groups.add(Group.objects.create(name="Keepers"))
        reader = make_person(is_superuser=False)
        sign_in(client, reader)
        answer = client.get("/inside/", follow=True)
        assert answer.status_code == 403
        assert "your account may not open it" in answer.content.decode()


class TestASession:
    def test_gets_another_key_at_sign_in(self, client):
        client.get(f"{DOOR}passkey/", headers={"Accept": "application/json"})
        before = client.session.session_key
        assert before
        sign_in(client, make_person())
        assert client.session.session_key != before

    def test_cannot_be_posted_to_from_elsewhere_or_put_in_a_frame(self, person):
        strict = Client(enforce_csrf_checks=True)
        assert sign_in(strict, person).status_code == 403
        for address in (DOOR, f"{DOOR}password/forgotten/"):
            answer = strict.get(address)
            assert answer["X-Frame-Options"] == "DENY"
            assert "script-src 'self'" in answer["Content-Security-Policy"]
            assert "unsafe" not in answer["Content-Security-Policy"]
            assert "no-store" in answer["Cache-Control"]

    def test_is_over_after_twelve_hours_whatever_was_done_in_them(self, client, person):
        sign_in_fully(client, person)
        assert client.cookies["sessionid"]["max-age"] == 12 * 60 * 60
        assert client.cookies["sessionid"]["httponly"]
        assert client.cookies["sessionid"]["samesite"] == "Lax"
        assert client.get("/admin/").status_code == 200
        session = client.session
        session["account_authentication_methods"][0]["at"] -= 12 * 60 * 60 + 1
        session.save()
        assert client.get("/admin/").url.startswith(DOOR)

    def test_ends_everywhere_else_with_a_new_password(self, client, person):
        elsewhere = sign_in_fully(Client(), person)
        sign_in_fully(client, person)
        new = "three other words of mine"
        fields = {"oldpassword": PASSWORD, "password1": new, "password2": new}
        assert client.post(f"{DOOR}password/", fields).url == SECOND_FACTORS
        assert elsewhere.get("/admin/").url.startswith(DOOR)
        assert client.get("/admin/").status_code == 200
        assert "Your password was changed" in [letter.subject for letter in letters(now=timezone.now())]

    def test_ends_everywhere_else_by_a_button(self, client, person):
        elsewhere = sign_in_fully(Client(), person)
        sign_in_fully(client, person)
        assert client.get(f"{DOOR}elsewhere/").status_code == 405
        client.post(f"{DOOR}elsewhere/")
        assert elsewhere.get("/admin/").url.startswith(DOOR)
        assert client.get("/admin/").status_code == 200

    def test_ends_when_the_account_is_switched_off(self, client, person):
        sign_in_fully(client, person)
        User.objects.update(is_active=False)
        assert client.get("/admin/").url.startswith(DOOR)

    def test_is_asked_for_another_factor_at_once_when_the_last_is_removed_and_ends_elsewhere(self, client, person):
        elsewhere = sign_in_fully(Client(), person)
        sign_in_fully(client, person)
        remove = f"{SECOND_FACTORS}app/remove/"
        again = client.get(remove)
        assert again.url.startswith(f"{DOOR}again/")
        client.post(again.url, {"password": PASSWORD})
        assert client.post(remove).url == SECOND_FACTORS
        assert client.get("/admin/").url == SECOND_FACTORS
        assert elsewhere.get("/admin/").url.startswith(DOOR)


class TestAForgottenPassword:
    def test_is_answered_alike_for_everybody_and_looks_nobody_up(self, client, person, django_assert_num_queries):
        answers = []
        for email in (person.email, "nobody@board.example"):
            fresh = Client()
            with django_assert_num_queries(3):
                answers.append(fresh.post(f"{DOOR}password/forgotten/", {"email": email}))
        assert {answer.url for answer in answers} == {f"{DOOR}password/forgotten/sent/"}
        assert [letter.to for letter in letters(now=timezone.now())] == [[person.email]]

    def test_is_replaced_by_a_link_that_works_once_and_still_asks_for_the_second_factor(self, client, person):
        elsewhere = sign_in_fully(Client(), person)
        client.post(f"{DOOR}password/forgotten/", {"email": person.email.upper()})
        path = path_in(letters(now=timezone.now())[-1])
        form = client.get(path).url
        assert path.rsplit("/", 2)[1] not in form
        fields = {"password1": "three other words", "password2": "three other words"}
        assert client.post(form, fields).url == SECOND_STEP
        assert elsewhere.get("/admin/").url.startswith(DOOR)
        used = Client().get(path).content.decode()
        assert "does not work any more" in used
        assert f'<a href="{DOOR}">Back to sign in</a>' in used

    def test_has_to_be_replaced_by_one_that_is_hard_to_guess(self, client, person):
        client.post(f"{DOOR}password/forgotten/", {"email": person.email})
        form = client.get(path_in(letters(now=timezone.now())[-1])).url
        for password in ("short", "password12345", "123456789012", "rowan@board.example"):
            assert client.post(form, {"password1": password, "password2": password}).status_code == 200

    def test_is_replaced_within_the_hour(self, client, person, monkeypatch):
        client.post(f"{DOOR}password/forgotten/", {"email": person.email})
        path = path_in(letters(now=timezone.now())[-1])
        clock = __import__("time").time
        monkeypatch.setattr("django.core.signing.time.time", lambda: clock() + 61 * 60)
        assert "does not work any more" in client.get(path).content.decode()

    def test_brings_three_mails_an_hour_at_most(self, client, person):
        now = timezone.now()
        for number in range(5):
            client.post(f"{DOOR}password/forgotten/", {"email": person.email})
            assert len(letters(now=now + timedelta(minutes=number))) == (1 if number < 3 else 0)

    def test_brings_none_to_an_account_that_is_switched_off(self, client, person):
        User.objects.update(is_active=False)
        client.post(f"{DOOR}password/forgotten/", {"email": person.email})
        assert letters(now=timezone.now()) == []


@pytest.fixture
def home():
    return add_home()
