"""What the files of the library are written from: papers for PDF and Word, workbooks for Excel.

Words are written as in demo.content.manual.writing: an empty line ends a paragraph, "- " begins a list, `<b>` is the
only tag. The same paper can become a PDF and a Word file, so it says what something is and not how it looks.
"""

from dataclasses import dataclass
from datetime import date

from demo.content.organisation import CONTACTS

# The row of a sheet in which its table begins; title, explanation, version and notice stand above. Formulas count on it.
HEADER_ROW = 6
NOTICE = "Demonstration document about an invented board. It is not guidance to act on."
MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "pl": [
        "stycznia",
        "lutego",
        "marca",
        "kwietnia",
        "maja",
        "czerwca",
        "lipca",
        "sierpnia",
        "września",
        "października",
        "listopada",
        "grudnia",
    ],
}
# What a paper says of itself, in its language.
LABELS = {
    "en": {"version": "Version {version}, {date}", "notice": NOTICE, "pages": "Page {page} of {pages}"},
    "pl": {
        "version": "Wersja {version}, {date}",
        "notice": "Dokument pokazowy o zmyślonej organizacji. Proszę się nim nie kierować.",
        "pages": "Strona {page} z {pages}",
    },
}


@dataclass(frozen=True)
class Table:
    """A table with a header row; the first cell of each row names the row.

    `widths` are the shares of the columns in percent. `room` is the least height of a row in millimetres, for tables
    that are filled in by hand.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    room: int = 0

    def __post_init__(self):
        """Raises ValueError when a row has not as many cells as there are columns, or the widths do not fill the page."""
        if {len(self.columns)} != {len(self.widths), *map(len, self.rows)} or sum(self.widths) != 100:
            raise ValueError(f"The table “{self.caption}” has rows or widths that do not fit its columns.")


@dataclass(frozen=True)
class Callout:
    """What must not be overlooked."""

    title: str
    words: str


@dataclass(frozen=True)
class Ticks:
    """Lines with a box to tick."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it: words, tables, callouts, lines to tick, and sections of the next level."""

    heading: str
    body: tuple
    new_page: bool = False


@dataclass(frozen=True)
class Dated:
    """What every file says of itself: title, version and the day on which it was finished."""

    title: str
    version: str
    dated: date

    language = "en"

    @property
    def edition(self) -> str:
        """Version and date as they are printed in the file, in its own language."""
        day = f"{self.dated.day} {MONTHS[self.language][self.dated.month - 1]} {self.dated.year}"
        return LABELS[self.language]["version"].format(version=self.version, date=day)

    @property
    def notice(self) -> str:
        """That this is a demonstration, in the file’s own language."""
        return LABELS[self.language]["notice"]


@dataclass(frozen=True)
class Paper(Dated):
    """A document of a few pages. `wide` lies on its side; `family` is set larger, for readers who are not at work."""

    opening: str
    body: tuple
    language: str = "en"
    wide: bool = False
    family: bool = False


@dataclass(frozen=True)
class Column:
    """A column of a sheet: heading, width in characters, and what may be chosen in it."""

    heading: str
    width: int
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name on the tab, a title, one line of explanation, a header row, rows, and empty rows to fill in."""

    name: str
    title: str
    opening: str
    columns: tuple[Column, ...]
    rows: tuple[tuple, ...] = ()
    blank_rows: int = 0

    def __post_init__(self):
        """Raises ValueError when a row has not as many cells as there are columns."""
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"The sheet “{self.name}” has rows that do not fit its columns.")


@dataclass(frozen=True)
class Workbook(Dated):
    """An Excel file."""

    sheets: tuple[Sheet, ...]


def section(heading: str, *body, new_page: bool = False) -> Section:
    """Return a section of a paper."""
    return Section(heading, body, new_page)


def form(caption: str, about: str, *questions: str, room: int = 9) -> Table:
    """Return a table with a question in each row and room for the answer."""
    rows = tuple((question, "") for question in questions)
    return Table(caption, (about, "To fill in"), rows, (34, 66), room)


def blank(caption: str, *columns: str, widths: tuple[int, ...], rows: int, room: int = 10) -> Table:
    """Return a table of empty rows."""
    return Table(caption, columns, (("",) * len(columns),) * rows, widths, room)


def phone(team: str) -> str:
    """Return the number of a team of demo.content.organisation. Raises KeyError where there is no such team."""
    return {contact["team"]: contact["phone"] for contact in CONTACTS}[team]
