"""The container of old Office programs (OLE): .doc and .xls, and today's documents once they have a password.

The layout is described in [MS-CFB], https://learn.microsoft.com/openspecs/windows_protocols/ms-cfb/
"""

import struct
from typing import BinaryIO

from files.refusals import Protected, Refused, WrongContent

ENTRY = 128
FIRST_DIRECTORY, SECTOR_SHIFT, TABLE = 48, 30, 76
TABLES_IN_HEADER = 109
# Directories of real files are a few sectors long.
MOST_SECTORS = 64
OLD = {
    "WordDocument": ("an old Word document (.doc)", "Word", ".docx"),
    "Workbook": ("an old Excel spreadsheet (.xls)", "Excel", ".xlsx"),
    "Book": ("an old Excel spreadsheet (.xls)", "Excel", ".xlsx"),
    "PowerPoint Document": ("an old PowerPoint presentation (.ppt)", "PowerPoint", ".pptx"),
}


def refusal_of(file: BinaryIO) -> Refused:
    """Return why a file in the old container is not taken."""
    names = _names_in(file)
    if "EncryptedPackage" in names:
        return Protected()
    for name, (what, program, extension) in OLD.items():
        if name in names:
            return WrongContent(f"This is {what}. Open it in {program} and save it as {extension}.")
    return WrongContent(
        "This file is protected with a password, or comes from an old Office program. Save it without a password in "
        "today’s format (.docx, .xlsx, .pptx)."
    )


def _names_in(file: BinaryIO) -> set[str]:
    """Return the names in the directory, as far as it can be followed."""
    file.seek(0)
    header = file.read(512)
    if len(header) < 512:
        return set()
    size = 4096 if struct.unpack_from("<H", header, SECTOR_SHIFT)[0] == 12 else 512
    sector = struct.unpack_from("<I", header, FIRST_DIRECTORY)[0]
    tables = struct.unpack_from(f"<{TABLES_IN_HEADER}I", header, TABLE)
    names, seen = set(), set()
    while sector not in seen and len(seen) < MOST_SECTORS:
        seen.add(sector)
        data = _sector(file, sector, size)
        names |= {_name(data[start : start + ENTRY]) for start in range(0, len(data) - ENTRY + 1, ENTRY)}
        sector = _following(file, sector, size, tables)
    return names


def _following(file: BinaryIO, sector: int, size: int, tables: tuple[int, ...]) -> int:
    """Return the sector after one, by the allocation table; the same one where that is not known."""
    table, place = divmod(sector, size // 4)
    if table >= len(tables):
        return sector
    data = _sector(file, tables[table], size)
    return struct.unpack_from("<I", data, place * 4)[0] if len(data) == size else sector


def _sector(file: BinaryIO, sector: int, size: int) -> bytes:
    file.seek((sector + 1) * size)
    return file.read(size)


def _name(entry: bytes) -> str:
    length = struct.unpack_from("<H", entry, 64)[0]
    return entry[: max(min(length, 64) - 2, 0)].decode("utf-16-le", errors="replace")
