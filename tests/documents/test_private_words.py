"""Of a file that readers may not have they read nothing: not its title, not its name, not what changed in it."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction

from accounts.models import User
from documents.models import LibraryDocument, ResourceFile
from documents.services import withhold_version
from pages.caching import generation
from tests.documents.factories import add_library, add_resource, make_document, replace_file
from tests.factories import add_home, make_manager

pytestmark = pytest.mark.django_db
SECRET = "Zebra"


@pytest.fixture
def library():
    return add_library(add_home())


def private_collection():
    collection = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    return collection


def make_private(document):
    document = LibraryDocument.objects.get(pk=document.pk)
    document.collection = private_collection()
    document.save()


def read(client, page) -> str:
    """Return all that the addresses of a resource say of it."""
    paths = ("", "history/", "editions/1/", "editions/2/", "compare/1/2/")
    # As after the commit, which a test does not reach.
    for cache in caches.all():
        cache.clear()
    return "".join(client.get(f"{page.url}{path}").content.decode() for path in paths)


class TestAPrivateCollection:
    def test_hides_the_title_in_editions_and_comparisons(self, client, library):
        document = make_document(title=SECRET, name=f"{SECRET}.txt")
        page = add_resource(library, make_document())
        draft = page.get_latest_revision_as_object()
        draft.files = [*draft.files.all(), ResourceFile(document=document, sort_order=5)]
        draft.purpose = f'<p><a linktype="document" id="{document.pk}">it</a></p>'
        draft.save_revision().publish()
        assert SECRET in read(client, page)
        make_private(document)
        assert SECRET not in read(client, page)

    def test_hides_what_changed(self, client, library):
        document = make_document()
        page = add_resource(library, document, make_document())
        make_private(document)
        replace_file(document, words="Second", note=f"The {SECRET} left.")
        assert SECRET not in read(client, page)

    def test_hides_what_was_taken_back(self, client, library):
        document = make_document(title=SECRET)
        page = add_resource(library, document, make_document())
        second = replace_file(document, words="Second")
        make_private(document)
        withhold_version(version=second, reason="Old.", user=None, now=timezone.now())
        assert SECRET not in client.get(f"{page.url}history/").content.decode()

    @pytest.mark.parametrize("how", ["private", "waiting"])
    def test_hides_the_name_in_any_text(self, client, how):
        home = add_home()
        document = make_document(name=f"{SECRET}.txt", check=how != "waiting")
        if how == "private":
            make_private(document)
        text = f'<p>Read <a linktype="document" id="{document.pk}">it</a></p>'
        assert SECRET not in client.get(add_library(home, introduction=text).url).content.decode()

    def test_forgets_stored_pages_when_it_becomes_private(self, django_capture_on_commit_callbacks):
        before = generation()
        with django_capture_on_commit_callbacks(execute=True):
            private_collection()
        assert generation() != before

    def test_forgets_stored_pages_when_files_are_moved_there_together(self, django_capture_on_commit_callbacks):
        document, collection = make_document(), private_collection()
        staff = Client()
        staff.force_login(make_manager())
        before = generation()
        address = f"/admin/bulk/documents/librarydocument/add_to_collection/?id={document.pk}&next=/admin/documents/"
        with django_capture_on_commit_callbacks(execute=True):
            staff.post(address, {"collection": collection.pk})
        assert LibraryDocument.objects.get(pk=document.pk).collection == collection
        assert generation() != before


class TestTheAdmin:
    def test_lists_no_file_to_whoever_may_only_sign_in(self, client):
        make_document(title=SECRET, collection=private_collection())
        group = Group.objects.create(name="Writers")
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        user = User.objects.create_user("writer@board.example", "a long enough password")
        user.groups.add(group)
        client.force_login(user)
        for address in ("/admin/api/main/documents/", "/admin/documents/chooser/results/", "/admin/documents/"):
            assert SECRET not in client.get(address).content.decode()

    def test_lists_files_to_whoever_works_with_them(self, client):
        """A test of the test."""
        make_document(title=SECRET)
        client.force_login(make_manager())
        for address in ("/admin/api/main/documents/", "/admin/documents/"):
            assert SECRET in client.get(address).content.decode()

    def test_writes_no_formula_into_a_spreadsheet(self, client):
        make_document(title="=HYPERLINK(1)", check=False)
        client.force_login(make_manager())
        rows = b"".join(client.get("/admin/reports/files/?export=csv").streaming_content).decode()
        assert "HYPERLINK" in rows
        assert "\n=" not in rows
