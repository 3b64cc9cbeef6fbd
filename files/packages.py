"""The zip file that an Office document is: its parts, read within limits, so that nothing in it fills the machine."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from files.refusals import Damaged, Protected, TooLarge, in_words
from files.xml_streams import Handler, listen

# The largest presentations have some 3,000 parts.
MOST_PARTS = 10_000
# The list of what is in a zip file: zipfile reads all of it, and makes an object for each line.
MOST_LIST = 2 * 1024 * 1024
MOST_CLAIMED = 1024**3
MOST_EACH = 128 * 1024 * 1024
MOST_READ = 256 * 1024 * 1024
# Deflate can pack 1,032 to one; Office's own XML is rarely packed more than 60 to one.
MOST_RATIO, SMALL = 300, 8 * 1024 * 1024
CHUNK = 64 * 1024
ENCRYPTED = 0x1
# What Office uses. LZMA and bzip2 would claim memory of their own.
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
# What zipfile raises on damaged files.
DAMAGED = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, LookupError,
    OverflowError,
)  # fmt: skip


@contextmanager
def opened(file: BinaryIO) -> Iterator["Package"]:
    """Open the package in a file, and close it again; the file stays open. Raises Damaged, Protected or TooLarge."""
    try:
        archive = zipfile.ZipFile(_Sparing(file))
    except DAMAGED:
        raise Damaged from None
    with archive:
        yield Package(archive)


class Package:
    """The parts of a document by name. Names are compared without regard to case, as Office does."""

    def __init__(self, archive: zipfile.ZipFile):
        self._archive = archive
        if not all(info.filename for info in archive.infolist()):
            raise Damaged
        infos = [info for info in archive.infolist() if not info.is_dir()]
        if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_CLAIMED:
            raise TooLarge(
                f"Unpacked, this file has more than {MOST_PARTS:,} parts or more than {in_words(MOST_CLAIMED)}. "
                "Make it smaller, or split it."
            )
        self._infos = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in infos}
        if len(self._infos) < len(infos):
            # One program would read the first of two parts with one name, another the second.
            raise Damaged
        if any(info.flag_bits & ENCRYPTED for info in infos):
            raise Protected
        if any(info.compress_type not in METHODS for info in infos):
            raise Damaged
        self._read = 0

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._infos

    def names(self) -> list[str]:
        """Return the names of all parts, in small letters."""
        return list(self._infos)

    def chunks(self, name: str, *, most: int = MOST_EACH) -> Iterator[bytes]:
        """Yield the content of a part, however large the zip file says it is.

        Raises Damaged, or TooLarge beyond `most` bytes and beyond what may be unpacked of the whole package.
        """
        info, size = self._infos[name.lower()], 0
        try:
            with self._archive.open(info) as part:
                while chunk := part.read(CHUNK):
                    size += len(chunk)
                    self._read += len(chunk)
                    self._refuse(size, info.compress_size, most)
                    yield chunk
        except DAMAGED:
            raise Damaged from None

    def content(self, name: str, *, most: int) -> bytes:
        """Return a small part whole. Raises Damaged, or TooLarge beyond `most` bytes."""
        return b"".join(self.chunks(name, most=most))

    def listen(self, name: str, handler: Handler, *, most: int = MOST_EACH) -> Handler:
        """Read a part as XML, tell the handler, and return it; a part that is missing says nothing."""
        if name in self:
            listen(self.chunks(name, most=most), handler)
        return handler

    def _refuse(self, size: int, packed: int, most: int):
        if size > most or self._read > MOST_READ or (size > SMALL and size > packed * MOST_RATIO):
            raise TooLarge(_too_large())


class _Sparing:
    """A file that hands out little at a time, so that a zip file's own list cannot fill the memory."""

    def __init__(self, file: BinaryIO):
        self._file = file
        self.seek, self.tell = file.seek, file.tell

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(MOST_LIST + 1 if size < 0 else min(size, MOST_LIST + 1))
        if len(data) > MOST_LIST:
            raise zipfile.BadZipFile
        return data


def _too_large() -> str:
    return "Unpacked, this file is far larger than any document. Make it smaller, or split it."
