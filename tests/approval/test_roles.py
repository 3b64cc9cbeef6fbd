"""Roles: a group each, with what rooms declare and nothing else, and what each can reach in the admin."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import GroupPagePermission, Workflow, WorkflowPage

from accounts import granting
from accounts.granting import UnknownRight, keep_roles
from accounts.roles import (
    BULLETIN_APPROVERS,
    BULLETIN_EDITORS,
    EVERYBODY,
    LIBRARY_EDITORS,
    PROCEDURE_APPROVERS,
    PROCEDURE_EDITORS,
    SITE_MANAGERS,
    Grant,
)
from approval.jobs import keep
from bulletins.models import BulletinIndexPage, BulletinPage
from documents.models import LibraryPage, ResourcePage
from home.models import InformationPage
from procedures.models import ChapterPage, ManualPage
from tests.documents.factories import add_library, add_resource
from tests.factories import add_archive, add_bulletin, add_home, add_information
from tests.once import once
from tests.procedures.factories import add_chapter, add_manual
from tests.roles import given_roles, member

pytestmark = pytest.mark.django_db


def add_site():
    """Make a page of each kind that roles differ about, and the roles; return the home page."""
    home = add_home()
    add_bulletin(add_archive(home))
    add_chapter(add_manual(home))
    add_resource(add_library(home))
    add_information(home)
    given_roles()
    return home


home = once(add_site)


@pytest.fixture
def site(home):
    return SimpleNamespace(
        home=home,
        archive=BulletinIndexPage.objects.get(),
        issue=BulletinPage.objects.get(),
        manual=ManualPage.objects.get(),
        chapter=ChapterPage.objects.get(),
        library=LibraryPage.objects.get(),
        resource=ResourcePage.objects.get(),
        information=InformationPage.objects.get(),
    )


def rights_on(site, *roles) -> dict[str, str]:
    """Return {page: what people of these roles may do with it}."""
    user = member(*roles)
    found = {}
    for name in ("issue", "chapter", "resource", "information"):
        rights = getattr(site, name).permissions_for_user(user)
        able = {"edit": rights.can_edit(), "publish": rights.can_publish(), "take down": rights.can_unpublish()}
        found[name] = ", ".join(action for action, may in able.items() if may)
    return found


class TestRoles:
    def test_work_on_their_own_pages_alone(self, site):
        nothing = {"issue": "", "chapter": "", "resource": "", "information": ""}
        assert rights_on(site) == nothing
        assert rights_on(site, BULLETIN_EDITORS) == nothing | {"issue": "edit"}
        assert rights_on(site, BULLETIN_APPROVERS) == nothing | {"issue": "edit, take down"}
        assert rights_on(site, PROCEDURE_EDITORS) == nothing | {"chapter": "edit"}
        assert rights_on(site, PROCEDURE_APPROVERS) == nothing | {"chapter": "edit, take down"}
        assert rights_on(site, LIBRARY_EDITORS) == nothing | {"resource": "edit"}
        assert rights_on(site, SITE_MANAGERS) == {
            "issue": "edit, take down",
            "chapter": "edit, take down",
            "resource": "edit, take down",
            "information": "edit, publish, take down",
        }

    def test_have_what_is_declared_and_nothing_else_whenever_they_are_kept(self, site):
        def state():
            return {
                group.name: (
                    sorted(group.permissions.values_list("codename", flat=True)),
                    sorted(group.page_permissions.values_list("page", "permission")),
                    sorted(group.collection_permissions.values_list("collection", "permission")),
                )
                for group in Group.objects.all()
            }

        before = state()
        editors = Group.objects.get(name=BULLETIN_EDITORS.name)
        editors.permissions.add(Permission.objects.get(codename="delete_user"))
        editors.page_permissions.all().delete()
        GroupPagePermission.objects.create(group=editors, page=site.home, permission_type="publish")
        editors.collection_permissions.all().delete()
        keep(now=timezone.now())
        assert state() == before

    def test_keep_their_people_and_leave_other_groups_alone(self, site):
        user, own = member(PROCEDURE_EDITORS), Group.objects.create(name="Our interns")
        own.permissions.add(Permission.objects.get(codename="access_admin"))
        given_roles()
        assert [group.name for group in user.groups.all()] == [PROCEDURE_EDITORS.name]
        assert own.permissions.count() == 1

    def test_hold_on_a_manual_that_is_made_later(self, site):
        other = add_manual(site.home, slug="second", title="Second manual")
        user = member(PROCEDURE_EDITORS)
        assert not add_chapter(other).permissions_for_user(user).can_edit()
        keep(now=timezone.now())
        assert add_chapter(other).permissions_for_user(member(PROCEDURE_EDITORS)).can_edit()
        assert WorkflowPage.objects.get(page=other).workflow.name == "Procedures"

    def test_take_the_place_of_wagtails_own_unless_somebody_is_in_those(self, site):
        assert set(Group.objects.values_list("name", flat=True)) == {role.name for role in EVERYBODY}
        moderators = Group.objects.create(name="Moderators")
        member().groups.add(moderators)
        given_roles()
        assert Group.objects.filter(name="Moderators").exists()

    def test_are_kept_by_a_command(self, site, capsys):
        call_command("keep_roles")
        said = capsys.readouterr().out
        assert all(role.name in said for role in EVERYBODY)
        assert "Approved by a second person: " in said

    @pytest.mark.parametrize(
        "grant", [Grant(to=[SITE_MANAGERS], rights=["pages.fly"]), Grant(to=[SITE_MANAGERS], pages=["pages.Nothing"])]
    )
    def test_name_what_there_is(self, monkeypatch, grant):
        monkeypatch.setattr(granting, "all_grants", lambda: (grant,))
        with pytest.raises(UnknownRight):
            keep_roles()
        assert not Group.objects.filter(name=SITE_MANAGERS.name).exists()


class TestWorkflows:
    def test_hold_where_they_are_declared(self, site):
        held = {row.page_id: row.workflow.name for row in WorkflowPage.objects.all()}
        assert held == {site.archive.pk: "Bulletins", site.manual.pk: "Procedures", site.library.pk: "Library"}
        assert not Workflow.objects.filter(name="Moderators approval").exists()

    def test_stay_as_a_site_manager_changed_them(self, site):
        Workflow.objects.get(name="Library").deactivate()
        WorkflowPage.objects.filter(page=site.archive).update(workflow=Workflow.objects.get(name="Procedures"))
        keep(now=timezone.now())
        assert not Workflow.objects.get(name="Library").active
        assert WorkflowPage.objects.get(page=site.archive).workflow.name == "Procedures"
