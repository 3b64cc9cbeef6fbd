"""What an import works on: a file, the line of the table about it, what became of it and what was said of it."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from content.reading.report import CHECK, LEFT_OUT, quoted
from documents.importing.details import Details
from documents.importing.report import THERE


class Result(StrEnum):
    """What became of a file, in the words of the report."""

    IMPORTED = "imported"
    VERSION = "new version"
    THERE = "already there"
    NOT_IMPORTED = "not imported"


@dataclass(frozen=True)
class Found:
    """A file in the folder; `shown` is its path below the folder, with `/`, in characters that can be printed."""

    path: Path
    shown: str


@dataclass(frozen=True)
class Row:
    """A line of the table: its number in the file and its cells by column; a column that is not there is empty.

    `problem` says why the line cannot be used, where it cannot.
    """

    line: int
    cells: dict[str, str]
    problem: str = ""

    def __getitem__(self, column: str) -> str:
        """Return a cell."""
        return self.cells.get(column, "")


@dataclass
class Item:
    """One file on its way into the library. `said` holds (group of the report, sentence)."""

    name: str
    title: str = ""
    found: Found | None = None
    row: Row | None = None
    language: str = ""
    details: Details = field(default_factory=Details)
    result: Result | None = None
    said: list[tuple[str, str]] = field(default_factory=list)

    @property
    def heading(self) -> str:
        """How the report calls it: with its line where there is a table."""
        line = f"Line {self.row.line}" if self.row else ""
        return ", ".join(filter(None, [line, quoted(self.name) if self.name else ""]))

    def cell(self, column: str) -> str:
        """Return what the table says of it, "" where there is none."""
        return self.row[column] if self.row else ""

    def check(self, text: str) -> None:
        """Ask for a look at something."""
        self.said.append((CHECK, text))

    def leave_out(self, text: str) -> None:
        """Say why the file was not imported."""
        self.result = Result.NOT_IMPORTED
        self.said.append((LEFT_OUT, text))

    def is_there(self, text: str) -> None:
        """Say where in the library the file is already."""
        self.result = Result.THERE
        self.said.append((THERE, text))


@dataclass
class Group:
    """The files that one resource offers, and what it says of itself.

    `is_of_table`: a table asks for it, so that a resource with this title is the same one. `replaces` makes it the new
    version of a file that is there: one item, and no resource. `is_guessed`: nobody said of which type it is.
    """

    title: str
    items: list[Item] = field(default_factory=list)
    is_of_table: bool = False
    replaces: str = ""
    details: Details = field(default_factory=Details)
    is_guessed: bool = False

    @property
    def open_items(self) -> list[Item]:
        """The items of which nothing is decided yet."""
        return [item for item in self.items if item.result is None]
