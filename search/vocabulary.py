"""What means the same: what staff keep, and the short and other forms of the glossary's words."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import takewhile

from content.models import GlossaryTerm
from pages.caching import remember
from search.engine.queries import Form
from search.engine.words import stems_of, words_of
from search.models import SameWords

REMEMBERED_SECONDS = 60


def same_words() -> dict[Form, tuple[Form, ...]]:
    """Return {stems of words: the other words for the same}; two queries, none while it is remembered."""
    return remember("search:same-words", _read, timeout=REMEMBERED_SECONDS)


def _kept() -> list[SameWords | GlossaryTerm]:
    return [*SameWords.objects.all(), *GlossaryTerm.objects.all()]


def _read() -> dict[Form, tuple[Form, ...]]:
    found: dict[Form, dict[Form, None]] = {}
    for group in (one.forms() for one in _kept()):
        forms = [form for form in map(words_of, group) if form]
        by_stems = {stems_of(form): form for form in forms}
        for stems in by_stems:
            others = (form for other, form in by_stems.items() if other != stems)
            found.setdefault(stems, {}).update(dict.fromkeys(others))
    return {stems: tuple(others) for stems, others in found.items() if others}


@dataclass(frozen=True)
class Spelled:
    """Words for the same as they are written (`groups`), and how to find a group while one of its forms is typed.

    `beginnings` are (the words of a form in one line, number of its group), sorted.
    """

    groups: tuple[tuple[str, ...], ...]
    whole: Mapping[Form, tuple[int, ...]]
    beginnings: tuple[tuple[str, int], ...]

    def meant_by(self, typed: Form) -> list[tuple[str, ...]]:
        """Return the groups with a form of which this is the whole; else those with the shortest that it is half of."""
        whole = self.whole.get(stems_of(typed), ())
        return [self.groups[number] for number in whole or self._begun_by(" ".join(typed))]

    def _begun_by(self, line: str) -> list[int]:
        further = self.beginnings[bisect_left(self.beginnings, (line, -1)) :]
        begun = takewhile(lambda pair: pair[0].startswith(line), further)
        near = [(len(form), form, number) for form, number in begun if len(form) <= 2 * len(line)]
        shortest = min(near, default=None)
        return [number for _, form, number in near if form == shortest[1]]


def spelled() -> Spelled:
    """Return the words for the same as they are written; two queries, none while they are remembered."""
    return remember("search:spelled", _spelled, timeout=REMEMBERED_SECONDS)


def _spelled() -> Spelled:
    groups = tuple(tuple(one.forms()) for one in _kept())
    whole: dict[Form, dict[int, None]] = {}
    beginnings = []
    for number, group in enumerate(groups):
        for form in filter(None, map(words_of, group)):
            whole.setdefault(stems_of(form), {})[number] = None
            beginnings.append((" ".join(form), number))
    return Spelled(groups, {stems: tuple(numbers) for stems, numbers in whole.items()}, tuple(sorted(beginnings)))
