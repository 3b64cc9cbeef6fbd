"""What has changed between two editions of a page, passage by passage and word by word."""

from bisect import bisect
from collections import Counter, deque
from dataclasses import dataclass, replace
from functools import cached_property

from updates.marking import cells_of, notes_of
from updates.moves import Pairs, paired
from updates.rows import ADDED, CHANGED, MOVED_AWAY, MOVED_HERE, REMOVED, SAME, Block, Move, Row, blocks_of
from updates.together import travels
from updates.wording import HEADING, Passage, Section

# Where a passage came from and went to inside one section: up, neither, down.
_UP_OR_DOWN = {
    -1: ("a place further down in this section", "a place further up in this section"),
    0: ("another place in this section", "another place in this section"),
    1: ("a place further up in this section", "a place further down in this section"),
}


@dataclass(frozen=True)
class Comparison:
    """All rows in reading order: what is gone stands where it stood."""

    rows: list[Row]
    key_to_signs = "Removed words are struck through after a minus sign. Added words are underlined after a plus sign."

    @property
    def has_changes(self) -> bool:
        """Whether anything is different."""
        return any(row.kind != SAME for row in self.rows)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many passages were changed, added and removed, and how many moves there are."""
        kinds = Counter(row.kind for row in self.rows)
        moves = [row for row in self.rows if row.kind == MOVED_HERE]
        return {
            "changed": kinds[CHANGED] + sum(row.is_changed for row in moves),
            "added": kinds[ADDED],
            "removed": kinds[REMOVED],
            "moved": sum(row.leads for row in moves),
        }

    @cached_property
    def blocks(self) -> list[Block]:
        """The rows as they are shown: under the name of their place, long runs without a change folded."""
        return blocks_of(self.rows)

    @property
    def summary(self) -> str:
        """The counts as a sentence."""
        said = [(count, word) for word, count in self.counts.items() if count]
        if not said:
            return "Nothing that readers see has changed."
        parts = [f"{count:,} {word}" for count, word in said]
        parts[0] = f"{said[0][0]:,} {'passage' if said[0][0] == 1 else 'passages'} {said[0][1]}"
        return ", ".join(parts) + "."

    @cached_property
    def changed_sections(self) -> list[Section]:
        """The sections in which something is different, in reading order, under their heading of now."""
        now = {(row.after.section.field, row.after.section.id): row.after.section for row in self.rows if row.after}
        touched = {}
        for row in self.rows:
            if row.kind != SAME:
                section = row.passage.section
                place = (section.field, section.id)
                touched.setdefault(place, now.get(place, section))
        return list(touched.values())


def compare(before: list[Passage], after: list[Passage]) -> Comparison:
    """Return what became of each passage between two states of a page (see `updates.passages.passages_of`).

    Bounded in time and memory whatever is in them: see `updates.alignment`.
    """
    pairs = paired(before, after)
    return Comparison(_in_reading_order(before, after, pairs))


def _in_reading_order(before: list[Passage], after: list[Passage], pairs: Pairs) -> list[Row]:
    moves = _moves(before, after, pairs)
    became_from = {j: i for i, j in enumerate(pairs.partners) if j >= 0}
    rows: list[Row] = []
    new: list[Row] = []
    at = 0
    for j, passage in enumerate(after):
        i = became_from.get(j)
        if i is None:
            new.append(Row(ADDED, after=passage))
        elif i in pairs.moved:
            move, leads = moves[i]
            new.append(_pair_of(MOVED_HERE, before[i], passage, move=move, leads=leads))
        else:
            rows += _by_section(_gone(before, range(at, i), pairs, moves), new, after=rows)
            rows.append(_pair_of(SAME, before[i], passage))
            new, at = [], i + 1
    return rows + _by_section(_gone(before, range(at, len(before)), pairs, moves), new, after=rows)


def _by_section(gone: list[Row], new: list[Row], *, after: list[Row]) -> list[Row]:
    """Return what is gone and what is new between two passages that stayed: section by section, what is gone first."""
    if not gone or not new:
        return gone + new
    rows, queues = [], (deque(gone), deque(new))
    section = after[-1].passage.section if after else gone[0].passage.section
    while any(queues):
        for queue in queues:
            while queue and queue[0].passage.section[:2] == section[:2]:
                rows.append(queue.popleft())
        section = next((queue[0].passage.section for queue in queues if queue), section)
    return rows


def _gone(before, places, pairs: Pairs, moves: dict) -> list[Row]:
    """Return rows for what no longer stands at these places."""
    rows = []
    for i in places:
        if i in moves:
            rows.append(Row(MOVED_AWAY, before=before[i], move=moves[i][0], leads=moves[i][1]))
        elif pairs.partners[i] < 0:
            rows.append(Row(REMOVED, before=before[i]))
    return rows


def _pair_of(kind: str, before: Passage, after: Passage, **more) -> Row:
    cells = () if before.lines == after.lines or before.said == after.said else cells_of(before, after)
    notes = notes_of(before, after)
    row = Row(kind, before, after, cells, notes, **more)
    return replace(row, kind=CHANGED) if kind == SAME and row.is_changed else row


def _moves(before: list[Passage], after: list[Passage], pairs: Pairs) -> dict[int, tuple[Move, bool]]:
    """Return the move of each passage that moved, and whether it is the first of it."""
    found = {}
    for places, line, other_line in travels(before, after, *pairs):
        now = [pairs.partners[i] for i in places]
        came_from, went_to = _place(before, places[0]), _place(after, now[0])
        if came_from == went_to:
            down = bisect(other_line, now[0]) - bisect(line, places[0])
            came_from, went_to = _UP_OR_DOWN[(down > 0) - (down < 0)]
        move = Move(tuple(before[i] for i in places), tuple(after[j] for j in now), came_from, went_to)
        found.update({i: (move, i == places[0]) for i in places})
    return found


def _place(passages: list[Passage], start: int) -> str:
    """Say where a passage stands: in which section, or, where it begins one, after which."""
    passage = passages[start]
    if passage.kind != HEADING or not passage.section.id or passage.level != 2:
        name = passage.under or passage.section.heading
        return f"section “{name}”" if name else "another place"
    if start and (earlier := passages[start - 1].section).id:
        return f"after section “{earlier.heading}”"
    return "the beginning"
