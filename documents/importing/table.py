"""The table about the files: a CSV as spreadsheet programs write it, read into lines with named cells."""

import csv
import re
from io import StringIO
from pathlib import Path

from content.reading.encodings import cleaned, decode
from content.reading.refusals import CannotImport
from documents.importing.items import Row
from documents.importing.report import LibraryReport, quoted

COLUMNS = (
    "file", "title", "summary", "type", "audiences", "topics", "owner", "approved by", "approved on", "review due",
    "language", "purpose", "replaces", "resource", "note",
)  # fmt: skip
# Those that our own report has before them; it may come back as a table.
OF_REPORT = ("result", "what to know", "line")
MOST_BYTES = 20 * 1024 * 1024
SEPARATORS = ",;\t"
BEGINNING = 4096
TOO_MANY_CELLS = "The line has more cells than there are columns. A text with a comma in it needs quotation marks."
NO_FILE = "The line names no file."
FORMULA = re.compile(r"\s*[=+\-@]")


def read_table(path: Path, report: LibraryReport) -> list[Row]:
    """Return the lines of a table with anything in them. Raises CannotImport when it is no table.

    UTF-8 or what Windows writes; commas, semicolons or tabs; the columns in any order, the `file` among them. A line
    with more cells than there are columns has a problem: nobody can tell which of its cells is which.
    """
    text = _text(path)
    separator = max(SEPARATORS, key=lambda one: len(_known_columns(text, one)))
    reader = csv.reader(StringIO(text), delimiter=separator, strict=True)
    try:
        header = _header(next((cells for cells in reader if _is_filled(cells)), []), path, report)
        return list(_rows(reader, header))
    except csv.Error as error:
        raise CannotImport(
            f"Line {reader.line_num} of {path} cannot be read ({error}). Is a quotation mark missing there or above?"
        ) from None


def is_table(path: Path) -> bool:
    """Tell whether a file begins as such a table does: a column `file` and another known one. Raises OSError."""
    if path.suffix.lower() != ".csv":
        return False
    with path.open("rb") as file:
        text = _without_separator(file.read(BEGINNING))
    return any("file" in columns and len(columns) > 1 for columns in (_known_columns(text, one) for one in SEPARATORS))


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise CannotImport(f"{path} is far larger than a table about files. Is it the right one?")
        content = path.read_bytes()
    except OSError as error:
        raise CannotImport(f"The table {path} cannot be read: {error.strerror or error}.") from None
    return _without_separator(content)


def _without_separator(content: bytes) -> str:
    text = cleaned(decode(content, may_declare=False)[0])
    # Excel writes and reads such a line; it is none of the table.
    return re.sub(r"\Asep=.\n", "\n", text)


def _known_columns(text: str, separator: str) -> set[str]:
    """Return the columns that the first line names, if this is what separates them."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    return {column for cell in first.split(separator) if (column := _column(cell.strip(' "'))) in COLUMNS}


def _column(cell: str) -> str:
    return re.sub(r"[\s_-]+", " ", cell).strip().casefold()


def _header(cells: list[str], path: Path, report: LibraryReport) -> list[str]:
    """Return the columns in their order; "" for one that is not read."""
    columns = [_column(cell) for cell in cells]
    if "file" not in columns:
        raise CannotImport(
            f"The first line of {path} must name the columns, the column “file” among them. "
            f"The columns are: {', '.join(COLUMNS)}."
        )
    for position, column in enumerate(columns):
        if column in columns[:position]:
            report.check(f"The table has the column {quoted(column)} twice. The first was read.")
        elif column and column not in COLUMNS and column not in OF_REPORT:
            report.check(f"The column {quoted(column)} of the table is not known and was not read.")
    return [
        column if column in COLUMNS and column not in columns[:position] else ""
        for position, column in enumerate(columns)
    ]


def _rows(reader, header: list[str]):
    before = reader.line_num
    for cells in reader:
        line, before = before + 1, reader.line_num
        if _is_filled(cells):
            named = {column: _cell(cell) for column, cell in zip(header, cells, strict=False) if column}
            problem = TOO_MANY_CELLS if _is_filled(cells[len(header) :]) else "" if named.get("file") else NO_FILE
            yield Row(line, named, problem)


def _is_filled(cells: list[str]) -> bool:
    return any(cell.strip() for cell in cells)


def _cell(cell: str) -> str:
    """Return the text of a cell, without the mark that keeps a spreadsheet from running it."""
    text = cell.strip()
    return text[1:] if text.startswith("'") and FORMULA.match(text[1:]) else text
