"""Which passage has become which: the same one, one that was changed, one that was moved.

Nothing here looks at every passage against every other. Candidates are those that share rare words, and of the pairs
found, the heaviest that stand in the same order on both sides keep their place; the others have moved.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from updates.alignment import heaviest_rising, likeness, matching_blocks, numbered
from updates.together import gaps_in_what_moved
from updates.wording import HEADING, ROW, Passage

# Below this two passages share little more than "the" and "of": told as one removed and one added.
ALIKE = 0.35
# What was changed and moved must be more alike, and words enough to be known by.
ALIKE_ELSEWHERE = 0.6
WORDS_TO_BE_KNOWN_BY = 4
# A word that so many passages have tells nothing.
RARE = 8
CANDIDATES = 3


class Pairs(NamedTuple):
    """For each passage before, the place after that it has become, or -1; and those of them that moved."""

    partners: list[int]
    moved: set[int]


def paired(before: list[Passage], after: list[Passage]) -> Pairs:
    """Return which passage has become which."""
    pairing = _Pairing(before, after)
    pairing.pair_the_same()
    pairing.pair_alike()
    moved = pairing.off_the_line()
    if pairing.pair_in_moves(moved):
        # What changed has words as well: they count when it is decided which of two parts has moved past the other.
        # What cannot be known without its neighbours is parted by that, and joins them again.
        moved = pairing.off_the_line()
        moved |= pairing.pair_in_moves(moved)
    pairing.pair_in_gaps(moved)
    return Pairs(pairing.partners, moved)


class _Pairing:
    def __init__(self, before: list[Passage], after: list[Passage]):
        self.before, self.after = before, after
        self.keys, self.other_keys = numbered([p.key for p in before], [p.key for p in after])
        words = numbered(*([word.casefold() for word in p.words] for p in before + after))
        self.words, self.other_words = words[: len(before)], words[len(before) :]
        self.partners = [-1] * len(before)
        self.taken = [-1] * len(after)
        self.scores: dict[int, float] = {}
        counts, other_counts = Counter(self.keys), Counter(self.other_keys)
        # What each side says exactly once, and where the other does.
        self.alone = {key: j for j, key in enumerate(self.other_keys) if counts[key] == 1 and other_counts[key] == 1}

    def _pair(self, i: int, j: int, score: float = 1.0):
        self.partners[i], self.taken[j], self.scores[i] = j, i, score

    def _part(self, i: int):
        self.taken[self.partners[i]] = -1
        self.partners[i] = -1

    def pair_the_same(self):
        """Pair what says the same: what both have once, what stands beside that, the rest in order, then elsewhere."""
        for i, key in enumerate(self.keys):
            if key in self.alone:
                self._pair(i, self.alone[key])
        self._pair_beside()
        for left, right in self._gaps(self._steady()):
            same = matching_blocks([self.keys[i] for i in left], [self.other_keys[j] for j in right])
            for start, other, size in same:
                for step in range(size):
                    self._pair(left[start + step], right[other + step])
        self._pair_the_same_elsewhere()
        self._pair_beside()

    def _pair_the_same_elsewhere(self):
        free = defaultdict(deque)
        for j, key in enumerate(self.other_keys):
            if self.taken[j] < 0:
                free[key].append(j)
        for i, key in enumerate(self.keys):
            if self.partners[i] < 0 and len(self.words[i]) >= WORDS_TO_BE_KNOWN_BY and not self._beside(i, -1):
                while free[key] and self.taken[free[key][0]] >= 0:
                    free[key].popleft()
                if free[key]:
                    self._pair(i, free[key].popleft())

    def _pair_beside(self):
        for i in range(len(self.keys)):
            self._beside(i, -1)
        for i in reversed(range(len(self.keys))):
            self._beside(i, 1)

    def _beside(self, i: int, step: int) -> bool:
        """Pair a passage with the one beside its neighbour's partner, if that is free and says the same."""
        if self.partners[i] >= 0 or not 0 <= i + step < len(self.partners) or self.partners[i + step] < 0:
            return False
        j = self.partners[i + step] - step
        if 0 <= j < len(self.taken) and self.taken[j] < 0 and self.keys[i] == self.other_keys[j]:
            self._pair(i, j)
            return True
        return False

    def pair_alike(self):
        """Pair what shares rare words, the most alike first; between the same neighbours before elsewhere."""
        gaps, other_gaps = {}, {}
        for number, (left, right) in enumerate(self._gaps(self._steady())):
            gaps.update(dict.fromkeys(left, number))
            other_gaps.update(dict.fromkeys(right, number))
        found = []
        for i, j in self._candidates():
            score, is_near = self._likeness(i, j), gaps.get(i, -1) == other_gaps.get(j, -2)
            if score >= (ALIKE if is_near else ALIKE_ELSEWHERE):
                found.append((is_near, score, -i, -j))
        for _, score, i, j in sorted(found, reverse=True):
            if self.partners[-i] < 0 and self.taken[-j] < 0:
                self._pair(-i, -j, score)

    def _gaps(self, line: list[tuple[int, int]]) -> Iterator[tuple[list[int], list[int]]]:
        """Yield the places on both sides that have no partner yet, between each two pairs that keep their place."""
        for (i, j), (next_i, next_j) in pairwise([(-1, -1), *line, (len(self.before), len(self.after))]):
            left = [place for place in range(i + 1, next_i) if self.partners[place] < 0]
            right = [place for place in range(j + 1, next_j) if self.taken[place] < 0]
            if left and right:
                yield left, right

    def _steady(self) -> list[tuple[int, int]]:
        """Return the pairs that keep their place, whole stretches weighed together by their words."""
        stretches: list[list[int]] = []
        for i, j in enumerate(self.partners):
            if j < 0:
                continue
            weight = 2 + len(self.words[i])
            last = stretches[-1] if stretches else None
            if last and last[0] + last[2] == i and last[1] + last[2] == j:
                last[2] += 1
                last[3] += weight
            else:
                stretches.append([i, j, 1, weight])
        kept = heaviest_rising([stretch[1] for stretch in stretches], [stretch[3] for stretch in stretches])
        return [(i + step, j + step) for i, j, size, _ in (stretches[k] for k in kept) for step in range(size)]

    def _candidates(self) -> Iterator[tuple[int, int]]:
        having = defaultdict(list)
        for j, words in enumerate(self.other_words):
            if self.taken[j] < 0:
                for word in set(words):
                    having[word].append(j)
        rare = {word: places for word, places in having.items() if len(places) <= RARE}
        for i, words in enumerate(self.words):
            if self.partners[i] < 0:
                votes = Counter(j for word in sorted(set(words)) for j in rare.get(word, ()))
                yield from ((i, j) for j, _ in votes.most_common(CANDIDATES))

    def _likeness(self, i: int, j: int) -> float:
        one, other = self.before[i], self.after[j]
        if (one.kind == ROW) != (other.kind == ROW):
            return 0.0
        score = likeness(self.words[i], self.other_words[j])
        return score if (one.kind == HEADING) == (other.kind == HEADING) else score * 0.6

    def off_the_line(self) -> set[int]:
        """Return the passages that moved; those that could be any are parted again, unless they went with others."""
        steady = {i for i, _ in self._steady()}
        away = [i for i, j in enumerate(self.partners) if j >= 0 and i not in steady]
        moved = {i for i in away if self._is_known_elsewhere(i)}
        for step, order in ((-1, away), (1, away[::-1])):
            moved.update(i for i in order if i + step in moved and self.partners[i + step] == self.partners[i] + step)
        for i in away:
            if i not in moved:
                self._part(i)
        return moved

    def _is_known_elsewhere(self, i: int) -> bool:
        if len(self.words[i]) >= WORDS_TO_BE_KNOWN_BY:
            return self.scores[i] >= ALIKE_ELSEWHERE
        return self.alone.get(self.keys[i]) == self.partners[i]

    def pair_in_moves(self, moved: set[int]) -> set[int]:
        """Pair what is left in sections and stretches that moved, in order; return those passages: they moved too."""
        joined = set()
        for gap, other in gaps_in_what_moved(self.before, self.after, self.partners, moved):
            left = [i for i in gap if self.partners[i] < 0]
            self._pair_in_turn(left, [j for j in other if self.taken[j] < 0])
            joined.update(i for i in left if self.partners[i] >= 0)
        return joined

    def pair_in_gaps(self, moved: set[int]):
        """Pair what is left between the same neighbours in the order in which it stands."""
        line = [(i, j) for i, j in enumerate(self.partners) if j >= 0 and i not in moved]
        for left, right in list(self._gaps(line)):
            self._pair_in_turn(left, right)

    def _pair_in_turn(self, left: list[int], right: list[int]):
        start = 0
        for i in left:
            choices = [(self._likeness(i, j), -at) for at, j in enumerate(right[start : start + CANDIDATES], start)]
            score, at = max(choices, default=(0.0, 0))
            if score >= ALIKE:
                self._pair(i, right[-at], score)
                start = 1 - at
