"""What staff must know about the import of a manual, chapter by chapter."""

from dataclasses import dataclass
from typing import ClassVar

from content.reading.report import CHECK, GUESS, LEFT_OUT, Report, quoted

__all__ = ["ManualReport", "quoted"]

LINK, REDIRECT, MADE = "link", "redirect", "made"
GROUPS = (
    (CHECK, "Please check", "Something may be wrong, or needs you."),
    (LEFT_OUT, "Dropped", "It was in the files and is not in the drafts."),
    (LINK, "Links", "Where links between chapters now lead, and which of them are lost."),
    (GUESS, "What was guessed", "How the files were read. Change it in the editor where it is wrong."),
    (REDIRECT, "Old addresses", "They lead to the chapters as soon as these are published."),
    (MADE, "What was made", "In the order of the manual. Nothing is public yet."),
)
COUNTED = (
    ("parts", "part", "parts"),
    ("chapters", "chapter", "chapters"),
    ("sections", "section", "sections"),
    ("words", "word", "words"),
    ("tables", "table", "tables"),
    ("pictures", "picture", "pictures"),
    ("links", "link between chapters", "links between chapters"),
    ("redirects", "redirect", "redirects"),
)


@dataclass
class ManualReport(Report):
    """Everything worth saying about one import; the notes on a chapter stand under its title."""

    known_groups: ClassVar = GROUPS
    counted: ClassVar = COUNTED
    # Of each group. The manual has 300 chapters at most, and each has something made, guessed and dropped.
    most_notes: ClassVar[int] = 1_500

    def made(self, text: str) -> None:
        """Say that a part or chapter was made."""
        self.add(MADE, text)

    def link(self, text: str, item: str = "") -> None:
        """Say what became of a link."""
        self.add(LINK, text, item)

    def redirect(self, text: str) -> None:
        """Say where an old address leads."""
        self.add(REDIRECT, text)
