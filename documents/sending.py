"""A stored file as an answer: whole or in part, from this machine's disk, from a bucket, or by the web server.

Whatever is in a file, it can do nothing as the site: its type is the one that was found, browsers must not guess
another, and it may load and run nothing (Content-Security-Policy).
"""

from collections.abc import Iterator
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header, http_date, parse_etags, parse_http_date_safe

from documents.ranges import NotInFile, wanted_range

SENT_AT_ONCE = 64 * 1024
# Opened in the browser; everything else is saved. A PDF runs in the browser's own viewer.
SHOWN = {"application/pdf", "image/webp"}
MAY_DO_NOTHING = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"


def send(request, stored, *, media_type: str, name: str, etag: str, size: int, modified) -> HttpResponse:
    """Answer a GET or HEAD with a stored file (a FieldFile), or with the part of it that was asked for.

    `etag`: what changes when the bytes do, without quotes. `modified`: since when it can be had.
    """
    etag = f'"{etag}"'
    if _is_known(request, etag, modified):
        return _with_headers(HttpResponseNotModified(), etag, modified)
    if settings.FILES_BY_WEB_SERVER and _is_on_disk(stored):
        return _with_headers(_named(_by_web_server(stored), media_type, name), etag, modified)
    try:
        part = _wanted(request, etag, modified, size)
    except NotInFile:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    first, last = part or (0, size - 1)
    response = HttpResponse(b"") if request.method == "HEAD" else _opened(stored, part, first, last)
    if part:
        response.status_code = 206
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Content-Length"] = str(last - first + 1)
    response["Accept-Ranges"] = "bytes"
    return _with_headers(_named(response, media_type, name), etag, modified)


def _is_known(request, etag: str, modified) -> bool:
    """Whether the browser has these bytes already. The tag decides where it names one (RFC 9110, 13.2.2)."""
    if given := request.headers.get("If-None-Match"):
        tags = [tag.removeprefix("W/") for tag in parse_etags(given)]
        return "*" in tags or etag in tags
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    return since is not None and int(modified.timestamp()) <= since


def _wanted(request, etag: str, modified, size: int) -> tuple[int, int] | None:
    header = request.headers.get("Range", "")
    condition = request.headers.get("If-Range", "")
    # The rest of what somebody has only fits when it is still the same file.
    if not header or (condition and condition not in (etag, http_date(modified.timestamp()))):
        return None
    return wanted_range(header, size)


def _is_on_disk(stored) -> bool:
    try:
        return bool(stored.path)
    except NotImplementedError:
        return False


def _by_web_server(stored):
    """Leave the bytes to nginx (X-Accel-Redirect), and parts of them; it takes our headers over (deploy/nginx.conf)."""
    return HttpResponse(b"", headers={"X-Accel-Redirect": settings.FILES_BY_WEB_SERVER + quote(stored.name)})


def _opened(stored, part, first: int, last: int):
    """Return an answer with the bytes from the first to the last. It is opened now, so that nobody waits in vain."""
    if hasattr(stored.storage, "bucket"):
        return StreamingHttpResponse(_from_bucket(stored, first, last))
    file = stored.storage.open(stored.name, "rb")
    return StreamingHttpResponse(_part_of(file, first, last)) if part else FileResponse(file)


def _from_bucket(stored, first: int, last: int) -> Iterator[bytes]:
    """Return the bytes as they come. Only these leave the bucket: what django-storages opens, it fetches as a whole."""
    client = stored.storage.bucket.meta.client
    place = {"Bucket": stored.storage.bucket.name, "Key": stored.storage._normalize_name(stored.name)}
    try:
        body = client.get_object(**place, Range=f"bytes={first}-{last}")["Body"]
    except client.exceptions.NoSuchKey as error:
        raise FileNotFoundError(stored.name) from error
    return body.iter_chunks(SENT_AT_ONCE)


def _part_of(file, first: int, last: int) -> Iterator[bytes]:
    """Yield the bytes; the file is closed when the reader goes away."""
    with file:
        file.seek(first)
        left = last - first + 1
        while left > 0 and (read := file.read(min(SENT_AT_ONCE, left))):
            left -= len(read)
            yield read


def _named(response, media_type: str, name: str):
    response["Content-Type"] = media_type
    response["Content-Disposition"] = content_disposition_header(media_type not in SHOWN, name) or "inline"
    response["Content-Security-Policy"] = MAY_DO_NOTHING
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _with_headers(response, etag: str, modified):
    response["ETag"] = etag
    response["Last-Modified"] = http_date(modified.timestamp())
    # Asked again each time: a file may be replaced or taken back. Not kept between us and the reader.
    patch_cache_control(response, private=True, no_cache=True)
    return response
