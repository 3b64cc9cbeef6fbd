"""The rows of a comparison: one passage, and what became of it."""

from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from updates.marking import ADDED as WORDS_ADDED
from updates.marking import REMOVED as WORDS_REMOVED
from updates.marking import SAME as WORDS_SAME
from updates.marking import Cell
from updates.showing import beginning_of, passage_html
from updates.wording import HEADING, Passage

SAME, CHANGED, ADDED, REMOVED = "same", "changed", "added", "removed"
MOVED_HERE, MOVED_AWAY = "moved-here", "moved-away"

# Passages without a change that are shown beside one, and the fewest that are worth folding away.
CONTEXT = 1
WORTH_FOLDING = 2
BEFORE, AFTER = frozenset({WORDS_SAME, WORDS_REMOVED}), frozenset({WORDS_SAME, WORDS_ADDED})


@dataclass(frozen=True, slots=True)
class Move:
    """Passages that stand together before and after, in another place."""

    before: tuple[Passage, ...]
    after: tuple[Passage, ...]
    # Where it stood and where it stands, in words that follow "from" and "to".
    came_from: str
    went_to: str

    @property
    def size(self) -> str:
        """How much moved, where it is more than what is seen."""
        return f" ({len(self.after)} passages)" if len(self.after) > 1 else ""


@dataclass(frozen=True, slots=True)
class Row:
    """One passage of one edition or of both, and what became of it."""

    kind: str
    before: Passage | None = None
    after: Passage | None = None
    cells: tuple[Cell, ...] = ()
    notes: tuple[str, ...] = ()
    move: Move | None = None
    # Whether this is the first passage of its move; the others need not say it again.
    leads: bool = True

    @property
    def passage(self) -> Passage:
        """The passage as it is now, or as it was."""
        return self.after or self.before

    @property
    def is_changed(self) -> bool:
        """Whether words, links or the shape are different."""
        return bool(self.cells or self.notes)

    @property
    def state(self) -> str:
        """What became of it, where that has to be said; nothing for a passage that is the same."""
        if self.kind == MOVED_HERE and self.leads:
            return f"Moved here from {self.move.came_from}{self.move.size}" + (", and changed" * self.is_changed)
        if self.kind == MOVED_AWAY:
            return f"Moved to {self.move.went_to}{self.move.size}"
        if self.kind == SAME or (self.kind == MOVED_HERE and not self.is_changed):
            return ""
        return "Changed" if self.is_changed else self.kind.capitalize()

    @property
    def short_state(self) -> str:
        """The state in a word or two, for every passage."""
        word = {SAME: "Unchanged", MOVED_HERE: "Moved here", MOVED_AWAY: "Moved away"}.get(self.kind)
        return (word or self.kind.capitalize()) + (
            " and changed" if self.kind == MOVED_HERE and self.is_changed else ""
        )

    @property
    def inline(self) -> str:
        """Both editions as one HTML text; of what moved away the first words only, for it stands elsewhere in full."""
        if self.kind != MOVED_AWAY:
            return passage_html(self.passage, self.cells, headings=True)
        return beginning_of(self.move.before) if self.leads else ""

    @property
    def left(self) -> str:
        """The passage of the earlier edition, as HTML."""
        if self.kind == MOVED_HERE:
            return f"Moved here from {self.move.came_from}{self.move.size}" if self.leads else ""
        return passage_html(self.before, self.cells, BEFORE) if self.before else ""

    @property
    def right(self) -> str:
        """The passage of the later edition, as HTML; one that moved shows here what changed in it."""
        if self.kind == MOVED_AWAY:
            return self.state if self.leads else ""
        if self.kind == MOVED_HERE:
            return passage_html(self.after, self.cells)
        return passage_html(self.after, self.cells, AFTER) if self.after else ""


class Block(NamedTuple):
    """Rows that are shown together: under the name of their place, or folded away."""

    rows: list[Row]
    place: str = ""
    is_folded: bool = False

    @property
    def summary(self) -> str:
        """What a fold holds."""
        return f"{len(self.rows):,} unchanged passages" if len(self.rows) > 1 else "1 unchanged passage"


def blocks_of(rows: list[Row]) -> list[Block]:
    """Return the rows in blocks: changes with what stands beside them, and runs without any folded."""
    blocks, last = [], None
    for (is_folded, _), group in groupby(zip(rows, _folded(rows), strict=True), lambda item: _block_key(*item)):
        members = [row for row, _ in group]
        place = "" if is_folded else _place(members[0].passage)
        blocks.append(Block(members, "" if place == last or _is_heading(members[0].passage) else place, is_folded))
        if not is_folded:
            last = _place(members[-1].passage)
    return blocks


def _block_key(row: Row, is_folded: bool) -> tuple:
    return is_folded, None if is_folded else _section(row)


def _section(row: Row) -> tuple[str, str]:
    return row.passage.section[:2]


def _folded(rows: list[Row]) -> list[bool]:
    """Tell for each row whether it is folded away: unchanged, and not beside a change in its own section."""
    shown = [False] * len(rows)
    touched = {_section(row) for row in rows if row.kind != SAME}
    for place, row in enumerate(rows):
        if row.kind != SAME:
            for beside in range(max(0, place - CONTEXT), min(len(rows), place + CONTEXT + 1)):
                shown[beside] = shown[beside] or _section(rows[beside]) == _section(row)
    folded, place = [], 0
    for is_shown, run in groupby(shown):
        size = len(list(run))
        is_worth = size >= WORTH_FOLDING or _section(rows[place]) not in touched
        folded += [not is_shown and is_worth] * size
        place += size
    return folded


def _is_heading(passage: Passage) -> bool:
    return passage.kind == HEADING and passage.level == 2 and bool(passage.section.id)


def _place(passage: Passage) -> str:
    """Name the place where a passage stands."""
    section = passage.section
    if not section.id:
        return section.heading
    under = f", “{passage.under}”" if passage.under and passage.kind != HEADING else ""
    return f"In section “{section.heading}”{under}"
