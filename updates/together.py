"""What moved together: a section as a whole, whatever changed in it, or passages that stand beside each other.

A section is known on both sides by its field and the key of its block. Where nothing of it kept its place, it moved,
and what is left of it on both sides belongs together, much as between two passages that stayed.
"""

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from updates.alignment import heaviest_rising
from updates.wording import Passage

Places = list[int]


class Travel(NamedTuple):
    """Places before, in order, of what moved in one piece.

    Beside it stands what is in the same order on both sides, as places before and after: what it may have passed.
    """

    places: Places
    line: Places
    other_line: Places


def gaps_in_what_moved(
    before: list[Passage], after: list[Passage], partners: list[int], moved: set[int]
) -> Iterator[tuple[Places, Places]]:
    """Yield places on both sides without a partner that belong together, because what is beside them moved together.

    Each place comes once in its section and once in a stretch. Look again at whether it is still free: it may have
    found a partner meanwhile.
    """
    taken = {j for j in partners if j >= 0}
    lines = whole_sections(before, after, partners, moved)
    free, other_free = _by_section(before, lines), _by_section(after, lines)
    for key, line in lines.items():
        left = [i for i in free[key] if partners[i] < 0]
        right = [j for j in other_free[key] if j not in taken]
        yield from _between(left, right, line, [partners[i] for i in line])
    done = {pair for line in lines.values() for pair in pairwise(line)}
    for i, next_i in _neighbours(partners, moved):
        if (i, next_i) not in done:
            yield list(range(i + 1, next_i)), list(range(partners[i] + 1, partners[next_i]))


def whole_sections(
    before: list[Passage], after: list[Passage], partners: list[int], moved: set[int]
) -> dict[tuple, Places]:
    """Return, for each section of which nothing kept its place, what stands in the same order before and after."""
    members = defaultdict(list)
    for i, j in enumerate(partners):
        if j >= 0 and _key(before[i]) == _key(after[j]):
            members[_key(before[i])].append(i)
    lines = {}
    for key, places in members.items():
        if moved.issuperset(places):
            weights = [2 + sum(len(line.tokens) for line in before[i].lines) for i in places]
            lines[key] = [places[at] for at in heaviest_rising([partners[i] for i in places], weights)]
    return lines


def travels(before: list[Passage], after: list[Passage], partners: list[int], moved: set[int]) -> list[Travel]:
    """Return what moved, in as few pieces as can be told: a section that moved as a whole is one of them."""
    lines = whole_sections(before, after, partners, moved)
    on_line = {i: key for key, line in lines.items() for i in line}
    seams = set(_seams(before, after, partners, moved, on_line))

    def go_together(i: int, next_i: int) -> bool:
        return (i in on_line and on_line[i] == on_line.get(next_i)) or (i, next_i) in seams

    strays = defaultdict(list)
    for i in sorted(moved - on_line.keys()):
        if _key(before[i]) in lines and _key(before[i]) == _key(after[partners[i]]):
            strays[_key(before[i])].append(i)
    carried = moved.difference(*strays.values())
    steady = [i for i, j in enumerate(partners) if j >= 0 and i not in moved]
    parts = [(sorted(carried), steady), *((strays[key], lines[key]) for key in strays)]
    found = []
    for places, line in parts:
        other_line = [partners[i] for i in line]
        found += [Travel(piece, line, other_line) for piece in _pieces(places, go_together)]
    return found


def _seams(before, after, partners: list[int], moved: set[int], on_line: dict) -> Iterator[tuple[int, int]]:
    """Yield each two that moved and belong together though other passages may have gone or come between them."""
    for i, next_i in _neighbours(partners, moved):
        j, next_j = partners[i], partners[next_i]
        in_one_section = _key(before[i]) == _key(before[next_i]) and _key(after[j]) == _key(after[next_j])
        are_whole_sections = i in on_line and next_i in on_line
        if in_one_section or are_whole_sections or next_i - i == next_j - j == 1:
            yield i, next_i


def _pieces(places: Places, go_together) -> list[Places]:
    pieces: list[Places] = []
    for i in places:
        if pieces and go_together(pieces[-1][-1], i):
            pieces[-1].append(i)
        else:
            pieces.append([i])
    return pieces


def _neighbours(partners: list[int], moved: set[int]) -> list[tuple[int, int]]:
    """Return each two passages that moved and have nothing between them, before and after, that has a partner."""
    paired = [i for i, j in enumerate(partners) if j >= 0]
    ranks = {j: rank for rank, j in enumerate(sorted(partners[i] for i in paired))}
    return [
        (i, next_i)
        for i, next_i in pairwise(paired)
        if i in moved and next_i in moved and ranks[partners[next_i]] == ranks[partners[i]] + 1
    ]


def _by_section(passages: list[Passage], keys) -> dict[tuple, Places]:
    places: dict[tuple, Places] = {key: [] for key in keys}
    for place, passage in enumerate(passages):
        if _key(passage) in places:
            places[_key(passage)].append(place)
    return places


def _between(left: Places, right: Places, line: Places, other_line: Places) -> Iterator[tuple[Places, Places]]:
    """Yield what stands, on both sides, between the same two passages of a line."""
    gaps, other_gaps = defaultdict(list), defaultdict(list)
    for place in left:
        gaps[bisect(line, place)].append(place)
    for place in right:
        other_gaps[bisect(other_line, place)].append(place)
    for number in gaps.keys() & other_gaps.keys():
        yield gaps[number], other_gaps[number]


def _key(passage: Passage) -> tuple[str, str]:
    return passage.section[:2]
