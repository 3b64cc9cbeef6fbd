"""What staff must know about an import: what was guessed, what needs attention, what could not be kept."""

from collections import Counter
from dataclasses import dataclass, field
from typing import ClassVar

# A file of 10,000 odd lines must not make a report of 10,000 lines.
MOST_NOTES = 200
QUOTE = 120

GUESS, CHECK, LEFT_OUT = "guess", "check", "left_out"
GROUPS = (
    (CHECK, "Please check", "Something may be wrong, or needs you."),
    (LEFT_OUT, "Could not be kept", "It was in the file and is not in the draft."),
    (GUESS, "What was guessed", "How the text was read. Change it in the editor where it is wrong."),
)
COUNTED = (
    ("items", "item", "items"),
    ("words", "word", "words"),
    ("lists", "list", "lists"),
    ("tables", "table", "tables"),
    ("pictures", "picture", "pictures"),
    ("emails", "e-mail address", "e-mail addresses"),
    ("phones", "phone number", "phone numbers"),
    ("links", "web link", "web links"),
)


@dataclass(frozen=True)
class Note:
    """One sentence, and the heading of the piece it is about ("" for the whole)."""

    group: str
    text: str
    item: str = ""


@dataclass
class Report:
    """Everything worth saying about one import."""

    # What a report on something else says otherwise.
    known_groups: ClassVar = GROUPS
    counted: ClassVar = COUNTED
    most_notes: ClassVar[int] = MOST_NOTES

    notes: list[Note] = field(default_factory=list)
    counts: Counter = field(default_factory=Counter)
    # How many notes did not fit, by group.
    more: Counter = field(default_factory=Counter)

    def add(self, group: str, text: str, item: str = "") -> None:
        """Write down a note; only counts it when there are too many of its group, and never twice the same."""
        note = Note(group, text, item)
        if self.counts_of(group) >= self.most_notes:
            self.more[group] += 1
        elif note not in self.notes[-20:]:
            self.notes.append(note)

    def guess(self, text: str, item: str = "") -> None:
        """Say how something was read that could be read otherwise."""
        self.add(GUESS, text, item)

    def check(self, text: str, item: str = "") -> None:
        """Ask for a look at something."""
        self.add(CHECK, text, item)

    def left_out(self, text: str, item: str = "") -> None:
        """Say what is in the file and not in the draft."""
        self.add(LEFT_OUT, text, item)

    def take_in(self, other: "Report", *, item: str) -> None:
        """Add the notes and counts of a report on one piece; its notes on the whole become notes on `item`."""
        for note in other.notes:
            self.add(note.group, note.text, note.item or item)
        self.counts += other.counts
        self.more += other.more

    def counts_of(self, group: str) -> int:
        """Return how many notes of a group are written down."""
        return sum(1 for note in self.notes if note.group == group)

    def groups(self) -> list[dict]:
        """Return the groups that have notes, the most urgent first.

        Each has group, title, explanation, count, `by_item` (a list of heading and the sentences about that item; those
        on the whole come first, under ""), and how many `more` there were.
        """
        return [
            {
                "group": group,
                "title": title,
                "explanation": explanation,
                "count": self.counts_of(group) + self.more[group],
                "by_item": self._by_item(group),
                "more": self.more[group],
            }
            for group, title, explanation in self.known_groups
            if self.counts_of(group)
        ]

    def _by_item(self, group: str) -> list[tuple[str, list[str]]]:
        found: dict[str, list[str]] = {"": []}
        for note in self.notes:
            if note.group == group:
                found.setdefault(note.item, []).append(note.text)
        return [(item, texts) for item, texts in found.items() if texts]

    def summary(self) -> str:
        """Return what the draft has, in one line: "10 items, 1200 words, 4 lists"."""
        said = [
            f"{self.counts[key]:,} {one if self.counts[key] == 1 else many}"
            for key, one, many in self.counted
            if self.counts[key]
        ]
        return ", ".join(said)

    def as_json(self) -> dict:
        """Return the report as data that can be stored."""
        return {
            "notes": [[note.group, note.text, note.item] for note in self.notes],
            "counts": dict(self.counts),
            "more": dict(self.more),
        }

    @classmethod
    def from_json(cls, data: dict) -> "Report":
        """Return the report that was stored."""
        notes = [Note(*note) for note in data.get("notes", [])]
        return cls(notes, Counter(data.get("counts", {})), Counter(data.get("more", {})))


def quoted(text: str) -> str:
    """Return a text as it is quoted in a note: on one line, shortened, in quotation marks."""
    line = " ".join(text[: QUOTE * 4].split())
    return f"“{line if len(line) <= QUOTE else line[: QUOTE - 1].rstrip() + '…'}”"
