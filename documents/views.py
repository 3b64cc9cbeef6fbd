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
LARGEST_NUMBER = 2**31
MOST_OLDER = 10


@require_safe
def newest(request, key, name=""):
    """Answer the plain address of a file: the newest checked version, whatever it was called when the link was made."""
    key = _number(key)
    found = _version_or_404(request, LibraryDocument.objects.filter(pk=key).values("current"), or_older_of=key)
    if found.pk != found.document.current_id:
        return _not_kept(redirect(found.url))
    if name != found.name:
        # The name in the address is what a browser saves it under.
        return _not_kept(redirect(found.document.url_of(found.name)))
    return _file(request, found)


@require_safe
def version(request, key, number):
    """Answer the address of a version: its file; for a superseded one a page that says so and offers both."""
    found = _version_or_404(request, _of_number(key, number))
    if found.pk == found.document.current_id:
        return _not_kept(redirect(found.file_url))
    context = {
        "version": found,
        "current": _offered_now(found, request),
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
    found = _version_or_404(request, _of_number(key, number))
    if found.pk != found.document.current_id and READ_NOTICE not in request.GET:
        return _not_kept(redirect(found.url))
    return _file(request, found)


@require_safe
def preview(request, key, number):
    """Answer the picture of the first page of a version."""
    found = _version_or_404(request, _of_number(key, number))
    if not found.preview:
        raise Http404
    try:
        size = found.preview.size
    except FileNotFoundError as error:
        raise Http404 from error
    facts = {"media_type": "image/webp", "name": "first-page.webp", "etag": f"{found.sha256}-p", "size": size}
    return _send(request, found, found.preview, **facts)


def _version_or_404(request, keys, *, or_older_of: int | None = None) -> FileVersion:
    """Return the version if whoever asks may have it. Raises Http404 for every other reason alike.

    `or_older_of`: the key of a document. Where an earlier edition offered it and no page does any more, readers of that
    edition may have what was given out then, and nothing that came later.
    """
    versions = FileVersion.objects.select_related("document__current", "document__collection")
    found = versions.filter(pk__in=keys).first()
    if found is not None and may_have(found, request):
        return found
    if found is not None and or_older_of:
        older = versions.passed().filter(document=or_older_of, number__lt=found.number).order_by("-number")
        if allowed := next((one for one in older[:MOST_OLDER] if may_have(one, request)), None):
            return allowed
    raise Http404


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


def _offered_now(found: FileVersion, request) -> FileVersion | None:
    """Return the version that the plain address gives to whoever asks."""
    current = found.document.current if found.document.removed_at is None else None
    if current is None:
        return None
    current.document = found.document
    return current if may_have(current, request) else None


def _of_number(key: int, number: int):
    """Return the key of a version, as a question for the database; larger numbers than it knows name none."""
    known = max(key, number) < LARGEST_NUMBER
    return FileVersion.objects.filter(document=key, number=number).values("pk") if known else []


def _number(text: str) -> int:
    """Return the number in an address; none is as large as to frighten a database."""
    return int(text) if len(text) < 19 else 0


def _not_kept(response):
    patch_cache_control(response, private=True, no_cache=True)
    return response
