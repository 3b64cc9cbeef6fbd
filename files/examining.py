"""A file is opened by its kind, and what is in it is found; apart from the site (`files.confined`), without Django."""

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from files.findings import Findings
from files.kinds import Kind, kind_of
from files.packages import Package, opened
from files.reading_odf import read_open_document
from files.reading_pdf import preview_of_pdf, read_pdf
from files.reading_rtf import read_rtf
from files.reading_sheets import read_sheets
from files.reading_slides import read_slides
from files.reading_text import read_text
from files.reading_word import read_word
from files.receiving import check_upload
from files.refusals import Damaged, Refused

# Far above what the site takes, which is checked where files come in.
MOST_BYTES = 1024**3

log = logging.getLogger(__name__)


def examine(path: Path, *, name: str) -> Findings:
    """Return what is in a file that was called `name`, with a preview where there is one.

    Raises Refused for anything that is wrong with the file, OSError when it cannot be opened, and MemoryError.
    """
    return replace(examine_words(path, name=name), preview=preview_of(path, name=name))


def examine_words(path: Path, *, name: str) -> Findings:
    """Return what is in a file without its preview; the rest is as in `examine`."""
    with path.open("rb") as file:
        try:
            kind = check_upload(file, name=name, most_bytes=MOST_BYTES)
            return READERS[kind.extension](path, kind)
        except (Refused, MemoryError):
            raise
        except Exception as error:
            # Libraries raise whatever comes to hand when a file is not as they expect.
            log.info("A file could not be read", exc_info=error)
            raise Damaged from error


def preview_of(path: Path, *, name: str) -> bytes:
    """Return a picture of a file's first page, b"" where none can be made.

    Only of PDFs: the picture that Office keeps in its files is often that of the template.
    """
    if kind_of(name).extension != "pdf":
        return b""
    try:
        return preview_of_pdf(path)
    except MemoryError:
        raise
    except Exception as error:
        # It is an extra: a file without it is as useful.
        log.info("A picture of a file's first page could not be made", exc_info=error)
        return b""


def _packed(read: Callable[[Path, Package, Kind], Findings]) -> Callable[[Path, Kind], Findings]:
    def read_file(path: Path, kind: Kind) -> Findings:
        with path.open("rb") as file, opened(file) as package:
            return read(path, package, kind)

    return read_file


_open_document = _packed(lambda _, package, kind: read_open_document(package, kind))

READERS: dict[str, Callable[[Path, Kind], Findings]] = {
    "pdf": lambda path, kind: read_pdf(path),
    "docx": _packed(lambda _path, package, _kind: read_word(package)),
    "xlsx": _packed(lambda path, package, kind: read_sheets(path, package)),
    "pptx": _packed(lambda path, package, kind: read_slides(package)),
    "odt": _open_document,
    "ods": _open_document,
    "odp": _open_document,
    "rtf": lambda path, kind: read_rtf(path),
    "txt": read_text,
    "csv": read_text,
}
