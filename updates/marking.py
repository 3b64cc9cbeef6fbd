"""The words of a passage that was changed: which are the same, which were removed, which were added."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from updates.alignment import matching_blocks, numbered, share
from updates.moves import ALIKE
from updates.wording import ITEM, PLAIN, Line, Mark, Passage

SAME, REMOVED, ADDED = "same", "removed", "added"
# So few words alone between two changes are read more easily with them than between them.
LONE_WORDS = 3


class Segment(NamedTuple):
    """A run of words that is the same in both (with a note where its link or type is not), or in one of them only."""

    kind: str
    text: str
    note: str = ""


class Cell(NamedTuple):
    """A line that may have changed, under the heading of its column in a table."""

    heading: str
    segments: tuple[Segment, ...]
    # A whole cell of a column that is new or gone.
    kind: str = ""


def cells_of(before: Passage, after: Passage) -> tuple[Cell, ...]:
    """Return the lines of two passages, or the cells of two rows, with what changed in each."""
    if len(before.lines) == len(after.lines) and before.columns == after.columns:
        headings = after.columns if len(after.columns) == len(after.lines) else [""] * len(after.lines)
        lines = zip(headings, before.lines, after.lines, strict=True)
        return tuple(Cell(heading, segments(one, other)) for heading, one, other in lines)
    return tuple(_cells_by_column(before, after))


def _cells_by_column(before: Passage, after: Passage) -> Iterator[Cell]:
    """Match the cells of two rows by the headings of their columns, or by what they say where there are none."""
    names = [
        passage.columns if len(passage.columns) == len(passage.lines) else [line.text for line in passage.lines]
        for passage in (before, after)
    ]
    headings = [passage.columns or [""] * len(passage.lines) for passage in (before, after)]
    headings = [[*names, *[""] * len(p.lines)] for names, p in zip(headings, (before, after), strict=True)]
    i = j = 0
    for next_i, next_j, size in [*matching_blocks(*numbered(*names)), (len(names[0]), len(names[1]), 0)]:
        if next_i - i == next_j - j:
            size, next_i, next_j = size + next_i - i, i, j
        for place in range(i, next_i):
            yield Cell(headings[0][place], _whole(REMOVED, before.lines[place]), REMOVED)
        for place in range(j, next_j):
            yield Cell(headings[1][place], _whole(ADDED, after.lines[place]), ADDED)
        for step in range(size):
            one, other = before.lines[next_i + step], after.lines[next_j + step]
            yield Cell(headings[1][next_j + step], segments(one, other))
        i, j = next_i + size, next_j + size


def segments(before: Line, after: Line) -> tuple[Segment, ...]:
    """Return two lines as one: equal words once, and between them what was removed, then what was added."""
    if before == after:
        return _whole(SAME, after)
    words = before.words, after.words
    blocks = _without_lone_words(matching_blocks(*numbered(*words)), *words)
    common = sum(size for _, _, size in blocks)
    if common and share(common, len(words[0]), len(words[1])) < ALIKE:
        blocks = []
    found, i, j = [], 0, 0
    for next_i, next_j, size in [*blocks, (len(words[0]), len(words[1]), 0)]:
        found += _whole(REMOVED, before, i, next_i) + _whole(ADDED, after, j, next_j)
        found += _kept(before, after, next_i, next_j, size)
        i, j = next_i + size, next_j + size
    return tuple(found)


def _whole(kind: str, line: Line, start: int = 0, end: int | None = None) -> tuple[Segment, ...]:
    tokens = line.tokens[start:end]
    return (Segment(kind, "".join(tokens)),) if tokens else ()


def _without_lone_words(blocks: list, before: tuple, after: tuple) -> list:
    """Leave out equal words that are fewer, and shorter, than the changes on both sides of them."""
    kept: list = []
    ends = [*blocks, (len(before), len(after), 0)][1:]
    i = j = 0
    for (start, other, size), (next_start, next_other, _) in zip(blocks, ends, strict=True):
        length = sum(map(len, before[start : start + size]))
        left = _longer(before[i:start], after[j:other])
        right = _longer(before[start + size : next_start], after[other + size : next_other])
        if size <= LONE_WORDS and length < left and length < right:
            continue
        kept.append((start, other, size))
        i, j = start + size, other + size
    return kept


def _longer(before: tuple, after: tuple) -> int:
    return max(sum(map(len, before)), sum(map(len, after)))


def _kept(before: Line, after: Line, i: int, j: int, size: int) -> Iterator[Segment]:
    """Yield equal words, cut where their links or their type begin to differ in another way."""
    tokens = _spaced(before.tokens[i : i + size], after.tokens[j : j + size])
    if not size or not (before.marks or after.marks):
        yield from [Segment(SAME, "".join(tokens))] if size else []
        return
    marks = zip(_marks(before, i, size), _marks(after, j, size), strict=True)
    place = 0
    for (was, now), run in groupby(marks, lambda pair: pair if pair[0] != pair[1] else (PLAIN, PLAIN)):
        end = place + len(list(run))
        yield Segment(SAME, "".join(tokens[place:end]), _difference(was, now))
        place = end


def _spaced(before: tuple, after: tuple) -> list[str]:
    """Return the tokens of after, with a space where either side has one: another word may stand between them."""
    return [
        " " + token if earlier[0] in " \n" and token[0] not in " \n" else token
        for earlier, token in zip(before, after, strict=True)
    ]


def _marks(line: Line, start: int, size: int) -> tuple[Mark, ...]:
    return line.marks[start : start + size] if line.marks else (PLAIN,) * size


def _difference(was: Mark, now: Mark) -> str:
    """Say in words how a link or the type of the same words differs."""
    said = []
    if was.link != now.link and was.link and now.link:
        said.append(f"link changed: was {_named(was.link)}, now {_named(now.link)}")
    elif now.link != was.link:
        said.append(f"link added: {_named(now.link)}" if now.link else f"link removed: {_named(was.link)}")
    differing = [name for name in ("bold", "italic") if getattr(was, name) != getattr(now, name)]
    said += [f"now {name}" if getattr(now, name) else f"no longer {name}" for name in differing]
    return "; ".join(said)


def _named(target) -> str:
    return f"“{target}”" if target.model else (target.key or "nothing")


def notes_of(before: Passage, after: Passage) -> tuple[str, ...]:
    """Say in words what changed about a passage apart from its words."""
    if before.shape == after.shape:
        return ()
    notes = []
    if before.kind != after.kind:
        notes.append(f"Was a {before.kind}, now a {after.kind}")
    elif before.kind == ITEM and before.ordered != after.ordered:
        notes.append("Now in a numbered list" if after.ordered else "Now in a list without numbers")
    if before.kind == after.kind and before.level != after.level:
        notes.append("Now one level down" if after.level > before.level else "Now one level up")
    if before.within != after.within:
        notes += [f"No longer in: {before.within}"] if before.within else []
        notes += [f"Now in: {after.within}"] if after.within else []
    if before.label != after.label:
        notes.append(f"Was called “{before.label}”" if before.label else f"Now called “{after.label}”")
    return tuple(notes)
