"""Files, resources and a library for tests."""

from itertools import count

from django.core.files.base import ContentFile
from django.utils import timezone

from documents.models import FileVersion, LibraryDocument, LibraryPage, ResourceFile, ResourcePage
from documents.services import pass_version
from files.findings import Findings, Passage
from tests.factories import add_page
from tests.written_once import written_once

_numbers = count(1)


def text_file(words="Some words", name="notes.txt") -> ContentFile:
    """Return an upload that is what its name says."""
    return ContentFile(words.encode(), name=name)


def findings(**fields) -> Findings:
    """Return what a check found in a file."""
    values = {
        "media_type": "text/plain",
        "pages": None,
        "language": "",
        "title": "",
        "is_tagged": None,
        "passages": (),
        "faults": (),
        "preview": b"",
    }
    return Findings(**values | fields)


def passed(version: FileVersion, *, text="", **fields) -> FileVersion:
    """Let a version pass the check; `text` is what was found in it."""
    if text:
        fields["passages"] = (Passage(page=1, place="page 1", text=text),)
    pass_version(version=version, findings=findings(**fields), preview="", now=timezone.now())
    version.refresh_from_db()
    return version


def make_document(*, words=None, name="notes.txt", check=True, **fields) -> LibraryDocument:
    """Make a file of the library, checked unless told not to."""
    number = next(_numbers)
    words = f"Words number {number}" if words is None else words
    document = LibraryDocument.objects.create(**{"title": f"File {number}"} | fields, file=text_file(words, name))
    if check:
        passed(document.newest_version(), text=words)
        document = LibraryDocument.objects.select_related("current").get(pk=document.pk)
    return document


def replace_file(document, *, words, name="notes.txt", check=True, **answer) -> FileVersion:
    """Put a new file in the place of another and return its version, checked unless told not to."""
    document = LibraryDocument.objects.get(pk=document.pk)
    document.file = text_file(words, name)
    document.new_version = {"note": "What changed.", **answer}
    document.save()
    version = document.newest_version()
    return passed(version, text=words) if check else version


@written_once
def add_library(home, **fields) -> LibraryPage:
    """Make the documents library."""
    return add_page(home, LibraryPage(**{"title": "Library", "slug": "library"} | fields))


def add_resource(library, *documents, publish=True, **fields) -> ResourcePage:
    """Make a resource that offers these files."""
    number = next(_numbers)
    topics, audiences = fields.pop("topics", ()), fields.pop("audiences", ())
    values = {"title": f"Resource {number}", "slug": f"resource-{number}", "resource_type": "tool"} | fields
    page = ResourcePage(**values)
    page.files = [ResourceFile(document=document, sort_order=order) for order, document in enumerate(documents)]
    page.topics, page.audiences = topics, audiences
    return add_page(library, page, publish=publish)
