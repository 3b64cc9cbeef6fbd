"""Passages: the pieces of what a page says, down to their words.

A passage is what a reader takes as one piece: a heading, a paragraph, an item of a list, a row of a table, a contact.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Model

HEADING, PARAGRAPH, ITEM = "heading", "paragraph", "list item"
CAPTION, COLUMNS, ROW = "table caption", "table headings", "table row"
CALLOUT_TITLE, PICTURE, CONTACT, PAGE_LINK, CHOSEN = "callout title", "picture", "contact", "page link", "entry"

NOT_AVAILABLE = "(no longer exists)"

# Marks stand on their own, so that a changed comma is a changed comma; inside a word (3.5, 10:30, and/or, an address)
# they belong to it. Everything that is not listed is part of a word: accents, joined emoji, Arabic and Indic vowels.
_MARKS = r"!-/:-@\[-`{-~“”‘’„‚‹›«»…–—•·¡¿、。，！？：；「」『』（）،؛؟।"
_WORD = re.compile(rf"[^{_MARKS}]+(?:[-.,:/@'’&_+=][^{_MARKS}]+)*|[{_MARKS}]")


@dataclass(frozen=True, slots=True)
class Target:
    """What a link or a chooser leads to: an address, or an object, known by its key and named when it is shown."""

    model: type[Model] | None
    key: str
    names: dict = field(compare=False, repr=False, default_factory=dict)

    def __str__(self):
        return self.names.get((self.model, self.key), NOT_AVAILABLE) if self.model else self.key


class Mark(NamedTuple):
    """How words are set apart."""

    bold: bool = False
    italic: bool = False
    link: Target | None = None


PLAIN = Mark()


class Line(NamedTuple):
    """Words and marks of punctuation in order, each with the space or line break before it; `marks` goes along."""

    tokens: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()

    @property
    def text(self) -> str:
        """The words as they are read."""
        return "".join(self.tokens)

    @property
    def words(self) -> tuple[str, ...]:
        """The words without what is between them."""
        return tuple(map(str.strip, self.tokens))


class Section(NamedTuple):
    """A part of a page that readers know by its heading.

    `id` is the key of the section's block in the field's stream; empty for a field without headings of its own,
    which goes by its label.
    """

    field: str
    id: str
    heading: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One piece of what a page says. One line; a row of a table has one for each cell."""

    kind: str
    lines: tuple[Line, ...]
    section: Section
    # The nearest heading below that of the section.
    under: str = ""
    # Of a heading (2 to 6), or how deep the list is in which an item stands (from 1).
    level: int = 0
    # Of an item in a numbered list; never compared, for one new item gives all that follow another number.
    number: int = 0
    ordered: bool = False
    # What it is called in the editor, where the words alone do not tell: "Caption".
    label: str = ""
    # The box that it stands in: "Callout".
    within: str = ""
    columns: tuple[str, ...] = ()
    chosen: Target | None = None
    # The block of a stream that it stands in, by the block's id: where editors find it. Two editions may differ in it.
    block: str = field(default="", compare=False)

    @property
    def text(self) -> str:
        """The words as they are read, cells with a dash between them."""
        return " – ".join(line.text for line in self.lines if line.tokens)

    @property
    def words(self) -> list[str]:
        """The words of all lines."""
        return [word for line in self.lines for word in line.words]

    @property
    def shape(self) -> tuple:
        """What the passage is, whatever it says."""
        return (self.kind, self.level, self.ordered, self.label, self.within)

    @property
    def said(self) -> tuple:
        """The words and how they are set apart, whatever the space between them."""
        return tuple((line.words, line.marks) for line in self.lines)

    @property
    def key(self) -> tuple:
        """Equal for two passages that say the same in the same shape."""
        return (self.shape, self.said)


class LineBuilder:
    """Takes text piece by piece and makes a line of it."""

    def __init__(self):
        self._tokens: list[str] = []
        self._marks: list[Mark] = []
        self._between = ""

    def __bool__(self):
        return bool(self._tokens)

    def add(self, text: str, mark: Mark = PLAIN):
        """Add text; any white space counts as one space."""
        if text[:1].isspace() and not self._between:
            self._between = " "
        added = []
        for piece in text.split():
            words = [piece] if piece.isalnum() else _WORD.findall(piece)
            words[0] = self._between + words[0]
            self._between = " "
            added += words
        if added and not text[-1].isspace():
            self._between = ""
        self._tokens += added
        self._marks += [mark] * len(added)

    def new_line(self):
        """Let what follows begin on a new line."""
        self._between = "\n"

    def take(self) -> Line:
        """Return the line and begin the next. The marks are left away where there are none."""
        if self._tokens:
            self._tokens[0] = self._tokens[0].lstrip()
        marks = () if all(mark is PLAIN for mark in self._marks) else tuple(self._marks)
        line = Line(tuple(self._tokens), marks)
        self.__init__()
        return line


def line_of(text: str, mark: Mark = PLAIN) -> Line:
    """Return plain text as a line."""
    builder = LineBuilder()
    builder.add(text, mark)
    return builder.take()
