"""Who may have a file: whatever hides it, no address of it answers anything but "not found"."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, GroupCollectionPermission, PageViewRestriction

from accounts.models import User
from documents.models import EditionFile, LibraryDocument, ResourcePage
from documents.services import refuse_version
from tests.documents.factories import add_library, add_resource, make_document, replace_file
from tests.factories import add_home, add_information, make_manager
from tests.written_once import written_once
from updates.withdrawing.services import withdraw_page

pytestmark = pytest.mark.django_db


def private_collection(document, kind=CollectionViewRestriction.LOGIN):
    """Put a file into a collection below a private one."""
    above = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=above, restriction_type=kind, password="stripes")
    document.collection = above.add_child(name="Below")
    document.save()


def restrict(page, kind=PageViewRestriction.LOGIN):
    PageViewRestriction.objects.create(page=page, restriction_type=kind, password="stripes")


def expire(page):
    type(page).objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))


def withdraw(way):
    def how(page, document):
        replacement = add_information(page.get_parent().get_parent())
        withdraw_page(page=page, way=way, reason="Old.", replacement=replacement, now=timezone.now())

    return how


def take_the_file_out(page, document):
    """Never offered by any edition that was public."""
    ResourcePage.objects.get(pk=page.pk).files.all().delete()
    EditionFile.objects.filter(document=document).delete()
    LibraryDocument.objects.get(pk=document.pk).delete()


# How a file is hidden: a call with the resource that offers it, and the file.
WAYS = {
    "the resource is taken down": lambda page, document: page.unpublish(),
    "the resource has expired": lambda page, document: expire(page),
    "the resource is private": lambda page, document: restrict(page),
    "the resource is behind a password": lambda page, document: restrict(page, PageViewRestriction.PASSWORD),
    "the library is private": lambda page, document: restrict(page.get_parent().specific),
    "the resource was published in error": withdraw("error"),
    "the resource was consolidated": withdraw("consolidated"),
    "the resource was withdrawn": withdraw("withdrawn"),
    "its collection is private": lambda page, document: private_collection(document),
    "its collection has a password": lambda page, document: private_collection(
        document, CollectionViewRestriction.PASSWORD
    ),
    "it was deleted": take_the_file_out,
}


@written_once
def offer() -> ResourcePage:
    """Offer a file in its second version, with pictures of first pages."""
    document = make_document(words="First")
    page = add_resource(add_library(add_home()), document)
    replace_file(document, words="Second")
    for version in document.versions.all():
        version.preview.save("documents/x/first-page.webp", version.file.file)
    return page


@pytest.fixture
def offered():
    """A resource, and the file that it offers."""
    page = offer()
    return page, LibraryDocument.objects.visible().get(pk=page.file_keys()[0])


def addresses(document) -> list[str]:
    """Return every address that can reach a file, except Wagtail's admin."""
    found = [document.url, f"/documents/{document.pk}/anything"]
    for version in document.versions.all():
        found += [version.url, version.file_url, f"{version.file_url}?superseded", version.preview_url]
    return found


def answers(client, document) -> set[int]:
    return {client.get(address).status_code for address in addresses(document)}


class TestAReader:
    def test_gets_what_a_public_resource_offers(self, client, offered):
        """A test of the test."""
        assert answers(client, offered[1]) == {200, 302}

    @pytest.mark.parametrize("hide", WAYS.values(), ids=WAYS)
    def test_finds_nothing_at_any_address_when(self, client, offered, hide):
        page, document = offered
        known = addresses(document)
        hide(page, LibraryDocument.objects.get(pk=document.pk))
        assert {client.get(address).status_code for address in known} == {404}
        assert {client.head(address).status_code for address in known} == {404}

    def test_finds_nothing_of_a_draft(self, client):
        document = make_document()
        add_resource(add_library(add_home()), document, publish=False)
        assert client.get(document.url).status_code == 404

    def test_finds_nothing_of_what_only_a_draft_of_a_public_page_offers(self, client, offered):
        page, _ = offered
        other = make_document()
        page = ResourcePage.objects.get(pk=page.pk)
        page.purpose = f'<p><a linktype="document" id="{other.pk}">x</a></p>'
        page.save_revision()
        assert client.get(other.url).status_code == 404

    def test_finds_nothing_that_waits_or_was_refused(self, client):
        document = make_document(check=False)
        add_resource(add_library(add_home()), document)
        version = document.newest_version()
        for _ in range(2):
            assert client.get(document.url).status_code == 404
            assert client.get(version.url).status_code == 404
            if version.state == "waiting":
                refuse_version(version=version, problem="It holds a macro.", now=timezone.now())

    def test_gets_what_the_text_of_a_page_links_to(self, client):
        document = make_document()
        body = [{"type": "text", "id": "1", "value": f'<p><a linktype="document" id="{document.pk}">x</a></p>'}]
        add_information(add_home(), body=body)
        assert client.get(document.url).status_code == 200

    def test_gets_the_version_of_an_edition_of_a_page_that_is_public(self, client, offered):
        page, document = offered
        page = ResourcePage.objects.get(pk=page.pk)
        page.files = [type(page.files.first())(document=make_document(), sort_order=0)]
        page.change_significance = "minor"
        page.save_revision().publish()
        assert client.get(f"/documents/{document.pk}/versions/1/").status_code == 200

    def test_who_has_the_password_of_a_page_gets_its_files(self, client, offered):
        page, document = offered
        restrict(page, PageViewRestriction.PASSWORD)
        restriction = page.view_restrictions.get()
        action = f"/_util/authenticate_with_password/{restriction.pk}/{page.pk}/"
        client.post(action, {"password": "stripes", "return_url": page.url})
        assert client.get(document.url).status_code == 200
        assert Client().get(document.url).status_code == 404

    @pytest.mark.parametrize("hide", ["private", "deleted"])
    def test_sees_no_link_to_it_on_a_public_page(self, client, offered, hide):
        page, document = offered
        body = [{"type": "text", "id": "1", "value": f'<p><a linktype="document" id="{document.pk}">Read</a></p>'}]
        other = add_information(page.get_parent().get_parent(), body=body)
        hide = {"private": private_collection, "deleted": lambda document: take_the_file_out(page, document)}[hide]
        assert document.url in client.get(other.url).content.decode()
        hide(LibraryDocument.objects.get(pk=document.pk))
        for address in (other.url, page.url, page.get_parent().url):
            assert document.url not in client.get(f"{address}?again").content.decode()


class TestSomebodySignedIn:
    def sign_in(self, *, codename=None, collection=None):
        group = Group.objects.create(name="Library")
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        if codename:
            permission = Permission.objects.get(content_type__app_label="wagtaildocs", codename=codename)
            GroupCollectionPermission.objects.create(group=group, collection=collection, permission=permission)
        user = User.objects.create_user("editor@board.example", "a long enough password")
        user.groups.add(group)
        browser = Client()
        browser.force_login(user)
        return browser

    def test_who_works_with_files_gets_one_that_no_page_offers(self):
        add_home()
        document = make_document()
        browser = self.sign_in(codename="change_document", collection=document.collection)
        assert browser.get(document.url).status_code == 200

    def test_without_a_right_to_files_is_like_any_reader(self):
        add_home()
        assert self.sign_in().get(make_document().url).status_code == 404

    def test_with_a_right_to_another_collection_is_like_any_reader(self):
        add_home()
        document = make_document()
        other = Collection.get_first_root_node().add_child(name="Other")
        browser = self.sign_in(codename="change_document", collection=other)
        assert browser.get(document.url).status_code == 404

    def test_gets_nothing_unchecked_whoever_it_is(self, client):
        add_home()
        document = make_document(check=False)
        client.force_login(make_manager())
        for address in addresses(document)[:3]:
            assert client.get(address).status_code == 404


class TestTheMedia:
    def test_folder_gives_no_file_away(self, client, offered):
        _, document = offered
        assert client.get(f"/media/{document.file.name}").status_code == 404
        assert client.get(f"/media/images/../{document.file.name}").status_code in (400, 404)
