"""From words to what is asked for: what means the same, what was misspelt, what is the beginning of a word."""

from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from search.engine.queries import Form, Unit, word
from search.engine.schema import WEIGHTS
from search.engine.words import stem_of, stems_of, telling

LONGEST_FORM = 6
MOST_FORMS = 6
SHORTEST_BEGINNING = 3
# Below so many, deleted passages may be all that is counted: it is looked up.
CERTAIN = 50
# Words are compared with those of the same first letter: more would be a question of several milliseconds.
MOST_COMPARED = 20_000


@dataclass(frozen=True)
class Understood:
    """What a query asks for, and what was taken for something else: {word as typed: word as meant}."""

    units: tuple[Unit, ...]
    corrected: Mapping[str, str]


def understood(words: Form, *, same: Mapping[Form, tuple[Form, ...]], searcher) -> Understood:
    """Return what a query's words ask for; `same`: {stems of words: other words for the same}."""
    units: list[Unit] = []
    corrected: dict[str, str] = {}
    for form in parted(words, same):
        others = same.get(stems_of(form), ())[:MOST_FORMS]
        if others or len(form) > 1 or _is_known(form[0], searcher):
            units.append(Unit((form, *others)))
            continue
        meant, near = _meant(form[0], searcher)
        if near:
            corrected[form[0]] = meant[0]
        further = [other for each in meant for other in same.get(stems_of((each,)), ())]
        forms = tuple(dict.fromkeys([form, *((each,) for each in meant), *further]))
        units.append(Unit(forms[: MOST_FORMS + 1], is_known=False))
    return Understood(tuple(units), corrected)


def parted(words: Form, same: Mapping[Form, tuple[Form, ...]]) -> list[Form]:
    """Return the query in parts: runs of words that have others for the same, the longest first; single words else."""
    parts, at, loose = [], 0, []
    while at < len(words):
        longest = min(LONGEST_FORM, len(words) - at)
        length = next((n for n in range(longest, 0, -1) if stems_of(words[at : at + n]) in same), 0)
        if length:
            parts.append(words[at : at + length])
        else:
            loose.append(words[at])
            parts.append(words[at : at + 1])
        at += max(1, length)
    told = set(telling(tuple(loose)))
    kept = [part for part in parts if stems_of(part) in same or part[0] in told]
    # Of stop words alone, all count: they may be a title.
    return list(dict.fromkeys(kept or parts))


def _is_known(text: str, searcher) -> bool:
    stem = stem_of(text)
    times = sum(searcher.doc_freq(name, stem) for name in WEIGHTS)
    return times >= CERTAIN or (times > 0 and _is_found(text, searcher))


def _is_found(text: str, searcher) -> bool:
    return searcher.search(word(text), limit=1).count > 0


def _meant(typed: str, searcher) -> tuple[list[str], bool]:
    """Return the words that an unknown one may stand for, the likeliest first, and whether it was misspelt.

    One wrong, missing or swapped letter in a short word, two in a long one, the first letter apart; else the words that
    begin with it.
    """
    allowed = 0 if len(typed) < 4 else 1 if len(typed) < 8 else 2
    near = []
    for known, times in searcher.terms_with_prefix("words", typed[0], limit=MOST_COMPARED) if allowed else ():
        if abs(len(known) - len(typed)) <= allowed:
            distance = OSA.distance(typed, known, score_cutoff=allowed)
            if distance <= allowed:
                near.append((distance, -times, known))
    found = [known for _, _, known in sorted(near)[:MOST_FORMS] if _is_found(known, searcher)]
    if found or len(typed) < SHORTEST_BEGINNING:
        return found, bool(found)
    begun = sorted(searcher.terms_with_prefix("words", typed, limit=MOST_COMPARED), key=lambda pair: -pair[1])
    return [known for known, _ in begun[:MOST_FORMS] if _is_found(known, searcher)], False
