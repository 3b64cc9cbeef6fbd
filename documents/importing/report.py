"""What staff must know about an import into the library, file by file."""

from collections import Counter
from dataclasses import dataclass, field
from typing import ClassVar

from content.reading.report import CHECK, GUESS, LEFT_OUT, Report, quoted

__all__ = ["LibraryReport", "quoted"]

THERE, MADE = "there", "made"
GROUPS = (
    (LEFT_OUT, "Not imported", "It is in the folder, or in the table, and not in the library."),
    (CHECK, "Please check", "Something may be wrong, or needs you."),
    (GUESS, "What was guessed", "Change it in the editor where it is wrong."),
    (THERE, "In the library already", "Nothing was made a second time."),
    (MADE, "What was made", "In the order in which it was made."),
)
COUNTED = (
    ("files", "file", "files"),
    ("versions", "new version", "new versions"),
    ("resources", "resource", "resources"),
    ("published", "published", "published"),
)
NOT_MADE = (("there", "There already"), ("left_out", "Not imported"))


@dataclass
class LibraryReport(Report):
    """Everything worth saying about one import. `types` counts the types that were guessed."""

    known_groups: ClassVar = GROUPS
    counted: ClassVar = COUNTED
    # Of each group. All files are in the report's file, if one is asked for.
    most_notes: ClassVar[int] = 500

    types: Counter = field(default_factory=Counter)

    def made(self, text: str, item: str = "") -> None:
        """Say that something was made."""
        self.add(MADE, text, item)

    def summary(self) -> str:
        """Return what was made, was there or was left out, in one line."""
        said = [super().summary() or "nothing new"]
        said += [f"{words}: {self.counts[key]:,}" for key, words in NOT_MADE if self.counts[key]]
        return ". ".join(said) + "."

    def say_guesses(self) -> None:
        """Say which types were guessed, once for all of them."""
        if counted := [(kind, count) for kind, count in self.types.most_common() if count]:
            counts = ", ".join(f"{kind} ({count:,})" for kind, count in counted)
            self.guess(f"Types, from the words of the titles: {counts}.")
