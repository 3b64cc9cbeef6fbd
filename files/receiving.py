"""The quick check of a file as it arrives, in the web process: is it what its name says, and may it be here at all?

Little is read: the first and last kilobytes, and of a zip file its list and one small part. What the whole file says is
found out later, apart from the web process (`files.confined`).
"""

import os
import re
from typing import BinaryIO

from files.encodings import decode, is_written
from files.kinds import KINDS, Kind, kind_of
from files.office import check_office
from files.ole import refusal_of
from files.packages import opened
from files.refusals import Damaged, Empty, NotAllowed, TooLarge, WrongContent, in_words
from files.signatures import HEAD, OLE, is_pdf, is_rtf, is_web_page, is_zip, what_it_is

# Where readers look for the end of a PDF; some programs and mail gateways leave a little behind it.
TAIL = 4096
# “startxref 0” ends the first part of a PDF that is made for reading before it is there in full.
PDF_END = re.compile(rb"startxref\s+(?!0\s)\d{1,11}\s+%%EOF")


def check_upload(file: BinaryIO, *, name: str, most_bytes: int) -> Kind:
    """Return the kind of an uploaded file, after a look at what is in it; its position is 0 then.

    `file` can be read and sought in; `name` is what the browser called it. Its size is measured, and whatever the
    browser or the file itself say of sizes is not believed. Raises Refused, in words for whoever uploaded it.
    """
    try:
        kind = kind_of(name)
        if kind is None:
            raise NotAllowed(f"We do not take this kind of file. Upload one of these: {_list()}.")
        _check_size(file.seek(0, os.SEEK_END), most_bytes)
        file.seek(0)
        head = file.read(HEAD)
        CHECKS.get(kind.extension, _check_package)(file, head, kind)
    finally:
        file.seek(0)
    return kind


def _list() -> str:
    *most, last = (f"{kind.short} (.{kind.extension})" for kind in KINDS.values())
    return f"{', '.join(most)} or {last}"


def _check_size(size: int, most_bytes: int):
    if not size:
        raise Empty("This file is empty. Check that it is the right one, and that it was saved.")
    if size > most_bytes:
        raise TooLarge(
            f"This file has {in_words(size)}; we take at most {in_words(most_bytes)}. Make it smaller, or split it."
        )


def _check_pdf(file: BinaryIO, head: bytes, kind: Kind):
    if not is_pdf(head):
        raise _not(kind, head)
    file.seek(-min(TAIL, file.seek(0, os.SEEK_END)), os.SEEK_END)
    if not PDF_END.search(file.read(TAIL)):
        raise Damaged(kind.label)


def _check_package(file: BinaryIO, head: bytes, kind: Kind):
    if head.startswith(OLE):
        raise refusal_of(file)
    if not is_zip(head):
        raise _not(kind, head)
    with opened(file) as package:
        check_office(package, kind)


def _check_rtf(file: BinaryIO, head: bytes, kind: Kind):
    if not is_rtf(head):
        raise _not(kind, head)


def _check_text(file: BinaryIO, head: bytes, kind: Kind):
    if is_web_page(head) or is_pdf(head) or is_rtf(head) or not is_written(decode(head, is_whole=False)):
        raise _not(kind, head)


def _not(kind: Kind, head: bytes) -> WrongContent:
    what = what_it_is(head)
    said = f"it is {what}" if what else "something else is in it"
    return WrongContent(f"This file is called {kind.named}, but {said}. Upload the document itself.")


CHECKS = {"pdf": _check_pdf, "rtf": _check_rtf, "txt": _check_text, "csv": _check_text}
