"""The addresses of files. None of them says that there is a file which whoever asks may not have."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from documents.counting import count_download
from documents.models import FileVersion, LibraryDocument, ResourcePage
from documents.offering import may_have
from documents.sending import send
from files.kinds import kind_of

# In the address of a superseded version, once its notice has been read.
READ_NOTICE = "superseded"


@require_safe
def newest(request, key, name=""):
    """Answer the plain address of a file: the newest checked version, whatever it was called when the link was made."""
    found = _version_or_404(request, LibraryDocument.objects.filter(pk=_number(key)).values("current"))
    if name != found.name:
        # The name in the address is what a browser saves it under.
        return _not_kept(redirect(found.document.url_of(found.name)))
    return _file(request, found)


@require_safe
def version(request, key, number):
    """Answer the address of a version: its file; for a superseded one a page that says so and offers both."""
    found = _version_or_404(request, FileVersion.objects.filter(document=key, number=number).values("pk"))
    if found.pk == found.document.current_id:
        return _not_kept(redirect(found.file_url))
    context = {
        "version": found,
        "current": found.document.current if found.document.removed_at is None else None,
        "next": found.document.versions.passed().filter(number__gt=found.number).order_by("number").first(),
        "resource": ResourcePage.objects.visible().filter(files__document=found.document_id).first(),
        "newest_url": found.document.url,
        "file_url": f"{found.file_url}?{READ_NOTICE}",
        "noindex": True,
    }
    return _not_kept(render(request, "documents/superseded.html", context))


@require_safe
def version_file(request, key, number, name):
    """Answer the file of a version. A superseded one is only given to who has seen its notice."""
    found = _version_or_404(request, FileVersion.objects.filter(document=key, number=number).values("pk"))
    if found.pk != found.document.current_id and READ_NOTICE not in request.GET:
        return _not_kept(redirect(found.url))
    return _file(request, found)


@require_safe
def preview(request, key, number):
    """Answer the picture of the first page of a version."""
    found = _version_or_404(request, FileVersion.objects.filter(document=key, number=number).values("pk"))
    if not found.preview:
        raise Http404
    stored = found.preview
    facts = {"media_type": "image/webp", "name": "first-page.webp", "etag": f"{found.sha256}-p", "size": stored.size}
    return _send(request, found, stored, **facts)


def _version_or_404(request, keys) -> FileVersion:
    """Return the version if whoever asks may have it. Raises Http404 for every other reason alike."""
    found = FileVersion.objects.select_related("document__current", "document__collection").filter(pk__in=keys).first()
    if found is None or not may_have(found, request):
        raise Http404
    return found


def _file(request, found: FileVersion):
    """Send the file of a version, and count it once it is on its way."""
    kind = kind_of(found.name)
    media_type = found.media_type or (kind.media_type if kind else "application/octet-stream")
    response = _send(
        request, found, found.file, media_type=media_type, name=found.name, etag=found.sha256, size=found.size
    )
    count_download(request=request, response=response, document_id=found.document_id)
    return response


def _send(request, found, stored, **facts):
    try:
        return send(request, stored, modified=found.passed_at, **facts)
    except FileNotFoundError as error:
        # Lost in storage: the reader is told no more than of any other file that is not there.
        raise Http404 from error


def _number(text: str) -> int:
    """Return the number in an address; none is as large as to frighten a database."""
    return int(text) if len(text) < 19 else 0


def _not_kept(response):
    patch_cache_control(response, private=True, no_cache=True)
    return response
