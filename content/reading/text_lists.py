"""Lists in plain text: bullets, dashes and numbers, below each other by indentation."""

import re
from typing import NamedTuple

from content.reading.outline import BulletList, ListItem, Run, Runs

# Private-use characters are what Word's bullets become when they are copied.
BULLET = re.compile(r"^( *)([•●○◦▪▫■‣⁃∙·*\-–—\uf0b7\uf0a7\uf0d8]) +(\S.*)$")
LETTER_O = re.compile(r"^( *)(o)(?:\t| {2,})\s*(\S.*)$")
NUMBER = re.compile(r"^( *)(\(?(?:\d{1,3}|[a-z]|[ivx]{2,5})\)|\d{1,3}\.) +(\S.*)$")
SECOND_LEVEL = {"o", "◦", "○", "▫", "\uf0a7"}
# The editor knows five levels.
DEEPEST = 4
TAB = 4
# What may be a mark lies within the first characters: the rest of a very long line is not looked at for that.
HEAD = 80


class Entry(NamedTuple):
    """One marked line, with the lines that continue it."""

    indent: int
    marker: str
    text: str
    # The words with their links and styles, where they have any.
    styled: tuple[Run, ...] = ()

    @property
    def runs(self) -> Runs:
        """The words without the mark."""
        return list(self.styled) or [Run(self.text)]

    @property
    def is_number(self) -> bool:
        """Whether it is marked by a number or a letter."""
        return self.marker[-1] in ".)"

    @classmethod
    def begins(cls, line: str) -> "Entry | None":
        """Return the entry that a line begins, or None."""
        if found := LETTER_O.match(line):
            return cls(len(found[1]), found[2], " ".join(found[3].split()))
        if "\t" in line[:HEAD]:
            line = line[:HEAD].expandtabs(TAB) + line[HEAD:]
        if found := BULLET.match(line) or NUMBER.match(line):
            # A rule of dashes or stars is no list.
            text = " ".join(found[3].split())
            return cls(len(found[1]), found[2], text) if text.strip("*-–—=_ ") else None
        return None


def read_entries(lines: list[str], at: int) -> tuple[list[Entry], int]:
    """Return the entries that follow each other from line `at`, and the line after them.

    Blank lines between entries do not end a list; text that is not indented does, unless it goes on in lower case.
    """
    entries: list[Entry] = []
    end = at
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
            continue
        if entry := Entry.begins(line):
            if entries and _starts_anew(entries, entry, parted=at > end):
                break
            entries.append(entry)
        elif entries and at == end and _continues(entries[-1], line):
            entries[-1] = entries[-1]._replace(text=f"{entries[-1].text} {' '.join(line.split())}")
        else:
            break
        at = end = at + 1
    return entries, end


def nested(entries: list[Entry]) -> list[BulletList]:
    """Return entries as lists, below each other as they are indented."""
    first = entries[0].marker
    roots: list[BulletList] = []
    # The open lists, outermost first: indentation, whether numbered, the markers, the list.
    levels: list[tuple[int, bool, list[str], BulletList]] = []
    for entry in entries:
        extra = 2 if entry.marker in SECOND_LEVEL and first not in SECOND_LEVEL else 0
        indent = entry.indent + extra
        while levels and indent < levels[-1][0]:
            levels.pop()
        if levels and indent <= levels[-1][0] + 1 and levels[-1][1] != entry.is_number:
            levels.pop()
        if not levels or (indent > levels[-1][0] + 1 and len(levels) < DEEPEST):
            home = levels[-1][3].items[-1].lists if levels else roots
            home.append(BulletList())
            levels.append((indent, entry.is_number, [], home[-1]))
        levels[-1][2].append(entry.marker)
        levels[-1][3].items.append(ListItem(entry.runs))
        _number(levels[-1][2], levels[-1][3], entry)
    return roots


def _number(markers: list[str], target: BulletList, entry: Entry) -> None:
    """Make a list a numbered one while its numbers are 1, 2, 3…; any other mark stays in the words."""
    if not entry.is_number:
        return
    counts = markers[-1].strip("().") == str(len(markers))
    if len(markers) == 1:
        target.ordered = counts
    if target.ordered and not counts:
        target.ordered = False
        for marker, item in zip(markers[:-1], target.items, strict=False):
            item.runs = [Run(f"{marker} "), *item.runs]
    if not target.ordered:
        target.items[-1].runs = [Run(f"{entry.marker} "), *target.items[-1].runs]


def _starts_anew(entries: list[Entry], entry: Entry, *, parted: bool) -> bool:
    """Tell whether an entry after a blank line begins another list: bullets after numbers, or the other way round."""
    return parted and entry.is_number != entries[-1].is_number and entry.indent <= entries[0].indent


def _continues(entry: Entry, line: str) -> bool:
    indent = len(line) - len(line.lstrip())
    return indent > entry.indent or line.lstrip()[0].islower()
