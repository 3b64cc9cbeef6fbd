"""What staff had uploaded before the room existed: every file keeps its key and its place, and waits for the check."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import connection
from taggit.models import TaggedItem
from wagtail.documents.models import Document
from wagtail.models import ReferenceIndex

from documents.models import EditionFile, LibraryDocument
from tests.documents.factories import make_document
from tests.factories import add_archive, add_bulletin, add_home, add_information, news
from tests.procedures.factories import add_chapter, add_manual

take_over = import_module("documents.migrations.0002_take_over_documents").take_over


def run():
    with connection.schema_editor(atomic=False) as editor:
        take_over(apps, editor)


@pytest.mark.django_db(transaction=True)
class TestTakingOver:
    def test_keeps_key_place_tags_and_uses(self):
        old = Document.objects.create(pk=4711, title="Care profile", file=ContentFile(b"abc", name="Care profile.txt"))
        old.tags.add("neglect")
        body = [{"type": "text", "id": "1", "value": '<p><a linktype="document" id="4711">x</a></p>'}]
        page = add_information(add_home(), body=body)
        old_type, new_type = (ContentType.objects.get_for_model(model) for model in (Document, LibraryDocument))
        ReferenceIndex.objects.filter(object_id=str(page.pk), to_object_id="4711").update(to_content_type=old_type)
        run()
        document = LibraryDocument.objects.get(pk=4711)
        assert (document.title, document.file.name, document.current) == ("Care profile", old.file.name, None)
        version = document.versions.get()
        assert (version.number, version.size, version.state) == (1, 3, "waiting")
        assert version.sha256.startswith("ba7816bf")
        assert [tag.name for tag in document.tags.all()] == ["neglect"]
        assert not TaggedItem.objects.filter(content_type=old_type).exists()
        assert document.get_usage().count() == 1

    def test_keeps_what_the_editions_so_far_link_to(self):
        Document.objects.create(pk=4711, title="Old", file=ContentFile(b"abc", name="old.txt"))
        home = add_home()
        link, other = '<a linktype="document" id="4711">x</a>', '<a linktype="page" id="4711">y</a>'
        issue = add_bulletin(add_archive(home), items=[news(body=f"<p>{link}</p>")])
        chapter = add_chapter(add_manual(home), scope=f"<p>{link} {other}</p>")
        EditionFile.objects.all().delete()
        run()
        kept = EditionFile.objects.values_list("edition__page", "document")
        assert set(kept) == {(issue.pk, 4711), (chapter.pk, 4711)}

    def test_lets_new_files_have_keys_behind_the_old_ones(self):
        Document.objects.create(pk=4711, title="Old", file=ContentFile(b"abc", name="old.txt"))
        run()
        assert make_document().pk > 4711

    def test_goes_on_where_the_store_has_lost_a_file(self):
        Document.objects.create(title="Lost", file="documents/lost.txt")
        run()
        assert LibraryDocument.objects.get().versions.get().sha256 == ""
