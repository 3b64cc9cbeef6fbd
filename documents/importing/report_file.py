"""The report as a table: a line for each file, which can be corrected and given to the next import as its table."""

import csv
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from content.reading.refusals import CannotImport
from documents.importing.items import Item
from documents.importing.table import COLUMNS, FORMULA, OF_REPORT

HEADER = [*OF_REPORT, *COLUMNS]


@contextmanager
def report_file(wanted: Path):
    """Give (path, function that writes the line of an item). Each line is on disk before the next file is imported.

    A file that is there is kept: the report gets a number. Without a line no report is left behind. Raises CannotImport
    where nothing can be written.
    """
    lines = 0
    with _new_file(wanted) as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)

        def write(item: Item):
            nonlocal lines
            lines += 1
            writer.writerow([_plain(cell) for cell in _cells(item)])
            file.flush()

        try:
            yield Path(file.name), write
        finally:
            if not lines:
                Path(file.name).unlink()


def _new_file(wanted: Path):
    for number in count(1):
        path = wanted if number == 1 else wanted.with_stem(f"{wanted.stem}-{number}")
        try:
            # With a mark: without it Excel takes the file for Windows-1252.
            return path.open("x", encoding="utf-8-sig", errors="replace", newline="")
        except FileExistsError:
            continue
        except OSError as error:
            raise CannotImport(f"The report cannot be written to {path}: {error.strerror or error}.") from None
    raise AssertionError("unreachable")


def _cells(item: Item) -> list[str]:
    known = {
        "file": item.found.shown if item.found else item.name,
        "title": item.title,
        "type": item.details.resource_type,
    }
    said = " ".join(text for _, text in item.said)
    return [
        str(item.result or ""),
        said,
        str(item.row.line) if item.row else "",
        *(item.cell(column) or known.get(column, "") for column in COLUMNS),
    ]


def _plain(cell: str) -> str:
    """Keep a spreadsheet from running a text as a formula; the table's reader takes the mark off again."""
    return f"'{cell}" if FORMULA.match(cell) else cell
