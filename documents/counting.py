"""Counting downloads: which requests are one, and writing them down without keeping anybody waiting.

Nothing about the person is looked at but what the rules below need, and nothing of it is written down.
"""

import re
import sys

from counting.failing import failing_quietly
from counting.periods import today
from counting.readers import is_reader
from documents import spool

# Programs ask for the first bytes of a file to learn what it is; who reads it asks for more.
LARGEST_PROBE = 1024
_PART_SENT = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18})\Z", re.ASCII)
_FIRST_PART_WANTED = re.compile(r"\s*bytes=\s*(\d{0,18})-(\d{0,18})", re.ASCII)


def count_download(*, request, response, document_id: int) -> None:
    """Note that a file of the library is on its way to a reader, if this is a download. Raises nothing.

    Not counted: HEAD and answers without the file; parts that do not begin the file, and a probe of its first bytes;
    what browsers fetch in case it is wanted; robots; staff who are signed in.
    """
    with failing_quietly("Downloads"):
        if is_download(request, response):
            spool.note(document_id=document_id, day=today())


def is_download(request, response) -> bool:
    """Tell whether this answer gives a file to a reader."""
    return request.method == "GET" and _begins_the_file(request, response) and is_reader(request)


def _begins_the_file(request, response) -> bool:
    if response.status_code == 206:
        sent = _PART_SENT.match(response.get("Content-Range", ""))
        return bool(sent) and _is_beginning(int(sent[1]), int(sent[2]), size=int(sent[3]))
    return response.status_code == 200 and ("X-Accel-Redirect" not in response or _web_server_sends(request, response))


def _web_server_sends(request, response) -> bool:
    """Whether nginx, which answers for ranges and for copies that still hold, will send the file from its beginning.

    A browser that asks whether its copy still holds mostly hears that it does, unless the tag is our own.
    """
    asks_whether_changed = "If-None-Match" in request.headers or "If-Modified-Since" in request.headers
    if asks_whether_changed and "ETag" not in response:
        return False
    wanted = _FIRST_PART_WANTED.match(request.headers.get("Range", ""))
    if not wanted or not any(wanted.groups()):
        return True
    first, last = wanted.groups()
    return first != "" and _is_beginning(int(first), int(last) if last else sys.maxsize)


def _is_beginning(first: int, last: int, *, size: int = 0) -> bool:
    """Whether the part (both bytes included) begins a file of `size` bytes (0: not known) and is more than a probe."""
    return first == 0 and (last >= LARGEST_PROBE or last + 1 == size)
