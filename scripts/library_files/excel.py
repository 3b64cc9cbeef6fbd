"""Workbooks as Excel files: title, version and notice above a table with a header row; nothing merged or hidden."""

import re
from datetime import datetime, time
from io import BytesIO

from openpyxl import Workbook as Book
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from demo.content import organisation
from demo.content.library.papers import HEADER_ROW, Column, Sheet, Workbook
from scripts.library_files.packing import pack, parts_of

TEAL, TINT, NOTE, WHITE, INK, RULE = "0D4453", "F1F6F7", "FDF0D3", "FFFFFF", "14212B", "B9C4C8"
FONT = "Arial"
LINES = Border(**{side: Side("thin", RULE) for side in ("left", "right", "top", "bottom")})


def write(workbook: Workbook) -> bytes:
    """Return the workbook as an Excel file."""
    book = Book()
    book.remove(book.active)
    for order, sheet in enumerate(workbook.sheets, start=1):
        _fill(book.create_sheet(sheet.name), sheet, workbook, order)
    finished = datetime.combine(workbook.dated, time())
    about = book.properties
    about.title, about.creator, about.language = workbook.title, organisation.NAME, "en-GB"
    about.description, about.version = f"{workbook.edition}. {workbook.notice}", workbook.version
    about.created = finished
    packed = BytesIO()
    book.save(packed)
    return _with_its_own_date(packed.getvalue(), finished)


def _with_its_own_date(archive: bytes, finished: datetime) -> bytes:
    """Put the day of the version where openpyxl writes the moment of saving."""
    parts = parts_of(archive)
    core = parts["docProps/core.xml"].decode()
    stamped = re.sub(r"(<dcterms:modified[^>]*>)[^<]*", rf"\g<1>{finished.isoformat()}Z", core)
    return pack(parts | {"docProps/core.xml": stamped.encode()}, dated=finished.date())


def _fill(page: Worksheet, sheet: Sheet, workbook: Workbook, order: int):
    _write_head(page, sheet, workbook)
    rows = [*sheet.rows, *([("",) * len(sheet.columns)] * sheet.blank_rows)]
    _write_rows(page, sheet.columns, rows)
    end = f"{get_column_letter(len(sheet.columns))}{HEADER_ROW + len(rows)}"
    table = Table(displayName=f"Table{order}", ref=f"A{HEADER_ROW}:{end}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    page.add_table(table)
    _offer_choices(page, sheet.columns, HEADER_ROW + len(rows))
    page.freeze_panes = f"A{HEADER_ROW + 1}"
    page.sheet_view.showGridLines = False
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    page.oddFooter.left.text = f"{workbook.title}. {workbook.edition}. {workbook.notice}"
    page.oddFooter.right.text = "&P of &N"


def _write_head(page: Worksheet, sheet: Sheet, workbook: Workbook):
    lines = (sheet.title, sheet.opening, f"{organisation.NAME}. {workbook.edition}", workbook.notice)
    for number, line in enumerate(lines, start=1):
        cell = page.cell(number, 1, line)
        cell.font = Font(
            name=FONT, size=18 if number == 1 else 11, bold=number == 1, color=TEAL if number == 1 else INK
        )
        cell.alignment = Alignment(vertical="center")
        page.row_dimensions[number].height = 32 if number == 1 else 20
    for column in range(1, len(sheet.columns) + 1):
        page.cell(4, column).fill = PatternFill("solid", NOTE)


def _write_rows(page: Worksheet, columns: tuple[Column, ...], rows: list[tuple]):
    for number, column in enumerate(columns, start=1):
        page.column_dimensions[get_column_letter(number)].width = column.width
        head = page.cell(HEADER_ROW, number, column.heading)
        head.font = Font(name=FONT, size=11, bold=True, color=WHITE)
        head.fill = PatternFill("solid", TEAL)
        head.alignment = Alignment(wrap_text=True, vertical="center")
    page.row_dimensions[HEADER_ROW].height = 34
    for down, row in enumerate(rows, start=HEADER_ROW + 1):
        for across, value in enumerate(row, start=1):
            cell = page.cell(down, across, value or None)
            cell.font = Font(name=FONT, size=11, color=INK)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.border = LINES
            if across == 1:
                cell.fill = PatternFill("solid", TINT)
        page.row_dimensions[down].height = _height(row, columns)


def _height(row: tuple, columns: tuple[Column, ...]) -> float:
    """Return the height of a row in points, so that the longest text in it can be read without dragging."""
    most = max(-(-len(str(value)) // (column.width - 2)) for value, column in zip(row, columns, strict=True))
    return 8 + 15 * max(most, 1)


def _offer_choices(page: Worksheet, columns: tuple[Column, ...], last_row: int):
    for number, column in enumerate(columns, start=1):
        if column.choices:
            letter = get_column_letter(number)
            offer = DataValidation("list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
            offer.errorTitle, offer.error = column.heading, f"Please choose one of: {', '.join(column.choices)}."
            page.add_data_validation(offer)
            offer.add(f"{letter}{HEADER_ROW + 1}:{letter}{last_row}")
