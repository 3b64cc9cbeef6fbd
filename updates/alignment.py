"""What two sequences have in common, in order, within fixed bounds of time and memory.

rapidfuzz finds the longest common subsequence with one bit for each pair of places: quick, but the bits are kept. Where
there would be too many, the sequences are first cut at what occurs exactly once in both.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import pairwise

from rapidfuzz.distance import LCSseq

# Pairs of places that are looked at together: 8 MB of bits, some 50 ms.
MOST_PAIRS = 64_000_000

Block = tuple[int, int, int]


def numbered(*sequences: Sequence[Hashable]) -> list[list[int]]:
    """Return the sequences with a number for each different element: equal numbers, equal elements."""
    numbers: dict = {}
    return [[numbers.setdefault(element, len(numbers)) for element in sequence] for sequence in sequences]


def matching_blocks(before: list[int], after: list[int]) -> list[Block]:
    """Return (start before, start after, length) of the stretches that both have, in order and without overlap."""
    length = min(len(before), len(after))
    head = next((place for place in range(length) if before[place] != after[place]), length)
    length -= head
    tail = next((place for place in range(length) if before[-1 - place] != after[-1 - place]), length)
    ends = len(before) - tail, len(after) - tail
    blocks = [(0, 0, head)] if head else []
    blocks += [(i + head, j + head, size) for i, j, size in _middle(before[head : ends[0]], after[head : ends[1]])]
    return blocks + ([(*ends, tail)] if tail else [])


def _middle(before: list[int], after: list[int]) -> list[Block]:
    if not before or not after:
        return []
    if len(before) * len(after) <= MOST_PAIRS:
        return [(*block,) for block in _longest(before, after)]
    found = []
    anchors = [(-1, -1), *_anchors(before, after), (len(before), len(after))]
    for (i, j), (next_i, next_j) in pairwise(anchors):
        if i >= 0:
            found.append((i, j, 1))
        gap = before[i + 1 : next_i], after[j + 1 : next_j]
        if len(gap[0]) * len(gap[1]) <= MOST_PAIRS:
            found += [(k + i + 1, m + j + 1, size) for k, m, size in _longest(*gap)]
    return found


def _longest(before: list[int], after: list[int]) -> list[Block]:
    if not before or not after:
        return []
    blocks = LCSseq.opcodes(before, after).as_matching_blocks()
    return [(block.a, block.b, block.size) for block in blocks if block.size]


def _anchors(before: list[int], after: list[int]) -> list[tuple[int, int]]:
    """Return the places of what occurs once in both, as many as stand in the same order."""
    counts, other_counts = Counter(before), Counter(after)
    places = {element: j for j, element in enumerate(after) if other_counts[element] == 1}
    shared = [(i, places[element]) for i, element in enumerate(before) if counts[element] == 1 and element in places]
    return [shared[index] for index in heaviest_rising([j for _, j in shared], [1] * len(shared))]


def heaviest_rising(values: list[int], weights: list[int]) -> list[int]:
    """Return the indexes of the rising subsequence of different values with the greatest sum of weights."""
    ranks = {value: rank for rank, value in enumerate(sorted(values), start=1)}
    # A Fenwick tree: the best sum among the values up to a rank, and the index at which it ends.
    best: list[tuple[int, int]] = [(0, -1)] * (len(values) + 1)
    before = [-1] * len(values)
    for index, (value, weight) in enumerate(zip(values, weights, strict=True)):
        rank, sum_before, before[index] = ranks[value], 0, -1
        place = rank - 1
        while place:
            if best[place][0] > sum_before:
                sum_before, before[index] = best[place]
            place &= place - 1
        entry = (sum_before + weight, index)
        while rank < len(best):
            if entry[0] > best[rank][0]:
                best[rank] = entry
            rank += rank & -rank
    return _chain(before, max(best)[1])


def _chain(before: list[int], index: int) -> list[int]:
    chain = []
    while index >= 0:
        chain.append(index)
        index = before[index]
    return chain[::-1]


def likeness(before: list[int], after: list[int]) -> float:
    """Return how much of two sequences is common and in order, from 0 to 1.

    A passage that was made much longer is still like what it was. Where two are too long to look at in order, only
    what they have in common counts.
    """
    if not before or not after:
        return 0.0
    if len(before) * len(after) <= MOST_PAIRS // 16:
        common = LCSseq.similarity(before, after)
    else:
        common = (Counter(before) & Counter(after)).total()
    return share(common, len(before), len(after))


def share(common: int, before: int, after: int) -> float:
    """Return the likeness of two sequences of these lengths with so much in common."""
    kept = common / min(before, after)
    return max(2 * common / (before + after), 0.9 * kept if kept >= 0.7 and common >= 5 else 0)
