"""Tables in plain text: cells parted by tabs (copied from Word or a spreadsheet) or by upright bars."""

import re

from content.reading.outline import Run, Table

BAR_RULE = re.compile(r"^[\s|:+-]+$")
MOST_COLUMNS = 12


def read_table(lines: list[str], at: int) -> tuple[Table | None, int]:
    """Return the table that begins at line `at` (or None) and the line after it."""
    columns = len(_cells(lines[at]))
    if not 2 <= columns <= MOST_COLUMNS or at + 1 >= len(lines) or _is_rule(lines[at]):
        return None, at
    if len(_cells(lines[at + 1])) != columns and not _is_rule(lines[at + 1]):
        return None, at
    rows, end = [], at
    while end < len(lines) and (len(cells := _cells(lines[end])) == columns or (_is_rule(lines[end]) and cells)):
        if not _is_rule(lines[end]):
            rows.append(cells)
        end += 1
    if len(rows) < 2:
        return None, at
    return Table(rows[0], [[[Run(cell)] for cell in row] for row in rows[1:]]), end


def _cells(line: str) -> list[str]:
    """Return the cells of a line; one or none where it is no row of a table."""
    stripped = line.strip()
    if len(stripped) > 2 and stripped[0] == stripped[-1] == "|":
        return [" ".join(cell.split()) for cell in stripped[1:-1].split("|")]
    # A tab at the beginning is an indentation.
    return [" ".join(cell.split()) for cell in stripped.split("\t")] if "\t" in stripped else []


def _is_rule(line: str) -> bool:
    stripped = line.strip()
    return "|" in stripped and len(stripped) < 500 and bool(BAR_RULE.match(stripped))
