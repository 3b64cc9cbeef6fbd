"""Takes over what staff uploaded into Wagtail's own document library, before this room existed.

Each keeps its key, so that links in texts keep working, and its place in storage. It becomes version 1, which waits for
the check like every other upload. The old rows stay where they are and are used no more.
"""

import json
import re
from hashlib import sha256
from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import migrations
from django.utils import timezone

READ_AT_ONCE = 1024 * 1024
LINK = re.compile(r"<a\b[^>]{0,500}>")
DOCUMENT, KEY = re.compile(r"\blinktype=\W{1,9}document\b"), re.compile(r"\bid=\W{1,9}(\d{1,18})\b")


def take_over(apps, schema_editor):
    Old = apps.get_model("wagtaildocs", "Document")
    New = apps.get_model("documents", "LibraryDocument")
    FileVersion = apps.get_model("documents", "FileVersion")
    kept = ("id", "title", "file", "created_at", "collection_id", "uploaded_by_user_id", "file_size", "file_hash")
    for old in Old.objects.order_by("pk").iterator(chunk_size=200):
        New.objects.bulk_create([New(**{name: getattr(old, name) for name in kept})])
        size, digest = _read(old.file.name)
        FileVersion.objects.create(
            document_id=old.pk,
            number=1,
            file=old.file.name,
            name=PurePosixPath(old.file.name).name[:150],
            size=size,
            sha256=digest,
            uploaded_at=old.created_at or timezone.now(),
            uploaded_by_id=old.uploaded_by_user_id,
        )
    _keep_for_editions(apps)
    _move_references(apps)
    _let_keys_go_on(schema_editor, New)


def _read(name):
    """Return size and SHA-256; of a file that is lost nothing, and the check will say so."""
    digest, size = sha256(), 0
    try:
        with default_storage.open(name, "rb") as file:
            while part := file.read(READ_AT_ONCE):
                digest.update(part)
                size += len(part)
    except OSError:
        return 0, ""
    return size, digest.hexdigest()


def _keep_for_editions(apps):
    """Write down which files the editions so far link to in their texts; later ones do so when they are made."""
    EditionFile = apps.get_model("documents", "EditionFile")
    known = set(apps.get_model("documents", "LibraryDocument").objects.values_list("pk", flat=True))
    editions = apps.get_model("updates", "Edition").objects.select_related("revision").order_by("pk")
    for edition in editions.iterator(chunk_size=100) if known else ():
        keys = {key for key in _linked(json.dumps(edition.revision.content)) if key in known}
        EditionFile.objects.bulk_create([EditionFile(edition_id=edition.pk, document_id=key) for key in keys])


def _linked(text):
    """Yield the keys of the documents that the rich text in a revision links to, whatever quotes are escaped."""
    for tag in LINK.findall(text):
        if DOCUMENT.search(tag) and (key := KEY.search(tag)):
            yield int(key[1])


def _move_references(apps):
    """Let tags and the list of what is used where point at the new rows, which have the same keys."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    old = ContentType.objects.filter(app_label="wagtaildocs", model="document").first()
    if old is None:
        return
    new, _ = ContentType.objects.get_or_create(app_label="documents", model="librarydocument")
    apps.get_model("taggit", "TaggedItem").objects.filter(content_type=old).update(content_type=new)
    apps.get_model("wagtailcore", "ReferenceIndex").objects.filter(to_content_type=old).update(to_content_type=new)


def _let_keys_go_on(schema_editor, model):
    """Begin counting behind the keys that were taken over (PostgreSQL counts apart from the table)."""
    for statement in schema_editor.connection.ops.sequence_reset_sql(no_style(), [model]):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_initial"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(take_over, migrations.RunPython.noop)]
