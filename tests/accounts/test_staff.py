"""Site managers ask people in, help who has lost a phone, and set nobody's password."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from wagtail.log_actions import registry
from wagtail.models import GroupPagePermission

from accounts.giving import may_give
from accounts.jobs import send_mail
from accounts.keeping import log_failures
from accounts.models import Letter, User
from accounts.roles import EVERYBODY, LIBRARY_EDITORS, SITE_MANAGERS
from clock.declared import Unfinished
from pages.models import BasePage
from tests.accounts.door import (
    DOOR,
    PASSWORD,
    SECOND_FACTORS,
    SECOND_STEP,
    letters,
    make_person,
    path_in,
    sign_in,
    sign_in_fully,
)
from tests.roles import given_roles

pytestmark = pytest.mark.django_db
USERS = "/admin/users/"
WORDS = {"password1": "three other words", "password2": "three other words"}


@pytest.fixture
def manager():
    return make_person("manager@board.example", second_factor=True, first_name="Alex", last_name="Reed")


@pytest.fixture
def desk(client, manager):
    return sign_in_fully(client, manager)


@pytest.fixture
def person():
    return make_person(second_factor=True)


def ask_in(desk, **fields):
    """Fill in the form for a new user."""
    person = {"email": "New.Person@board.example", "first_name": "New", "last_name": "Person"} | fields
    return desk.post(f"{USERS}new/", person)


def helper(*codenames) -> User:
    """Make somebody with the admin and these rights."""
    user = make_person("helper@board.example", second_factor=True, is_superuser=False)
    group = Group.objects.create(name="Helpers")
    group.permissions.set(Permission.objects.filter(codename__in=["access_admin", *codenames]))
    user.groups.add(group)
    return user


def logged(user) -> list[str]:
    """Return what the log says of an account, the latest first."""
    return [entry.message for entry in registry.get_logs_for_instance(user)]


class TestAnInvitation:
    def test_lets_a_person_choose_their_own_password_and_leads_to_the_second_factor(self, desk):
        assert 'name="password' not in desk.get(f"{USERS}new/").content.decode()
        assert ask_in(desk).status_code == 302
        person = User.objects.get(email="new.person@board.example")
        assert not person.has_usable_password()
        letter = letters(now=timezone.now())[-1]
        assert (letter.to, letter.subject[:12]) == (["new.person@board.example"], "Your account")
        assert "Alex Reed has made an account for you" in letter.body
        assert "Alex Reed has made an account for you" in letter.alternatives[0][0]
        their_own = Client()
        form = their_own.get(path_in(letter)).url
        assert "Welcome, New" in their_own.get(form).content.decode()
        assert their_own.post(form, WORDS).url == "/"
        person.refresh_from_db()
        assert person.check_password("three other words")
        assert their_own.get(path_in(letter)).status_code == 200
        assert "does not work any more" in Client().get(path_in(letter)).content.decode()
        assert letters(now=timezone.now()) == []

    def test_to_the_admin_asks_for_the_second_factor_first(self, desk):
        ask_in(desk, is_superuser="on")
        their_own = Client()
        form = their_own.get(path_in(letters(now=timezone.now())[-1])).url
        assert their_own.post(form, WORDS).url == "/admin/"
        assert their_own.get("/admin/").url == SECOND_FACTORS

    def test_works_for_seven_days_and_can_be_sent_again(self, desk, monkeypatch):
        ask_in(desk)
        person = User.objects.get(email="new.person@board.example")
        path = path_in(letters(now=timezone.now())[-1])
        clock = __import__("time").time
        monkeypatch.setattr("django.core.signing.time.time", lambda: clock() + 7 * 86_400 - 60)
        assert Client().get(path).status_code == 302
        monkeypatch.setattr("django.core.signing.time.time", lambda: clock() + 7 * 86_400 + 60)
        assert "seven days" in Client().get(path).content.decode()
        monkeypatch.undo()
        assert "Send the invitation again" in desk.get(f"{USERS}edit/{person.pk}/").content.decode()
        assert desk.post(f"{USERS}{person.pk}/invite/").status_code == 302
        assert len(letters(now=timezone.now())) == 1

    def test_is_of_no_use_to_an_account_that_is_switched_off(self, desk):
        ask_in(desk)
        path = path_in(letters(now=timezone.now())[-1])
        User.objects.filter(email="new.person@board.example").update(is_active=False)
        assert "does not work any more" in Client().get(path).content.decode()
        assert desk.post(f"{USERS}{User.objects.latest('pk').pk}/invite/", follow=True).status_code == 200
        assert letters(now=timezone.now()) == []

    def test_is_no_link_for_a_forgotten_password(self, desk, person):
        ask_in(desk)
        path = path_in(letters(now=timezone.now())[-1])
        assert "does not work" in Client().get(path.replace("/invitation/", "/reset/")).content.decode()
        assert "does not work" in Client().get(path.replace("/invitation/", "/other/")).content.decode()

    def test_is_not_made_twice_for_one_address(self, desk, person):
        answer = ask_in(desk, email="ROWAN@board.example")
        assert answer.status_code == 200
        assert not Letter.objects.filter(kind=Letter.Kind.INVITATION).exists()

    def test_waits_while_the_mail_server_is_away(self, desk, settings):
        ask_in(desk)
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
        with pytest.raises(Unfinished):
            send_mail(now=timezone.now())
        assert Letter.objects.get(kind=Letter.Kind.INVITATION).sent_at is None


class TestRights:
    def test_to_make_site_managers_are_those_of_site_managers(self, person):
        desk = sign_in_fully(Client(), helper("add_user", "change_user"))
        ask_in(desk, is_superuser="on")
        assert not User.objects.get(email="new.person@board.example").is_superuser
        assert desk.get(f"{USERS}edit/{person.pk}/").url == "/admin/"
        assert desk.post(f"{USERS}edit/{person.pk}/", {"email": "mine@board.example"}).url == "/admin/"
        person.refresh_from_db()
        assert person.email == "rowan@board.example"

    def test_lead_to_no_account_that_may_not_be_changed(self, person):
        desk = sign_in_fully(Client(), helper("change_user"))
        colleague = make_person("colleague@board.example", is_superuser=False)
        people = desk.get(USERS).content.decode()
        assert person.email in people
        assert f"{USERS}edit/{person.pk}/" not in people
        assert f"{USERS}edit/{colleague.pk}/" in people

    def test_to_switch_many_accounts_off_leave_out_those_of_site_managers(self, person):
        colleague = make_person("colleague@board.example", is_superuser=False)
        desk = sign_in_fully(Client(), helper("change_user"))
        address = "/admin/bulk/accounts/user/set_active_state/"
        desk.post(f"{address}?id={person.pk}&id={colleague.pk}", {"mark_as_active": "False"})
        assert User.objects.filter(is_active=False).count() == 0
        desk.post(f"{address}?id={colleague.pk}", {"mark_as_active": "False"})
        assert User.objects.get(is_active=False) == colleague

    def test_to_change_ones_own_address_are_nobodys(self, desk):
        screen = desk.get("/admin/account/").content.decode()
        assert "name_email-email" not in screen
        assert "new_password1" not in screen
        assert SECOND_FACTORS in screen


class TestAnotherAddress:
    """Whoever takes over an account by its address cannot do so unheard."""

    NEW = "rowan.new@board.example"

    @pytest.fixture
    def desk(self, desk):
        """Somebody signed in, and told so."""
        letters(now=timezone.now())
        return desk

    def change(self, desk, user, email):
        fields = {"email": email, "first_name": "Rowan", "last_name": "Lee", "is_active": "on"}
        fields |= {"is_superuser": "on"} if user.is_superuser else {}
        assert desk.post(f"{USERS}edit/{user.pk}/", fields).status_code == 302
        user.refresh_from_db()

    def test_is_told_to_the_old_one_and_the_new_one_and_logged(self, desk, person):
        self.change(desk, person, self.NEW)
        old, new = sorted(letters(now=timezone.now()), key=lambda letter: letter.to != ["rowan@board.example"])
        assert (old.to, new.to) == (["rowan@board.example"], [self.NEW])
        for letter in (old, new):
            html = letter.alternatives[0].content
            for text in (letter.body, html):
                assert "Alex Reed changed the e-mail address of your account" in text
                assert self.NEW in text
                assert "tell a site manager at once" in text
            assert ("/sign-in/password/forgotten/" in letter.body) is (letter is new)
            assert ("/sign-in/password/forgotten/" in html) is (letter is new)
        assert f"Another address: {self.NEW}, not rowan@board.example" in logged(person)
        assert not Letter.objects.exclude(address="").exists()

    def test_of_ones_own_is_told_too(self, desk, manager):
        self.change(desk, manager, self.NEW)
        sent = letters(now=timezone.now())
        assert [letter.to for letter in sent] == [["manager@board.example"], [self.NEW]]
        assert "You changed the e-mail address" in sent[0].body

    @pytest.mark.parametrize("email", ["rowan@board.example", "ROWAN@Board.example", " rowan@board.example "])
    def test_is_none_when_only_capitals_differ(self, desk, person, email):
        self.change(desk, person, email)
        assert letters(now=timezone.now()) == []

    def test_is_told_to_the_one_before_each_time(self, desk, person):
        self.change(desk, person, self.NEW)
        self.change(desk, person, "third@board.example")
        told = sorted(letter.to[0] for letter in letters(now=timezone.now()))
        assert told == ["rowan.new@board.example", "rowan@board.example", *["third@board.example"] * 2]

    def test_that_is_refused_is_told_to_nobody(self, desk, person, manager):
        for email in (manager.email, "", "x", "a" * 300 + "@board.example"):
            fields = {"email": email, "first_name": "Rowan", "last_name": "Lee", "is_active": "on"}
            assert desk.post(f"{USERS}edit/{person.pk}/", fields).status_code == 200
        assert letters(now=timezone.now()) == []

    def test_of_somebody_asked_in_brings_another_invitation_and_ends_the_first(self, desk):
        ask_in(desk)
        first = path_in(letters(now=timezone.now())[0])
        self.change(desk, User.objects.get(email="new.person@board.example"), self.NEW)
        sent = letters(now=timezone.now())
        assert [letter.to for letter in sent] == [[self.NEW]]
        assert "does not work any more" in Client().get(first).content.decode()
        assert 'name="password1"' in Client().get(path_in(sent[0]), follow=True).content.decode()


class TestALostPhone:
    def address(self, user):
        return f"{USERS}{user.pk}/second-factor/"

    def test_is_helped_by_a_site_manager_with_a_reason_that_is_logged_and_told(self, desk, manager, person):
        elsewhere = sign_in_fully(Client(), person)
        assert "Remove the second factor" in desk.get(f"{USERS}edit/{person.pk}/").content.decode()
        assert desk.post(self.address(person), {"reason": " "}).status_code == 200
        assert Authenticator.objects.filter(user=person).count() == 2
        assert desk.post(self.address(person), {"reason": "Phone lost; we spoke."}).status_code == 302
        assert not Authenticator.objects.filter(user=person).exists()
        assert elsewhere.get("/admin/").url.startswith(DOOR)
        entry = registry.get_logs_for_instance(person).first()
        assert (entry.user, entry.message) == (manager, "Removed the second factor: Phone lost; we spoke.")
        letter = letters(now=timezone.now())[-1]
        assert letter.to == [person.email]
        assert "Alex Reed removed the second factor" in letter.body
        assert "Phone lost; we spoke." in letter.body
        sign_in(elsewhere, person)
        assert elsewhere.get("/admin/").url == SECOND_FACTORS

    def test_is_nothing_to_help_oneself_with(self, desk, manager):
        assert desk.post(self.address(manager), {"reason": "Mine."}).url == "/admin/"
        assert Authenticator.objects.filter(user=manager).exists()

    @pytest.mark.parametrize(
        ("right", "is_superuser", "done"),
        [
            ("reset_second_factor", False, True),
            ("reset_second_factor", True, False),
            ("change_user", False, False),
        ],
    )
    def test_is_helped_by_who_has_the_right_but_not_for_a_site_manager(self, person, right, is_superuser, done):
        User.objects.filter(pk=person.pk).update(is_superuser=is_superuser)
        desk = sign_in_fully(Client(), helper(right))
        desk.post(self.address(person), {"reason": "Lost."})
        assert Authenticator.objects.filter(user=person).exists() is not done

    def test_of_the_last_site_manager_is_helped_from_the_command_line(self, manager):
        with pytest.raises(CommandError, match="no account"):
            call_command("reset_second_factor", "nobody@board.example", reason="Lost.")
        call_command("reset_second_factor", "MANAGER@board.example", reason="Phone in the river.")
        assert logged(manager)[0] == "Removed the second factor: Phone in the river."
        assert "Whoever looks after the server" in letters(now=timezone.now())[0].subject
        with pytest.raises(CommandError, match="no second factor"):
            call_command("reset_second_factor", "manager@board.example", reason="Again.")


class TestTheLog:
    def test_tells_what_happened_at_the_door_and_nothing_that_was_typed(self, desk, person):
        own = Client()
        sign_in(own, person, "a wrong guess")
        sign_in_fully(own, person)
        own.post(f"{DOOR}password/", {"oldpassword": PASSWORD, **WORDS})
        log_failures(now=timezone.now() + timedelta(minutes=1))
        told = logged(person)
        assert {
            "Somebody tried a password in vain",
            "Used a recovery code",
            "Signed in with a password and a recovery code",
            "Chose a new password",
        } <= set(told)
        history = desk.get(f"{USERS}history/{person.pk}/").content.decode()
        assert "Signed in with a password and a recovery code" in history
        assert not any(typed in history for typed in ("a wrong guess", PASSWORD, "three other words", "127.0.0.1"))

    def test_is_not_written_while_a_stranger_waits(self, person):
        sign_in(Client(), person, "a wrong guess")
        assert logged(person) == []


class TestTheList:
    def test_says_how_each_person_signs_in_in_as_many_queries_for_many(
        self, desk, person, django_assert_max_num_queries
    ):
        User.objects.create(email="asked@board.example", password="!")
        for number in range(12):
            make_person(f"person{number}@board.example", second_factor=True)
        with django_assert_max_num_queries(22):
            shown = desk.get(USERS).content.decode()
        assert f"{USERS}copy/" not in shown
        assert desk.get(f"{USERS}copy/{person.pk}/").status_code == 404
        assert "Second factor" in shown
        assert "Invited" in shown


class TestASecondStep:
    def test_that_is_left_for_a_quarter_of_an_hour_begins_again(self, client, person, monkeypatch):
        sign_in(client, person)
        clock = __import__("time").time
        monkeypatch.setattr("allauth.account.internal.stagekit.time.time", lambda: clock() + 16 * 60)
        assert client.get(SECOND_STEP).url == DOOR


class TestRolesForMany:
    """*Assign role* in the list of users: nobody gives a right that they do not have, least of all to themselves."""

    ADDRESS = "/admin/bulk/accounts/user/assign_role/"

    def give(self, desk, role, *people) -> str:
        query = "&".join(f"id={one.pk}" for one in people)
        group = Group.objects.get(name=getattr(role, "name", role))
        answer = desk.post(f"{self.ADDRESS}?{query}&next=/admin/", {"role": group.pk}, follow=True)
        return answer.content.decode()

    def roles_of(self, user) -> set[str]:
        return set(user.groups.values_list("name", flat=True))

    def test_are_given_by_site_managers_and_logged(self, person):
        given_roles()
        manager = make_person("of.the.role@board.example", second_factor=True, is_superuser=False)
        manager.groups.add(Group.objects.get(name=SITE_MANAGERS.name))
        people = [make_person(f"{name}@board.example", is_superuser=False) for name in ("one", "two")]
        desk = sign_in_fully(Client(), manager)
        for role in EVERYBODY:
            assert "2 users have been assigned" in self.give(desk, role, *people)
        assert self.roles_of(people[1]) == {role.name for role in EVERYBODY}
        assert "Gave the role “Site managers”" in logged(people[0])
        self.give(desk, LIBRARY_EDITORS, person)
        assert self.roles_of(person) == set()

    def test_of_others_are_not_given_by_who_has_less(self, person):
        given_roles()
        user = helper("change_user")
        desk = sign_in_fully(Client(), user)
        colleague = make_person("colleague@board.example", is_superuser=False)
        for role in EVERYBODY:
            assert "has rights that you do not have" in self.give(desk, role, user, colleague)
        assert (self.roles_of(user), self.roles_of(colleague)) == ({"Helpers"}, set())
        assert "1 user has been assigned" in self.give(desk, "Helpers", colleague)
        assert self.roles_of(colleague) == {"Helpers"}

    def test_count_pages_and_files_too(self):
        given_roles()
        user = helper("change_user")
        own = user.groups.get()
        writers = Group.objects.create(name="Writers")
        root = BasePage.objects.get(depth=1)
        for group in (writers, own):
            assert may_give(writers, by=user) is (group is writers and not writers.page_permissions.exists())
            GroupPagePermission.objects.create(group=group, page=root, permission_type="change")
        assert may_give(writers, by=User.objects.get(pk=user.pk))

    def test_are_not_given_on_the_form_of_a_person_either(self):
        given_roles()
        user = helper("change_user")
        desk = sign_in_fully(Client(), user)
        groups = [user.groups.get().pk, Group.objects.get(name=SITE_MANAGERS.name).pk]
        fields = {"email": user.email, "first_name": "A", "last_name": "B", "is_active": "on", "groups": groups}
        answer = desk.post(f"{USERS}edit/{user.pk}/", fields)
        assert "You cannot give “Site managers”" in answer.content.decode()
        assert self.roles_of(user) == {"Helpers"}
        assert desk.post(f"{USERS}edit/{user.pk}/", fields | {"groups": groups[:1]}).status_code == 302

    def test_are_out_of_reach_without_the_right_and_without_a_second_factor(self):
        given_roles()
        user = helper("view_user")
        self.give(sign_in_fully(Client(), user), "Helpers", user, make_person("other@board.example"))
        manager = make_person("new@board.example", is_superuser=False)
        manager.groups.add(Group.objects.get(name=SITE_MANAGERS.name))
        desk = Client()
        sign_in(desk, manager)
        self.give(desk, LIBRARY_EDITORS, user)
        assert self.roles_of(user) == {"Helpers"}

    def test_are_given_to_who_has_not_set_up_a_second_factor_and_open_nothing_before(self, desk):
        given_roles()
        colleague = make_person("colleague@board.example", is_superuser=False)
        assert "1 user has been assigned" in self.give(desk, SITE_MANAGERS, colleague)
        browser = Client()
        sign_in(browser, colleague)
        assert browser.get("/admin/").url.startswith(SECOND_FACTORS)


class TestAccountsOfSiteManagers:
    """With another address in it, or without its second factor, somebody else would sign in with its rights."""

    @pytest.fixture
    def other(self):
        given_roles()
        manager = make_person("of.the.role@board.example", second_factor=True, is_superuser=False)
        manager.groups.add(Group.objects.get(name=SITE_MANAGERS.name))
        return manager

    def tried(self, user, other) -> tuple[int, bool]:
        """Try all that can be done to the account of another; return how the form answers, and what came of it."""
        before = (other.email, self.roles_of(other), other.is_active)
        desk = sign_in_fully(Client(), user)
        desk.post(f"{USERS}{other.pk}/second-factor/", {"reason": "Lost."})
        fields = {"email": "mine@board.example", "first_name": "Robin", "last_name": "Lee"}
        form = desk.post(f"{USERS}edit/{other.pk}/", fields)
        desk.post(f"/admin/bulk/accounts/user/set_active_state/?id={other.pk}", {"mark_as_active": ""})
        desk.post(
            f"/admin/bulk/accounts/user/assign_role/?id={other.pk}", {"role": Group.objects.get(name="Helpers").pk}
        )
        other = User.objects.get(pk=other.pk)
        same = (other.email, self.roles_of(other), other.is_active) == before
        return form.status_code, same and Authenticator.objects.filter(user=other).exists()

    def roles_of(self, user) -> set[str]:
        return set(user.groups.values_list("name", flat=True))

    def test_are_not_changed_by_who_has_a_right_over_accounts(self, other):
        user = helper("change_user", "reset_second_factor")
        status, is_as_before = self.tried(user, other)
        assert is_as_before
        assert status == 302
        listed = sign_in_fully(Client(), user).get(USERS).content.decode()
        assert f"edit/{user.pk}/" in listed
        assert f"edit/{other.pk}/" not in listed

    def test_are_changed_by_another_site_manager(self, other):
        helper()
        colleague = make_person("colleague@board.example", second_factor=True, is_superuser=False)
        colleague.groups.add(Group.objects.get(name=SITE_MANAGERS.name))
        assert self.tried(colleague, other) == (302, False)
