"""A folder of files becomes documents and resources of the library. Broken off, it goes on where it stopped."""

from collections.abc import Callable, Iterable
from pathlib import Path

from content.reading.refusals import CannotImport
from documents.importing.folder import files_in
from documents.importing.importer import Importer
from documents.importing.indexing import indexed_once
from documents.importing.items import Group, Item, Result
from documents.importing.plan import planned_by_name, planned_by_table
from documents.importing.report import LibraryReport
from documents.importing.table import read_table
from documents.models import LibraryPage

COUNTED = {
    Result.IMPORTED: "files",
    Result.VERSION: "versions",
    Result.THERE: "there",
    Result.NOT_IMPORTED: "left_out",
}


class NothingFound(CannotImport):
    """There is nothing to import in the folder, and no line of a table either."""


def import_documents(
    *,
    folder: Path,
    library: LibraryPage,
    report: LibraryReport,
    collection,
    user=None,
    table: Path | None = None,
    report_path: Path | None = None,
    publish: bool = False,
    dry_run: bool = False,
    record: Callable[[Item], None] = lambda item: None,
    progress: Callable[[list[Group]], Iterable[Group]] = iter,
) -> None:
    """Import what lies in a folder, resource by resource, each with its files in one transaction.

    `table` says what the files are (`documents.importing.table`); without it each file becomes a resource. `user` is
    the owner or None; `collection` is where the files are put. `record` is told of each file when its resource is in
    the database, `progress` goes through the groups; `table` and `report_path` are not imported if they lie in the
    folder. Raises CannotImport (with a message for staff); what was made before that is whole, and another run makes
    nothing twice.
    """
    groups = _groups(folder, table, report_path, report)
    importer = Importer(
        library=library, user=user, collection=collection, publish=publish, dry_run=dry_run, report=report
    )
    with indexed_once(importer.documents):
        for group in progress(groups):
            importer.take(group)
            for item in group.items:
                _say(item, report)
                record(item)
    report.say_guesses()
    if publish and report.counts["there"]:
        report.check("What was in the library already was not published. Publish it in the editor.")


def _groups(folder: Path, table: Path | None, report_path: Path | None, report: LibraryReport) -> list[Group]:
    """Return everything there is something to say of: what can be imported, and what cannot."""
    skipped: dict[str, str] = {}
    ours = {path.resolve() for path in (table, report_path) if path}
    rows = read_table(table, report) if table else None
    files = files_in(folder, leave_out=ours, skip=skipped.__setitem__)
    groups = planned_by_name(files) if rows is None else planned_by_table(files, skipped, rows)
    named = {item.name for group in groups for item in group.items}
    for shown, reason in skipped.items():
        if shown not in named:
            item = Item(name=shown)
            item.leave_out(reason)
            groups.append(Group("", [item]))
    if not groups:
        raise NothingFound(f"There are no files in {folder}.")
    return groups


def _say(item: Item, report: LibraryReport) -> None:
    report.counts[COUNTED[item.result]] += 1
    for group, text in item.said:
        report.add(group, text, item.heading)
    if item.result is Result.IMPORTED:
        report.made("The file.", item.heading)
    elif item.result is Result.VERSION:
        report.made("A new version.", item.heading)
