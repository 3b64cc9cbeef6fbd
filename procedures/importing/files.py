"""What is imported: chapters, pictures and an outline, from a folder, a zip file or a single file."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from django.template.defaultfilters import filesizeformat

from content.reading.refusals import CannotImport
from content.reading.sources import OFFICE_FILES
from content.reading.word import is_word
from content.reading.zipped import Limits, is_zipped, unpacked
from procedures.importing.report import ManualReport, quoted

MOST_CHAPTERS = 300
MOST_FILES = 5_000
MOST_BYTES = 50 * 1024 * 1024
MOST_BYTES_EACH = 20 * 1024 * 1024
LIMITS = Limits(most_files=MOST_FILES, most_bytes_each=MOST_BYTES_EACH, most_bytes=MOST_BYTES)

CHAPTERS = (".html", ".htm", ".xhtml", ".docx", ".docm", ".doc", ".txt")
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")
OUTLINE = re.compile(r"^(?:[\w -]{0,40}[-_ ])?(?:outline|contents)\.(?:txt|csv|tsv)$", re.I)
# What computers put beside files, and what belongs to the look of saved web pages.
SILENT = re.compile(r"(?:^|/)(?:\.|__MACOSX/|~\$|Thumbs\.db$|desktop\.ini$)|\.(?:css|js|map|woff2?|ttf|ico)$", re.I)


@dataclass
class Files:
    """What was found. Names are paths with `/`, below the folder or zip file that was given."""

    source: str
    chapters: dict[str, bytes] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    outline: bytes | None = None
    # Every other name, so that a link to a PDF can be told from a link to nothing.
    others: set[str] = field(default_factory=set)


class NothingFound(CannotImport):
    """There are no chapters in what was given."""


def files_in(path: Path, report: ManualReport) -> Files:
    """Return what lies in a folder, a zip file or a file. Raises CannotImport; links to elsewhere are not followed."""
    try:
        if path.is_dir():
            return _checked(Files(path.name), _folder(path, report), report)
        if not path.is_file():
            raise NothingFound(f"There is no folder or file {path}.")
        if path.stat().st_size > MOST_BYTES:
            raise _too_large()
        return files_of(path.read_bytes(), name=path.name, report=report)
    except OSError as error:
        raise NothingFound(f"{path} cannot be read: {error.strerror or error}.") from None


def files_of(content: bytes, *, name: str, report: ManualReport) -> Files:
    """Return what an uploaded zip file or single chapter holds. Raises CannotImport."""
    if len(content) > MOST_BYTES:
        raise _too_large()
    if is_zipped(content) and not is_word(content) and not name.lower().endswith(OFFICE_FILES):
        return _checked(Files(name), unpacked(content, limits=LIMITS), report)
    # A single file is taken whatever it is called; reading it says what it is.
    return Files(name, {name: content})


def _folder(path: Path, report: ManualReport):
    seen = total = 0
    for folder, folders, names in os.walk(path):
        folders.sort()
        for name in sorted(names):
            seen += 1
            if seen > MOST_FILES:
                raise CannotImport(f"The folder holds more than {MOST_FILES:,} files. Is it the right one?")
            file = Path(folder, name)
            # Not every file system holds names that are text.
            shown = str(file.relative_to(path).as_posix()).encode("utf-8", "replace").decode()
            if file.is_symlink():
                report.left_out(f"{quoted(shown)} is a link to a file elsewhere. It was not followed.")
                continue
            is_known = shown.lower().endswith((*CHAPTERS, *PICTURES)) or OUTLINE.match(name)
            if is_known and file.stat().st_size > MOST_BYTES_EACH:
                report.left_out(f"{quoted(shown)} is larger than {filesizeformat(MOST_BYTES_EACH)}.")
                continue
            data = file.read_bytes() if is_known else b""
            total += len(data)
            if total > MOST_BYTES:
                raise _too_large()
            yield shown, data


def _checked(found: Files, entries, report: ManualReport) -> Files:
    """Sort what was found into chapters, pictures, the outline and others."""
    for name, data in entries:
        path = PurePosixPath(name)
        if SILENT.search(name):
            continue
        if ".." in path.parts or path.is_absolute() or re.match(r"[A-Za-z]:", name):
            report.left_out(f"{quoted(name)} has an address outside of the zip file. It was not read.")
        elif OUTLINE.match(path.name) and found.outline is None:
            found.outline = data
        elif name.lower().endswith(CHAPTERS):
            found.chapters[name] = data
        elif name.lower().endswith(PICTURES):
            found.pictures[name] = data
        else:
            found.others.add(name)
    if found.others:
        named = ", ".join(quoted(name) for name in sorted(found.others)[:10])
        more = f" and {len(found.others) - 10} more" if len(found.others) > 10 else ""
        report.left_out(f"Files that are neither chapters nor pictures: {named}{more}.")
    if not found.chapters:
        raise NothingFound("There are no chapters here: no web pages (.html), Word documents (.docx) or texts (.txt).")
    if len(found.chapters) > MOST_CHAPTERS:
        raise CannotImport(
            f"There are {len(found.chapters):,} chapters; at most {MOST_CHAPTERS} can be imported at once. "
            "Import the manual part by part."
        )
    _without_common_folder(found)
    return found


def _without_common_folder(found: Files) -> None:
    """Take off the one folder that a zip file made of a folder begins with."""
    names = [*found.chapters, *found.pictures]
    first = names[0].partition("/")[0] + "/"
    if "/" in names[0] and all(name.startswith(first) for name in names):
        found.chapters = {name.removeprefix(first): data for name, data in found.chapters.items()}
        found.pictures = {name.removeprefix(first): data for name, data in found.pictures.items()}
        found.others = {name.removeprefix(first) for name in found.others}


def _too_large() -> CannotImport:
    return CannotImport(f"This is more than {filesizeformat(MOST_BYTES)}. Import the manual part by part.")
