"""Word and Excel files are ZIP archives; packed here, the same content always gives the same bytes."""

from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

UNIX = 3


def parts_of(archive: bytes) -> dict[str, bytes]:
    """Return the parts of an archive by name, in their order."""
    with ZipFile(BytesIO(archive)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def pack(parts: dict[str, bytes], *, dated: date) -> bytes:
    """Return an archive of the parts in which everything bears the same day, whichever machine packs it."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in parts.items():
            entry = ZipInfo(name, (dated.year, dated.month, dated.day, 0, 0, 0))
            entry.compress_type, entry.create_system = ZIP_DEFLATED, UNIX
            archive.writestr(entry, content)
    return packed.getvalue()
