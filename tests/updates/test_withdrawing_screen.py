"""The screen on which staff withdraw a page, and who comes to it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.utils import timezone
from wagtail.models import GroupPagePermission, PageLogEntry

from accounts.models import User
from pages.models import BasePage
from tests.factories import add_archive, add_bulletin, add_home, add_information, make_manager
from tests.once import once
from tests.updates.factories import change
from updates.withdrawing.models import Withdrawal
from updates.withdrawing.services import withdraw_page

pytestmark = pytest.mark.django_db


@once
def issue():
    return add_bulletin(add_archive(add_home()), title="Old thresholds", slug="old")


@pytest.fixture
def staff(client):
    client.force_login(make_manager())
    return client


def address(page) -> str:
    return f"/admin/pages/{page.pk}/withdraw/"


def editor_of(page, *permissions) -> Client:
    """Return the browser of somebody with these permissions on the page and what is below it."""
    group = Group.objects.create(name="Editors of a part")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for name in permissions:
        permission = Permission.objects.get(codename=f"{name}_basepage")
        GroupPagePermission.objects.create(group=group, page=page, permission=permission)
    user = User.objects.create_user("editor@board.example", "a long enough password")
    user.groups.add(group)
    browser = Client()
    browser.force_login(user)
    return browser


def fresh(page) -> BasePage:
    return BasePage.objects.get(pk=page.pk)


class TestTheScreen:
    def test_explains_each_way_and_says_what_depends_on_the_page(self, staff, issue):
        home = issue.get_parent().get_parent().specific
        link = f'<p><a linktype="page" id="{issue.pk}">Read this</a></p>'
        add_bulletin(issue.get_parent(), introduction=link)
        change(issue, go_live_at=timezone.now() + timedelta(days=1), significance="minor").publish()
        add_information(home)
        html = staff.get(address(issue)).content.decode()
        for said in (
            "Published in error",
            "Consolidated",
            "Whoever opens it is taken there",
            "referred to 1 time<",
            "A publication is scheduled. It will be cancelled.",
            "Yes, withdraw this page",
        ):
            assert said in html

    @pytest.mark.parametrize("way", ["error", "consolidated", "withdrawn"])
    def test_withdraws_and_leads_back_to_the_list_with_the_state(self, staff, issue, way):
        other = add_information(issue.get_parent().get_parent(), title="New thresholds")
        data = {"way": way, "reason": "Out of date.", "replacement": str(other.pk)}
        response = staff.post(address(issue), data, follow=True)
        assert response.redirect_chain[-1][0] == f"/admin/pages/{issue.get_parent().pk}/"
        html = response.content.decode()
        assert "“Old thresholds” is withdrawn. To bring it back, edit it and publish it again." in html
        state = {"error": "published in error"}.get(way, way)
        assert state in html.split("Old thresholds", 2)[-1]
        made = Withdrawal.objects.get()
        assert (made.way, made.reason, made.replacement_id) == (way, "Out of date.", other.pk)
        assert made.author.email == "manager@board.example"

    def test_leads_nowhere_else(self, staff, issue):
        data = {"way": "error", "reason": "Wrong.", "next": "https://evil.example/"}
        assert staff.post(address(issue), data)["Location"] == f"/admin/pages/{issue.get_parent().pk}/"

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            ({}, "Choose what happened to the page."),
            ({"way": "deleted"}, "Select a valid choice"),
            ({"way": "error"}, "Say why, in a sentence or two."),
            ({"way": "error", "reason": " \n "}, "Say why, in a sentence or two."),
            ({"way": "error", "reason": "x" * 1001}, "at most 1000 characters"),
            ({"way": "error", "reason": "a\x00b"}, "Null characters are not allowed."),
            ({"way": "consolidated", "reason": "It moved."}, "Choose the page that this one became part of."),
            ({"way": "consolidated", "reason": "…", "replacement": "999999"}, "That page no longer exists."),
            (
                {"way": "consolidated", "reason": "…", "replacement": "zebra"},
                "Choose the page that this one became part of.",
            ),
            (
                {"way": "consolidated", "reason": "…", "replacement": "9" * 30},
                "Choose the page that this one became part of.",
            ),
        ],
        ids=lambda value: str(value)[:40],
    )
    def test_says_in_words_what_is_missing_and_keeps_what_was_written(self, staff, issue, data, said):
        response = staff.post(address(issue), data)
        assert response.status_code == 200
        assert said in response.content.decode()
        assert fresh(issue).live
        assert not Withdrawal.objects.exists()

    @pytest.mark.parametrize("which", ["itself", "a draft"])
    def test_refuses_a_page_that_cannot_take_its_place(self, staff, issue, which):
        other = issue if which == "itself" else add_information(issue.get_parent().get_parent(), publish=False)
        data = {"way": "consolidated", "reason": "It moved.", "replacement": str(other.pk)}
        html = staff.post(address(issue), data).content.decode()
        assert "A page cannot take its own place." in html or "Readers cannot open that page." in html
        assert "It moved." in html
        assert fresh(issue).live

    def test_starts_with_the_withdrawal_that_holds_so_that_it_can_be_corrected(self, staff, issue):
        withdraw_page(page=issue, way="withdrawn", reason="Out of date.", now=timezone.now())
        html = staff.get(address(issue)).content.decode()
        assert "Out of date.</textarea>" in html
        assert "Change withdrawal" in html
        staff.post(address(issue), {"way": "withdrawn", "reason": "The law changed."})
        assert Withdrawal.objects.get().reason == "The law changed."

    @pytest.mark.parametrize("kind", ["untracked", "draft", "alias", "none"])
    def test_is_not_there_for_a_page_with_nothing_to_withdraw(self, staff, issue, kind):
        home = issue.get_parent().get_parent().specific
        if kind == "none":
            assert staff.get("/admin/pages/999999/withdraw/").status_code == 404
            return
        page = {
            "untracked": lambda: add_information(home),
            "draft": lambda: add_bulletin(issue.get_parent(), publish=False),
            "alias": lambda: issue.create_alias(update_slug="alias"),
        }[kind]()
        assert staff.get(address(page)).status_code == 404


class TestTheWaysToIt:
    def test_are_in_the_editor_the_list_and_beside_unpublishing(self, staff, issue):
        for place in (
            f"/admin/pages/{issue.pk}/edit/",
            f"/admin/pages/{issue.get_parent().pk}/",
            f"/admin/pages/{issue.pk}/unpublish/",
        ):
            assert address(issue) in staff.get(place).content.decode()

    def test_are_not_there_for_pages_that_are_not_tracked(self, staff, issue):
        page = add_information(issue.get_parent().get_parent())
        assert "/withdraw/" not in staff.get(f"/admin/pages/{page.pk}/edit/").content.decode()
        assert "/withdraw/" not in staff.get(f"/admin/pages/{page.pk}/unpublish/").content.decode()

    def test_tell_the_editor_of_a_withdrawn_page_what_publishing_does(self, staff, issue):
        now = timezone.now()
        withdraw_page(page=issue, way="withdrawn", reason="Out of date.", now=now)
        html = staff.get(f"/admin/pages/{issue.pk}/edit/").content.decode()
        assert "Publishing brings the page back." in html
        assert "Change withdrawal" in html
        assert "Publishing brings" not in staff.get(f"/admin/pages/{issue.get_parent().pk}/edit/").content.decode()

    def test_end_in_the_history_of_the_page(self, staff, issue):
        withdraw_page(page=issue, way="error", reason="A child was named.", now=timezone.now())
        html = staff.get(f"/admin/pages/{issue.pk}/history/").content.decode()
        assert "Published in error. Reason: A child was named." in html


class TestSomebodyWithoutTheRight:
    def test_sees_no_way_to_it_and_is_turned_away(self, issue):
        editor = editor_of(issue.get_parent(), "add", "change")
        assert address(issue) not in editor.get(f"/admin/pages/{issue.pk}/edit/").content.decode()
        assert address(issue) not in editor.get(f"/admin/pages/{issue.get_parent().pk}/").content.decode()
        for response in (
            editor.get(address(issue)),
            editor.post(address(issue), {"way": "error", "reason": "Because."}),
        ):
            assert (response.status_code, response["Location"]) == (302, "/admin/")
        assert editor.get(address(issue), headers={"x-requested-with": "XMLHttpRequest"}).status_code == 403
        assert fresh(issue).live
        assert not PageLogEntry.objects.filter(action="updates.withdraw").exists()

    def test_does_not_change_a_withdrawal_either(self, issue):
        withdraw_page(page=issue, way="withdrawn", reason="Out of date.", now=timezone.now())
        editor = editor_of(issue.get_parent(), "add", "change")
        assert editor.post(address(issue), {"way": "error", "reason": "Because."}).status_code == 302
        html = editor.get(f"/admin/pages/{issue.pk}/edit/").content.decode()
        assert "Publishing brings the page back." in html
        assert address(issue) not in html
        assert fresh(issue).withdrawn_as == "withdrawn"

    def test_of_another_part_of_the_site_is_turned_away(self, issue):
        elsewhere = add_information(issue.get_parent().get_parent())
        editor = editor_of(elsewhere, "add", "change", "publish")
        assert editor.post(address(issue), {"way": "error", "reason": "Because."}).status_code == 302
        assert fresh(issue).live

    def test_is_turned_away_from_a_page_that_somebody_else_has_locked(self, issue):
        tomorrow = timezone.now() + timedelta(days=1)
        change(issue, go_live_at=tomorrow, significance="minor").publish()
        BasePage.objects.filter(pk=issue.pk).update(locked=True, locked_by=make_manager(), locked_at=timezone.now())
        editor = editor_of(issue.get_parent(), "add", "change", "publish")
        assert editor.post(address(issue), {"way": "error", "reason": "Because."}).status_code == 302
        assert fresh(issue).live

    def test_who_may_publish_may_withdraw_also_what_is_scheduled(self, issue):
        tomorrow = timezone.now() + timedelta(days=1)
        change(issue, go_live_at=tomorrow, significance="minor").publish()
        editor = editor_of(issue.get_parent(), "add", "change", "publish")
        assert address(issue) in editor.get(f"/admin/pages/{issue.pk}/edit/").content.decode()
        editor.post(address(issue), {"way": "error", "reason": "Because."})
        assert fresh(issue).withdrawn_as == "error"

    def test_a_stranger_is_asked_to_sign_in(self, client, issue):
        assert client.post(address(issue), {"way": "error", "reason": "Because."}).status_code == 302
        assert fresh(issue).live
