"""Files inside a zip file, unpacked in memory within limits: nothing in it can fill the machine or leave its folder."""

import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from django.template.defaultfilters import filesizeformat

from content.reading.refusals import CannotImport

# What zipfile raises on damaged files.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    LookupError,
)
UTF_8_NAME = 0x800
ENCRYPTED = 0x1


class BadZip(CannotImport):
    """The zip file is damaged, protected, or holds more than may be unpacked."""


@dataclass(frozen=True)
class Limits:
    """How much may be unpacked: files, bytes of one file, bytes of all."""

    most_files: int
    most_bytes_each: int
    most_bytes: int


def is_zipped(content: bytes) -> bool:
    """Tell whether a file is a zip file, by its first bytes; an empty one counts."""
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"))


def names_in(content: bytes) -> list[str]:
    """Return the names in a zip file. Raises BadZip."""
    return [_name(info) for info in _entries(content)]


def unpacked(content: bytes, *, limits: Limits, wanted=lambda name: True) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of the files in a zip file whose name is `wanted`; raises BadZip beyond the limits.

    What the zip file says about sizes is not believed: each file is read no further than its limit. Names are as they
    stand there, with `/` between folders: they are not safe to be used as paths.
    """
    infos = [info for info in _entries(content) if not info.is_dir()]
    if len(infos) > limits.most_files:
        raise BadZip(f"The zip file holds {len(infos):,} files; at most {limits.most_files:,} can be read at once.")
    total = 0
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for info in infos:
            name = _name(info)
            if not wanted(name) or stat.S_ISLNK(info.external_attr >> 16):
                continue
            data = _read(archive, info, name, limits)
            total += len(data)
            if total > limits.most_bytes:
                raise BadZip(f"Unpacked, the zip file is larger than {filesizeformat(limits.most_bytes)}.")
            yield name, data


def _entries(content: bytes) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return archive.infolist()
    except DAMAGED:
        raise BadZip("The zip file is damaged. Make it again.") from None


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, limits: Limits) -> bytes:
    if info.flag_bits & ENCRYPTED:
        raise BadZip("The zip file is protected with a password. Make it again without one.")
    try:
        with archive.open(info) as file:
            data = file.read(limits.most_bytes_each + 1)
    except DAMAGED:
        raise BadZip(f"“{name[-80:]}” in the zip file is damaged. Make it again.") from None
    if len(data) > limits.most_bytes_each:
        raise BadZip(f"“{name[-80:]}” in the zip file is larger than {filesizeformat(limits.most_bytes_each)}.")
    return data


def _name(info: zipfile.ZipInfo) -> str:
    """Return the name of a file; older Windows programs write UTF-8 or code page 1252 without saying so."""
    name = info.filename
    if not info.flag_bits & UTF_8_NAME:
        raw = name.encode("cp437", errors="replace")
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            # Windows' own zip writes code page 850; letters of English names are the same in 437.
            name = raw.decode("cp850", errors="replace")
    return name.replace("\\", "/")
