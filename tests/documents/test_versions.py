"""A file under one address: every new file is a version, and nothing is overwritten or lost."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from wagtail.documents import get_document_model

from documents.models import EditionFile, FileVersion, LibraryDocument
from documents.services import NotTheirs, pass_version, refuse_version, withhold_version
from tests.documents.factories import (
    add_library,
    add_resource,
    findings,
    make_document,
    passed,
    replace_file,
    text_file,
)
from tests.factories import add_home, add_information, make_manager

pytestmark = pytest.mark.django_db


def stored(version) -> bytes:
    with version.file.storage.open(version.file.name) as file:
        return file.read()


def link_to(document) -> list[dict]:
    return [{"type": "text", "id": "1", "value": f'<p><a linktype="document" id="{document.pk}">Read it</a></p>'}]


class TestAFile:
    def test_is_what_wagtail_calls_a_document(self):
        assert get_document_model() is LibraryDocument

    def test_waits_to_be_checked_and_is_given_to_nobody_until_then(self):
        document = make_document(check=False)
        assert (document.newest_version().state, document.current) == ("waiting", None)
        assert document not in LibraryDocument.objects.visible()

    def test_knows_its_size_and_checksum(self):
        version = make_document(words="abc").newest_version()
        assert version.size == 3
        assert version.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

    def test_is_stored_under_a_name_that_nobody_can_guess_and_offered_under_its_own(self):
        one, other = (make_document(name="../../Care profile.txt").newest_version() for _ in range(2))
        assert one.name == other.name == "Care profile.txt"
        assert one.file.name != other.file.name
        assert ".." not in one.file.name


class TestReplacing:
    def test_makes_the_next_version_and_keeps_the_one_before(self):
        document = make_document(words="First")
        replace_file(document, words="Second", name="other.txt")
        first, second = document.versions.order_by("number")
        assert [(one.number, stored(one)) for one in (first, second)] == [(1, b"First"), (2, b"Second")]
        assert LibraryDocument.objects.get(pk=document.pk).current == second

    def test_gives_out_the_version_before_until_the_new_one_is_checked(self):
        document = make_document(words="First")
        second = replace_file(document, words="Second", check=False)
        document.refresh_from_db()
        assert document.current.number == 1
        passed(second)
        document.refresh_from_db()
        assert document.current.number == 2

    def test_with_the_very_same_file_changes_nothing(self):
        document = make_document(words="Same")
        place = document.file.name
        replace_file(document, words="Same", check=False)
        document.refresh_from_db()
        assert (document.versions.count(), document.file.name) == (1, place)

    def test_that_passes_late_does_not_put_an_old_version_in_the_place_of_a_newer_one(self):
        document = make_document(words="First")
        second = replace_file(document, words="Second", check=False)
        third = replace_file(document, words="Third", check=False)
        passed(third)
        passed(second)
        document.refresh_from_db()
        assert document.current == third

    def test_saves_no_version_where_the_document_could_not_be_saved(self):
        document = make_document()
        document.file, document.title = text_file("Other"), None
        with pytest.raises(IntegrityError), transaction.atomic():
            document.save()
        assert document.versions.count() == 1

    def test_numbers_are_never_given_twice(self):
        document = make_document()
        row = FileVersion(
            document=document, number=1, file="x", name="x", size=1, sha256="", uploaded_at=timezone.now()
        )
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


class TestTheCheck:
    def test_passes_a_version_once(self):
        version = make_document().newest_version()
        with pytest.raises(NotTheirs):
            pass_version(version=version, findings=findings(), preview="", now=timezone.now())

    def test_keeps_the_words_page_by_page(self):
        version = make_document(words="Words inside").newest_version()
        assert [(said.page, said.place, said.text) for said in version.passages.all()] == [
            (1, "page 1", "Words inside")
        ]

    def test_refuses_with_a_reason_and_readers_keep_the_version_before(self):
        document = make_document(words="First")
        refuse_version(
            version=replace_file(document, words="Second", check=False), problem="It holds a macro.", now=timezone.now()
        )
        document.refresh_from_db()
        assert document.current.number == 1
        assert document.versions.get(number=2).problem == "It holds a macro."


class TestTakingBack:
    def test_gives_readers_the_version_before(self):
        document = make_document(words="First")
        second = replace_file(document, words="Second")
        withhold_version(version=second, reason="Names a child.", user=make_manager(), now=timezone.now())
        document.refresh_from_db()
        assert document.current.number == 1
        assert stored(second) == b"Second"
        assert not second.passages.exists()

    def test_of_the_only_one_leaves_nothing_to_give(self):
        document = make_document()
        withhold_version(version=document.current, reason="Names a child.", user=None, now=timezone.now())
        document.refresh_from_db()
        assert document.current is None

    def test_happens_once(self):
        version = make_document().current
        withhold_version(version=version, reason="Names a child.", user=None, now=timezone.now())
        with pytest.raises(NotTheirs):
            withhold_version(version=version, reason="Again.", user=None, now=timezone.now())


class TestDeleting:
    def test_takes_every_version_away_when_nothing_ever_referred_to_it(self, django_capture_on_commit_callbacks):
        document = make_document(words="First")
        replace_file(document, words="Second")
        versions = list(document.versions.all())
        with django_capture_on_commit_callbacks(execute=True):
            LibraryDocument.objects.get(pk=document.pk).delete()
        assert not LibraryDocument.with_removed.filter(pk=document.pk).exists()
        assert not any(version.file.storage.exists(version.file.name) for version in versions)

    def test_keeps_what_an_edition_refers_to(self, django_capture_on_commit_callbacks):
        home = add_home()
        document = make_document(words="First")
        resource = add_resource(add_library(home), document)
        resource.files = []
        resource.change_significance = "minor"
        resource.save_revision().publish()
        version = document.current
        with django_capture_on_commit_callbacks(execute=True):
            LibraryDocument.objects.filter(pk=document.pk).delete()
        assert not LibraryDocument.objects.filter(pk=document.pk).exists()
        assert LibraryDocument.with_removed.get(pk=document.pk).removed_at
        assert stored(version) == b"First"

    def test_is_refused_while_a_resource_offers_it(self):
        document = make_document()
        add_resource(add_library(add_home()), document, publish=False)
        with pytest.raises(ProtectedError):
            document.delete()
        assert LibraryDocument.objects.filter(pk=document.pk).exists()

    def test_makes_links_in_texts_plain_words(self, client):
        document = make_document()
        page = add_information(add_home(), body=link_to(document))
        assert document.url in client.get(page.url).content.decode()
        LibraryDocument.objects.get(pk=document.pk).delete()
        text = client.get(f"{page.url}?again").content.decode()
        assert document.url not in text
        assert "Read it" in text


class TestEditions:
    def test_write_down_the_files_they_refer_to(self):
        one, other = make_document(), make_document()
        resource = add_resource(add_library(add_home()), one, other, purpose=link_to(one)[0]["value"])
        kept = EditionFile.objects.filter(edition__page=resource)
        assert set(kept.values_list("document", flat=True)) == {one.pk, other.pk}

    def test_do_not_fail_over_a_file_that_never_was(self):
        resource = add_resource(
            add_library(add_home()), make_document(), purpose='<p><a linktype="document" id="999999">x</a></p>'
        )
        assert resource.editions.count() == 1
