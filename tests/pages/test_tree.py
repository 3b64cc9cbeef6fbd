"""Every write to the page tree takes the lock and finds its place first."""

from unittest.mock import patch

import pytest
from django.db import OperationalError, connection, transaction
from django.template import Context, Template
from wagtail.models import Locale

from pages import tree
from pages.models import BasePage
from tests.once import once
from tests.pages.tree_checks import tree_faults
from tests.pagetypes.models import PlainPage
from tests.updates.factories import make_manager, make_plain, make_root

pytestmark = pytest.mark.django_db


@once
def parent():
    """A parent with two children, one of which has a child."""
    parent = make_plain(slug="parent", published=True)
    first = make_plain(parent, slug="first", published=True)
    make_plain(parent, slug="second", published=True)
    make_plain(first, slug="below", published=True)
    return parent


@pytest.fixture
def branch(parent):
    """Return them all by their slugs, as read before anything else happened."""
    return {page.slug: PlainPage.objects.get(pk=page.pk) for page in PlainPage.objects.all()}


def move_away(pages):
    """Move the parent below a new page and rename it, behind the back of the objects in hand."""
    target = make_plain(slug="target")
    fresh = PlainPage.objects.get(slug="parent")
    fresh.move(target, "last-child")
    fresh = PlainPage.objects.get(slug="parent")
    fresh.slug = "renamed"
    fresh.save()
    assert tree_faults() == []


class TestAPageReadBeforeAMove:
    def test_keeps_its_new_place_when_it_is_saved(self, branch):
        move_away(branch)
        branch["below"].title = "Changed"
        branch["below"].save()
        assert BasePage.objects.get(slug="below").url_path == "/target/renamed/first/below/"
        assert tree_faults() == []

    def test_keeps_its_new_place_when_it_gets_another_slug(self, branch):
        move_away(branch)
        branch["first"].slug = "changed"
        branch["first"].save()
        assert BasePage.objects.get(slug="below").url_path == "/target/renamed/changed/below/"
        assert tree_faults() == []

    def test_keeps_its_new_place_when_its_draft_is_published(self, branch):
        branch["first"].title = "Changed"
        revision = branch["first"].save_revision()
        move_away(branch)
        revision.publish()
        branch["first"].save_revision().publish()
        assert tree_faults() == []

    def test_keeps_its_new_place_when_a_page_made_from_its_revision_is_saved(self, branch):
        draft = branch["first"].get_latest_revision().as_object()
        move_away(branch)
        draft.save()
        assert tree_faults() == []

    def test_keeps_its_new_place_when_it_is_taken_down(self, branch):
        move_away(branch)
        branch["first"].unpublish()
        assert tree_faults() == []

    def test_takes_children_and_siblings_in_its_new_place(self, branch):
        move_away(branch)
        branch["first"].add_child(instance=PlainPage(title="New child"))
        branch["first"].add_sibling(pos="left", instance=PlainPage(title="New sibling"))
        assert BasePage.objects.get(slug="new-child").url_path == "/target/renamed/first/new-child/"
        assert tree_faults() == []

    def test_can_be_moved_copied_aliased_and_deleted(self, branch):
        move_away(branch)
        branch["first"].move(branch["second"], "last-child")
        branch["first"].copy(recursive=True, to=branch["second"], update_attrs={"slug": "copy"})
        branch["first"].create_alias(recursive=True, parent=make_root(), update_slug="alias")
        assert BasePage.objects.get(url_path="/target/renamed/second/copy/below/").live
        assert BasePage.objects.get(url_path="/alias/below/").live
        assert tree_faults() == []
        branch["second"].delete()
        assert tree_faults() == []
        assert not BasePage.objects.filter(slug="first").exists()


class TestWagtailsOwnWrites:
    def test_a_moved_page_has_its_new_address(self, branch):
        branch["first"].move(branch["second"], "last-child")
        assert BasePage.objects.get(slug="first").url_path == "/parent/second/first/"
        assert tree_faults() == []

    def test_a_copied_branch_counts_its_children(self, branch):
        copy = branch["parent"].copy(recursive=True, update_attrs={"slug": "copy"})
        assert BasePage.objects.get(pk=copy.pk).numchild == 2
        assert tree_faults() == []

    def test_a_translated_branch_is_whole(self, branch):
        Locale.objects.create(language_code="cy")
        welsh = Locale.objects.get(language_code="cy")
        copy = branch["first"].copy_for_translation(welsh, copy_parents=True)
        assert copy.locale == welsh
        assert tree_faults() == []

    def test_a_second_root_can_be_added(self):
        BasePage.add_root(instance=PlainPage(title="Another root", slug="another"))
        assert tree_faults() == []

    def test_the_tree_can_be_repaired(self, branch):
        BasePage.objects.filter(slug="parent").update(numchild=7)
        assert tree_faults()
        BasePage.fix_tree()
        assert tree_faults() == []


class TestADeletedPage:
    def test_does_not_come_back_when_an_old_object_is_saved(self, branch):
        draft = branch["second"].get_latest_revision().as_object()
        PlainPage.objects.get(slug="second").delete()
        for stale in (branch["second"], draft):
            with pytest.raises(BasePage.DoesNotExist):
                stale.save()
        assert not BasePage.objects.filter(slug="second").exists()


class TestTheMethods:
    @pytest.mark.parametrize("name", tree.WRITING)
    def test_cannot_be_called_from_a_template(self, name, branch):
        assert getattr(branch["first"], name).alters_data
        Template("{{ page.delete }}").render(Context({"page": branch["second"]}))
        assert BasePage.objects.filter(slug="second").exists()


class TestTheLock:
    def test_undoes_everything_when_something_fails(self):
        def fail_half_way():
            with tree.tree_lock():
                make_plain(slug="half")
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail_half_way()
        assert not BasePage.objects.filter(slug="half").exists()

    def test_says_that_others_are_writing_when_it_waited_too_long(self):
        problem = OperationalError("database is locked")
        problem.__cause__ = type("LockNotAvailable", (Exception,), {"sqlstate": tree.LOCK_NOT_AVAILABLE})()
        with (
            patch.object(tree, "_ask_for_the_tree", side_effect=problem),
            pytest.raises(tree.TreeBusy),
            tree.tree_lock(),
        ):
            pytest.fail("entered without the lock")

    def test_passes_on_other_troubles_of_the_database(self):
        with (
            patch.object(tree, "_ask_for_the_tree", side_effect=OperationalError("server closed the connection")),
            pytest.raises(OperationalError, match="closed") as raised,
            tree.tree_lock(),
        ):
            pytest.fail("entered without the lock")
        assert not isinstance(raised.value, tree.TreeBusy)

    @pytest.mark.django_db(transaction=True)
    def test_is_held_until_the_transaction_ends(self):
        if connection.vendor != "postgresql":
            pytest.skip("SQLite's lock is the transaction itself")
        with tree.tree_lock(), connection.cursor() as cursor:
            cursor.execute(
                # In this database: other test runs on the same server have theirs.
                "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database"
                " WHERE datname = current_database() AND locktype = 'advisory' AND objid = %s",
                [tree.TREE_LOCK_KEY],
            )
            assert cursor.fetchone() == (1,)


class TestAnAdminRequest:
    @pytest.fixture
    def staff(self, client):
        client.force_login(make_manager())
        return client

    def test_that_fails_half_way_leaves_nothing_behind(self, staff, branch):
        staff.raise_request_exception = False
        with patch("wagtail.admin.views.pages.move.messages.success", side_effect=ZeroDivisionError):
            address = f"/admin/pages/{branch['first'].pk}/move/{branch['second'].pk}/confirm/"
            assert staff.post(address).status_code == 500
        assert BasePage.objects.get(slug="first").url_path == "/parent/first/"
        assert staff.post(address).status_code == 302
        assert BasePage.objects.get(slug="first").url_path == "/parent/second/first/"

    def test_that_waited_too_long_is_told_so_and_that_nothing_was_saved(self, staff, branch):
        with patch("pages.middleware.tree_lock", side_effect=tree.TreeBusy):
            response = staff.post(f"/admin/pages/{branch['first'].pk}/edit/", {"title": "Mine"})
        assert response.status_code == 503
        assert response["Retry-After"] == "10"
        assert "Nothing of yours was saved" in response.content.decode()

    def test_of_autosave_that_waited_too_long_may_try_again(self, staff, branch):
        with patch("pages.middleware.tree_lock", side_effect=tree.TreeBusy):
            address = f"/admin/pages/{branch['first'].pk}/edit/"
            response = staff.post(address, {"title": "Mine"}, headers={"accept": "application/json"})
        assert (response.status_code, response.json()["error_code"]) == (400, "locked")

    @pytest.mark.parametrize(
        ("method", "address", "holds"),
        [
            ("post", "/admin/pages/{pk}/edit/", True),
            ("post", "/admin/pages/{pk}/set_position/?position=0", True),
            ("post", "/admin/bulk/pages/basepage/publish/?id={pk}", True),
            ("get", "/admin/pages/{pk}/edit/", False),
            ("post", "/admin/pages/{pk}/edit/preview/", False),
        ],
    )
    def test_holds_the_lock_when_it_writes_to_the_tree(self, staff, branch, method, address, holds):
        with patch("pages.middleware.tree_lock", side_effect=transaction.atomic) as lock:
            getattr(staff, method)(address.format(pk=branch["first"].pk))
        assert lock.called == holds

    def test_of_a_stranger_does_not_hold_the_lock(self, client, branch):
        with patch("pages.middleware.tree_lock") as lock:
            assert client.post(f"/admin/pages/{branch['first'].pk}/edit/").status_code == 302
        assert not lock.called
