"""Parts of a file, as browsers and download programs ask for them (RFC 9110, section 14)."""

import re

_ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})\Z", re.ASCII)


class NotInFile(Exception):
    """The part that was asked for lies behind the end of the file (416)."""


def wanted_range(header: str, size: int) -> tuple[int, int] | None:
    """Return the first and the last byte that a Range header asks for; None for the whole file.

    Several parts at once, and what is no range of bytes, may be answered with the whole. Raises NotInFile.
    """
    match = _ONE_RANGE.match(header.strip())
    if not match or not any(match.groups()):
        return None
    begin, end = match.groups()
    if not begin:
        first, last = max(0, size - int(end)), size - 1
        if not int(end):
            raise NotInFile
    else:
        first, last = int(begin), min(int(end), size - 1) if end else size - 1
        if end and int(end) < int(begin):
            return None
    if first >= size:
        raise NotInFile
    return first, last
