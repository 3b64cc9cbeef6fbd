"""Which file of the library another one is to replace."""

from documents.importing.items import Item, Result
from documents.importing.known import Known, Planned, where, why_not_again
from documents.importing.report import quoted
from documents.models import LibraryDocument
from documents.storing import FileFacts


def replaced(
    words: str, item: Item, found: FileFacts, *, known: Known, planned: Planned, dry_run: bool
) -> LibraryDocument | None:
    """Return the file of which this one becomes the next version; None where nothing is to be done.

    `words`: what the table says it replaces. What becomes of the item is said on it either way.
    """
    target = _target(words, item, known)
    if target and _is_new(item, found, target, known):
        item.result = Result.VERSION
        planned.add(found.name, target.title, found.sha256)
        _say_what_is_not_used(item, target)
        return target
    if item.result is None:
        if dry_run and planned.would_have(words):
            # By then a line above has made what it replaces.
            item.result = Result.VERSION
            planned.add(found.name, item.title, found.sha256)
        else:
            item.leave_out(f"It is to replace {quoted(words)}, and nothing in the library is called that.")
    return None


def _target(words: str, item: Item, known: Known) -> LibraryDocument | None:
    targets = known.documents(words)
    if len(targets) > 1:
        item.leave_out(f"{len(targets)} files of the library are called {quoted(words)}. Name one by its SHA-256.")
    return targets[0] if len(targets) == 1 else None


def _is_new(item: Item, found: FileFacts, target: LibraryDocument, known: Known) -> bool:
    """Tell whether the library does not have this very file; where it does, say so on the item."""
    version = known.versions([found.sha256]).get(found.sha256)
    if version is None:
        return True
    if reason := why_not_again(version):
        item.leave_out(reason)
    elif version.document_id == target.pk:
        item.is_there(where(version))
    else:
        item.leave_out(f"{where(version)} It was not made a version of another file.")
    return False


def _say_what_is_not_used(item: Item, target: LibraryDocument):
    if not item.cell("note"):
        item.check("The line does not say what changed. Readers are told that no note was given.")
    unused = [column for column in ("title", "resource") if item.cell(column) not in ("", target.title)]
    if item.details.given() or unused:
        item.check(
            f"It became a new version of {quoted(target.title)}, whose resource stays as it is: "
            "what else the line says was not used."
        )
