"""What lies in a folder: files that can be imported, in a stable order, and why the others cannot."""

import os
import stat
from collections.abc import Callable, Collection
from pathlib import Path

from content.reading.refusals import CannotImport
from documents.importing.items import Found
from documents.importing.table import is_table
from files.kinds import kind_of

MOST_FILES = 50_000
HIDDEN = "It is hidden."
TEMPORARY = "It is a temporary file of an office program. The document itself is beside it."
OUTSIDE = "It is a link that leads out of the folder, or to nothing. It was not followed."
LINKED_FOLDER = "It is a link to a folder. It was not followed."
NO_FILE = "It is no ordinary file."
OTHER_KIND = "We do not take this kind of file."
TABLE = "It is a table about files, or the report of an import. To use it, add --csv."


def files_in(folder: Path, *, leave_out: Collection[Path], skip: Callable[[str, str], None]) -> list[Found]:
    """Return the files in a folder and those below it, by name; `skip(shown, reason)` hears of each of the others.

    `leave_out`: resolved paths that are no part of it, such as the table; nobody hears of those. Raises CannotImport.
    """
    try:
        root = folder.resolve(strict=True)
        # Before the first file: to find nothing in a folder that cannot be read would mean that all is well.
        os.scandir(root).close()
    except (OSError, ValueError) as error:
        raise CannotImport(f"{folder} cannot be read as a folder: {_reason(error)}.") from None
    found = []
    for shown, path in _walk(root, skip):
        if Path(os.path.realpath(path)) in leave_out:
            continue
        if reason := _why_not(path, root):
            skip(shown, reason)
        else:
            found.append(Found(path, shown))
    return found


def _walk(root: Path, skip):
    seen = 0

    def unreadable(error: OSError):
        skip(_shown(Path(error.filename), root), f"The folder cannot be read: {_reason(error)}.")

    for place, folders, names in os.walk(root, onerror=unreadable):
        here = Path(place)
        for name in sorted(folders):
            if name.startswith(".") or (here / name).is_symlink():
                skip(_shown(here / name, root), HIDDEN if name.startswith(".") else LINKED_FOLDER)
                folders.remove(name)
        folders.sort()
        for name in sorted(names):
            seen += 1
            if seen > MOST_FILES:
                raise CannotImport(f"The folder holds more than {MOST_FILES:,} files. Is it the right one?")
            yield _shown(here / name, root), here / name


def _why_not(path: Path, root: Path) -> str:
    """Return why a file cannot be imported; "" if it can as far as its name and place say."""
    if path.name.startswith((".", "~$", ".~lock")):
        return TEMPORARY if path.name.startswith("~$") else HIDDEN
    try:
        # A pipe would be waited for without end.
        is_file = stat.S_ISREG(path.stat().st_mode)
        is_inside = path.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        return OUTSIDE if path.is_symlink() else NO_FILE
    if not is_inside:
        return OUTSIDE
    if not is_file:
        return NO_FILE
    if kind_of(path.name) is None:
        return OTHER_KIND
    return _why_not_inside(path)


def _why_not_inside(path: Path) -> str:
    try:
        return TABLE if is_table(path) else ""
    except OSError as error:
        return f"The file cannot be read: {_reason(error)}."


def _shown(path: Path, root: Path) -> str:
    # Not every file system holds names that are text.
    return path.relative_to(root).as_posix().encode("utf-8", "replace").decode()


def _reason(error) -> str:
    return getattr(error, "strerror", None) or str(error)
