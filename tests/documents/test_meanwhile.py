"""What becomes of a file when something else happens meanwhile: nothing is lost, put back or told twice."""

import threading
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.utils import timezone
from wagtail.models import Collection, GroupApprovalTask, Workflow, WorkflowTask

from documents import checking, services
from documents.checking import check_waiting
from documents.models import LibraryDocument, ResourcePage
from documents.services import pass_version, refuse_version, withhold_version
from pages.tree import TreeBusy
from tests.documents.factories import (
    add_library,
    add_resource,
    findings,
    make_document,
    passed,
    replace_file,
    text_file,
)
from tests.factories import add_home, make_manager

pytestmark = pytest.mark.django_db


@pytest.fixture
def library():
    return add_library(add_home())


def again(document) -> LibraryDocument:
    """Return the file as somebody else reads it."""
    return LibraryDocument.objects.get(pk=document.pk)


def take_out(page, document):
    """Publish the resource without the file."""
    draft = page.get_latest_revision_as_object()
    draft.files = [child for child in draft.files.all() if child.document_id != document.pk]
    draft.save_revision().publish()


class TestASaveFromLongAgo:
    def test_leaves_the_version_that_was_checked_meanwhile(self):
        document = make_document(words="First")
        old = again(document)
        second = replace_file(document, words="Second")
        old.title = "Another name"
        old.save()
        assert (again(document).current, again(document).title) == (second, "Another name")
        assert again(document).file.name == second.file.name

    def test_leaves_a_version_taken_back(self):
        document = make_document(words="First")
        second = replace_file(document, words="Second")
        old = again(document)
        withhold_version(version=second, reason="Names a child.", user=None, now=timezone.now())
        old.save()
        assert again(document).current.number == 1

    def test_brings_no_deleted_file_back(self, library):
        document = make_document()
        page = add_resource(library, document, make_document())
        old = again(document)
        take_out(page, document)
        again(document).delete()
        old.save()
        assert not LibraryDocument.objects.filter(pk=document.pk).exists()

    def test_that_brings_a_new_file_leaves_what_was_checked_meanwhile(self):
        document = make_document(words="First")
        second = replace_file(document, words="Second", check=False)
        old = again(document)
        passed(second)
        old.file = text_file("Third")
        old.save()
        refuse_version(version=old.newest_version(), problem="It holds a macro.", now=timezone.now())
        assert again(document).current == second


class TestANewVersion:
    def test_leaves_what_was_scheduled(self, library):
        document = make_document()
        page = add_resource(library, document)
        moment = timezone.now() + timedelta(days=1)
        draft = page.save_revision(approved_go_live_at=moment)
        withhold_version(version=replace_file(document, words="2"), reason="Old.", user=None, now=timezone.now())
        draft.refresh_from_db()
        assert draft.approved_go_live_at == moment

    def test_leaves_a_review_that_is_under_way(self, library):
        document = make_document()
        page = add_resource(library, document)
        page.save_revision()
        workflow, task = Workflow.objects.create(name="Review"), GroupApprovalTask.objects.create(name="Look")
        WorkflowTask.objects.create(workflow=workflow, task=task)
        state = workflow.start(ResourcePage.objects.get(pk=page.pk), make_manager())
        replace_file(document, words="Second", significance="minor")
        state.refresh_from_db()
        assert state.status == "in_progress"

    def test_of_a_file_taken_out_is_nobodys_while_that_of_the_edition_is_still_to_be_had(self, client, library):
        document = make_document(words="First")
        take_out(add_resource(library, document, make_document()), document)
        second = replace_file(document, words="For the office alone")
        assert client.get(document.url).url == f"/documents/{document.pk}/versions/1/"
        notice = client.get(f"/documents/{document.pk}/versions/1/").content.decode()
        assert "no page offers the file any more" in notice
        for address in (second.url, second.file_url):
            assert client.get(address).status_code == 404


class TestTheCheck:
    def test_blames_no_file_because_others_are_publishing(self, monkeypatch):
        version = make_document(check=False).newest_version()

        def busy(**kwargs):
            raise TreeBusy

        monkeypatch.setattr(checking, "pass_version", busy)
        begun = timezone.now()
        for hours in range(5):
            check_waiting(clock=lambda hours=hours: begun + timedelta(hours=hours))
        version.refresh_from_db()
        assert version.state == "waiting"

    def test_leaves_no_picture_of_a_file_that_was_deleted_meanwhile(self, monkeypatch):
        document = make_document(check=False)
        place = document.file.name.rsplit("/", 1)[0]

        class Deletes:
            def __enter__(self):
                return self

            def __exit__(self, *args):
                pass

            def examine(self, path, *, name):
                again(document).delete()
                return findings(preview=b"picture")

        monkeypatch.setattr(checking, "Examiner", Deletes)
        check_waiting(clock=timezone.now)
        assert not default_storage.exists(f"{place}/first-page.webp")


class TestADeletion:
    def test_leaves_old_editions_with_a_way_to_the_file(self, client, library):
        document = make_document()
        page = add_resource(library, document, make_document())
        take_out(page, document)
        again(document).delete()
        html = BeautifulSoup(client.get(f"{page.url}editions/1/").content, "html.parser")
        links = [link["href"] for link in html.select("main .file__title a")]
        assert len(links) == 2
        assert all(client.get(link, follow=True).status_code == 200 for link in links)

    def test_complains_to_nobody(self, library, caplog):
        document = make_document()
        take_out(add_resource(library, document, make_document()), document)
        again(document).delete()
        assert not [record for record in caplog.records if record.levelname == "ERROR"]

    def test_of_its_collection_is_refused_with_a_reason(self, library):
        collection = Collection.get_first_root_node().add_child(name="Old tools")
        document = make_document(collection=collection)
        take_out(add_resource(library, document, make_document()), document)
        again(document).delete()
        staff = Client()
        staff.force_login(make_manager())
        address = f"/admin/collections/{collection.pk}/delete/"
        assert "1 deleted file that an old edition refers to" in staff.get(address).content.decode()
        assert staff.post(address).status_code == 403
        assert Collection.objects.filter(pk=collection.pk).exists()

    @pytest.mark.postgres
    @pytest.mark.django_db(transaction=True)
    def test_while_its_version_passes_lets_one_wait_for_the_other(self, monkeypatch):
        document = make_document()
        version = replace_file(document, words="Second", check=False)
        faults, has_begun, give_out = [], threading.Event(), services.give_out_newest

        def slowly(**kwargs):
            has_begun.set()
            threading.Event().wait(0.5)
            give_out(**kwargs)

        def run(act):
            try:
                act()
            except Exception as fault:
                faults.append(fault)
            finally:
                connection.close()

        def delete():
            has_begun.wait(10)
            again(document).delete()

        monkeypatch.setattr(services, "give_out_newest", slowly)
        passing = {"version": version, "findings": findings(), "preview": "", "now": timezone.now()}
        threads = [threading.Thread(target=run, args=(act,)) for act in (lambda: pass_version(**passing), delete)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert faults == []


class TestOddAddresses:
    @pytest.mark.parametrize(
        "address",
        [
            "{huge}/x.pdf",
            "{huge}/versions/1/",
            "{huge}/versions/1/x.pdf",
            "1/versions/{huge}/",
            "{huge}/versions/1/first-page.webp",
        ],
    )
    def test_are_not_found(self, client, library, address):
        assert client.get(f"/documents/{address.format(huge='9' * 20)}").status_code == 404

    def test_a_lost_picture_is_not_found(self, client, library):
        document = make_document()
        add_resource(library, document)
        document.versions.update(preview="documents/gone/first-page.webp")
        assert client.get(f"/documents/{document.pk}/versions/1/first-page.webp").status_code == 404
