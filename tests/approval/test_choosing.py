"""What choosers and the admin's search find: for whoever may see it, it is there; for others, it is not.

Both are asked at the same addresses with the same words, so nothing is left out because nothing is ever found.
"""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.models import Collection, GroupCollectionPermission
from wagtail.search.index import class_is_indexed, insert_or_update_object

from accounts.models import User
from accounts.roles import EVERYBODY, LIBRARY_EDITORS, PROCEDURE_EDITORS, SITE_MANAGERS
from content.models import GlossaryTerm
from documents.models import LibraryDocument
from organisation.models import Area
from pages.models import BasePage
from tests.approval.test_roles import home, site  # noqa: F401  (fixtures)
from tests.documents.factories import make_document
from tests.factories import make_contact
from tests.organisation.factories import make_image
from tests.procedures.factories import add_chapter
from tests.roles import member
from tests.updates.factories import change

pytestmark = pytest.mark.django_db

# No word of the admin.
SECRET = "Zebrafish"
OF_PAGES = ["/admin/choose-page/search/", "/admin/pages/search/", "/admin/pages/search/results/"]
OF_FILES = ["/admin/documents/chooser/results/", "/admin/documents/chooser/"]
OF_PICTURES = ["/admin/images/chooser/results/", "/admin/images/chooser/"]


@pytest.fixture(autouse=True)
def _indexed(settings):
    """By itself there is an index outside of tests only."""
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}


def indexed(found):
    if class_is_indexed(type(found)):
        insert_or_update_object(found)
    return found


def finds(user, address, words=SECRET) -> bool:
    """Tell whether a search leads to what has these words (and not just says what was looked for)."""
    browser = Client()
    browser.force_login(user)
    answer = browser.get(address, {"q": words.lower()})
    assert answer.status_code == 200, address
    content = answer.json()["html"] if "json" in answer["Content-Type"] else answer.content.decode()
    return words in content


def only_signs_in() -> User:
    """Somebody who may open the admin and nothing in it."""
    group = Group.objects.create(name="Guests")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user = User.objects.create_user("guest@board.example", "a long enough password")
    user.groups.add(group)
    return user


class TestPages:
    @pytest.mark.parametrize("address", OF_PAGES)
    def test_that_are_drafts_are_found_by_who_works_on_them(self, site, address):  # noqa: F811
        draft = add_chapter(site.manual, publish=False, title=f"{SECRET} title")
        indexed(BasePage.objects.get(pk=draft.pk).specific)
        assert finds(member(PROCEDURE_EDITORS), address)
        assert finds(member(SITE_MANAGERS), address)
        assert not finds(member(LIBRARY_EDITORS), address)

    @pytest.mark.parametrize("address", OF_PAGES)
    def test_that_were_taken_down_are_too(self, site, address):  # noqa: F811
        page = add_chapter(site.manual, title=f"{SECRET} title")
        page.unpublish()
        indexed(BasePage.objects.get(pk=page.pk).specific)
        assert finds(member(PROCEDURE_EDITORS), address)
        assert not finds(member(LIBRARY_EDITORS), address)

    def test_that_are_public_are_chosen_by_everybody_without_what_the_draft_says(self, site):  # noqa: F811
        page = add_chapter(site.manual, title="Walrus title")
        change(page, significance="minor", title=f"{SECRET} title")
        indexed(BasePage.objects.get(pk=page.pk).specific)
        for role in EVERYBODY:
            assert finds(member(role), OF_PAGES[0], "Walrus")
            assert not finds(member(role), OF_PAGES[0])
        browser = Client()
        for address in OF_PAGES:
            browser.force_login(member(LIBRARY_EDITORS))
            assert SECRET not in browser.get(address, {"q": "walrus"}).content.decode()

    def test_are_found_by_their_address_in_the_api_too(self, site):  # noqa: F811
        draft = add_chapter(site.manual, publish=False, title=f"{SECRET} title")
        indexed(BasePage.objects.get(pk=draft.pk).specific)
        found = {}
        for role in (PROCEDURE_EDITORS, LIBRARY_EDITORS):
            browser = Client()
            browser.force_login(member(role))
            found[role] = SECRET in browser.get("/admin/api/main/pages/", {"search": SECRET.lower()}).content.decode()
        assert found == {PROCEDURE_EDITORS: True, LIBRARY_EDITORS: False}


def private(name="Private") -> Collection:
    return Collection.get_first_root_node().add_child(name=name)


def works_in(collection, *codenames) -> User:
    """Somebody who may choose what is in a collection, and nothing else."""
    user = only_signs_in()
    for permission in Permission.objects.filter(codename__in=codenames):
        GroupCollectionPermission.objects.create(group=user.groups.get(), collection=collection, permission=permission)
    return user


class TestFiles:
    @pytest.mark.parametrize("address", OF_FILES)
    def test_are_found_by_who_may_choose_them(self, site, address):  # noqa: F811
        here, other = private(), private("Other")
        document = indexed(make_document(title=f"{SECRET} file", collection=here))
        assert finds(member(LIBRARY_EDITORS), address)
        user = works_in(here, "choose_document")
        assert finds(user, address)
        document.collection = other
        document.save()
        indexed(document)
        assert not finds(user, address)

    @pytest.mark.parametrize("address", OF_FILES)
    def test_that_were_removed_are_found_by_nobody(self, site, address):  # noqa: F811
        document = indexed(make_document(title=f"{SECRET} file"))
        for role in (LIBRARY_EDITORS, SITE_MANAGERS):
            assert finds(member(role), address)
        LibraryDocument.with_removed.filter(pk=document.pk).update(removed_at=document.created_at)
        for role in (LIBRARY_EDITORS, SITE_MANAGERS):
            assert not finds(member(role), address)


class TestPictures:
    @pytest.mark.parametrize("address", OF_PICTURES)
    def test_are_found_by_who_may_choose_them(self, site, address):  # noqa: F811
        here, other = private(), private("Other")
        picture = make_image()
        picture.title, picture.collection = f"{SECRET} picture", here
        picture.save()
        indexed(picture)
        assert finds(member(LIBRARY_EDITORS), address)
        user = works_in(here, f"choose_{get_image_model()._meta.model_name}")
        assert finds(user, address)
        picture.collection = other
        picture.save()
        indexed(picture)
        assert not finds(user, address)


class TestSnippets:
    def test_are_found_by_everybody_who_works_here(self, site):  # noqa: F811
        made = [
            make_contact(team=f"{SECRET} team"),
            GlossaryTerm.objects.create(term=f"{SECRET} word", definition="Is one."),
            Area.objects.create(name=f"{SECRET} area", slug="area"),
        ]
        for thing in made:
            indexed(thing)
            address = reverse(f"wagtailsnippetchoosers_{thing._meta.app_label}_{thing._meta.model_name}:choose_results")
            for role in EVERYBODY:
                assert finds(member(role), address), address
            assert not finds(member(SITE_MANAGERS), address, "Walrus")
            reader = User.objects.create_user(f"{thing.pk}{thing._meta.model_name}@board.example", "a password")
            browser = Client()
            browser.force_login(reader)
            assert browser.get(address, {"q": SECRET.lower()}).status_code in (302, 403)
