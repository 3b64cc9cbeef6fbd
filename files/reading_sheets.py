"""Excel spreadsheets: the words of each sheet that is shown, row by row, by openpyxl."""

import datetime
import re
import warnings
from contextlib import closing
from pathlib import Path

import openpyxl

from files.findings import Findings
from files.kinds import KINDS
from files.packages import Package
from files.words import MOST_IN_PASSAGE, Words, language_from, title_from
from files.xml_streams import guarded

KIND = KINDS["xlsx"]
# Sheets have up to 1,048,576 rows of 16,384 cells, and may claim all of them; words stand near the top left.
MOST_ROWS, MOST_COLUMNS = 200_000, 500
MERGED = re.compile(rb"<(?:\w{1,20}:)?mergeCell[\s/>]")
LONGEST_MARK = 40


def read_sheets(path: Path, package: Package) -> Findings:
    """Return what is in an Excel spreadsheet. Raises Damaged or TooLarge."""
    is_merged = _is_merged_and_safe(package)
    words = Words()
    # Warnings are of what openpyxl would lose when it wrote the file. By its name it would judge the file again.
    with warnings.catch_warnings(action="ignore"), path.open("rb") as file:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        with closing(book):
            shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            # Hidden ones are not to be found by a search, because they were not to be seen.
            for sheet in shown:
                _read_sheet(sheet, words)
    faults = {
        "no_text": not words.passages,
        "merged_cells": is_merged,
        "hidden_sheets": len(shown) < len(book.worksheets),
        "partly_read": words.is_cut,
    }
    return Findings(
        media_type=KIND.media_type,
        language=language_from(book.properties.language or ""),
        title=title_from(book.properties.title or ""),
        passages=tuple(words.passages),
        faults=tuple(code for code, is_so in faults.items() if is_so),
    )


def _read_sheet(sheet, words: Words):
    # What a sheet claims of its size is not believed.
    sheet.reset_dimensions()
    place, gathered, length = f"sheet {sheet.title}", [], 0
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), start=1):
        if number > MOST_ROWS or words.are_full:
            words.is_cut = True
            break
        cells = [_in_words(value) for value in row if value is not None]
        gathered += cells
        length += sum(map(len, cells))
        if length > MOST_IN_PASSAGE:
            words.add(" ".join(gathered), place=place)
            gathered, length = [], 0
    words.add(" ".join(gathered), place=place)


def _in_words(value) -> str:
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ", "minutes").removesuffix(" 00:00")
    if isinstance(value, float):
        return f"{value:.10g}"
    return str(value)


def _is_merged_and_safe(package: Package) -> bool:
    """Read all parts once within limits; tell whether cells are merged. Raises Damaged or TooLarge.

    openpyxl reads the same bytes later, whatever their parts are called, and knows no limits.
    """
    is_merged = False
    for name in package.names():
        end = b""
        for chunk in guarded(package.chunks(name), is_xml=name.endswith((".xml", ".rels"))):
            seen = end + chunk
            is_merged = is_merged or bool(name.startswith("xl/worksheets/") and MERGED.search(seen))
            end = seen[-LONGEST_MARK:]
    return is_merged
