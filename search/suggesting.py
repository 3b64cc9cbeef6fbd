"""What is suggested while somebody types: whom to ring, answers that staff keep, words for the same, and titles.

Nothing of it is remembered, neither by the site nor in a browser's store: what is suggested must not outlive a page
that is taken back, and what somebody has half typed is theirs, also on a computer that others use. It costs a few
milliseconds instead.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from search.answers import first_for, help_begun_by
from search.engine import folder
from search.engine.following import Ready, ready
from search.engine.queries import Form, Unit
from search.engine.titles import asking_places, asking_titles
from search.engine.understanding import LONGEST_FORM, MOST_FORMS, parted
from search.engine.words import STOP_WORDS, stems_of, telling, words_of
from search.places import Place, visible_places
from search.vocabulary import same_words, spelled

logger = logging.getLogger(__name__)
MOST = 8
MOST_WORDS = 3
SHORTEST = 2
# More than are shown: some may have been hidden a moment ago, or be called the same.
MOST_LOOKED_AT = 16
LOOKED_AT_FOR_WORDS = 3
THESE_WORDS, OTHER_WORDS = "Search for these words", "Search in other words"
HELP = "Worried about a child? See whom to ring now"
# The place of the numbers on the page of results (templates/search/first.html).
HELP_ANCHOR = "#help-first"


@dataclass(frozen=True)
class Suggestion:
    """Words, where they lead, and in a few words what is there."""

    text: str
    url: str
    kind: str


def suggestions(query: str, *, now: datetime) -> tuple[Suggestion, ...]:
    """Return at most eight suggestions for what has been typed so far, the best first.

    Two queries; three more where an answer that staff keep fits. Without an index no titles are suggested: it is being
    made, and looking through all rows at every letter would take longer than anybody types.
    """
    words = words_of(query)
    if not words or len(query) < SHORTEST:
        return ()
    first = first_for(query, today=timezone.localdate(now))
    words_for_help = query if first.needs_help else help_begun_by(query)
    # Not a number to ring: who picks the wrong line by mistake must not be calling somebody.
    found = [Suggestion(HELP, _results_for(words_for_help) + HELP_ANCHOR, "Help now")] if words_for_help else []
    found += [Suggestion(answer.title, answer.url, "Recommended") for answer in first.answers]
    # Who needs help is not offered other words to search for.
    most_words = 0 if words_for_help else MOST_WORDS
    indexed = _indexed(words, most_words=most_words, now=now)
    return tuple(islice(_different(chain(found, indexed)), MOST))


def _results_for(words: str) -> str:
    return f"{reverse('search:results')}?{urlencode({'q': words})}"


def _different(found: Iterable[Suggestion]) -> Iterator[Suggestion]:
    """Yield the suggestions of which none has led there, or looked like that, before."""
    seen = set()
    for one in found:
        same = {one.url, (one.text.casefold(), one.kind)}
        if not same & seen:
            yield one
        seen |= same


def _indexed(words: Form, *, most_words: int, now: datetime) -> Iterator[Suggestion]:
    available = ready()
    if available is None:
        return
    try:
        with folder.faults_told():
            asked = _Asked(words, available, now)
            titles = asked.titles()
            if not titles and (fewer := _without_small_words(words)):
                asked = _Asked(fewer, available, now)
                titles = asked.titles()
            others = asked.other_words(most=most_words)
    except folder.IndexFault:
        logger.exception("The index of the search is damaged. It is made anew.")
        folder.discard()
        return
    shown = visible_places([*titles, *(key for _, keys in others.values() for key in keys)])
    offered = [(text, kind) for text, (kind, keys) in others.items() if any(key in shown for key in keys)]
    yield from (Suggestion(text, _results_for(text), kind) for text, kind in offered)
    yield from (_of_place(shown[key]) for key in titles if key in shown)


def _without_small_words(words: Form) -> Form:
    """Return the words that titles must have where none has all of them ("about bruises on"); () for the same again."""
    last = () if words[-1] in STOP_WORDS or len(words[-1]) < SHORTEST else words[-1:]
    fewer = telling(words[:-1]) + last
    return fewer if fewer != words else ()


def _of_place(place: Place) -> Suggestion:
    kind = " · ".join(dict.fromkeys(filter(None, [place.kind, place.heading])))
    return Suggestion(place.title, place.url, kind)


class _Asked:
    """What was typed, in its parts: what came earlier, and what is still being typed, with what means the same."""

    def __init__(self, words: Form, available: Ready, now: datetime):
        earlier, self.typed, self.groups = _begun(words)
        same = same_words() if earlier else {}
        self.before = " ".join(earlier)
        self.units = [Unit((form, *same.get(stems_of(form), ())[:MOST_FORMS])) for form in parted(earlier, same)]
        self.searcher = available.searcher
        self.times = {"left_out": list(available.left_out), "now": available.ended_by(now)}

    def titles(self) -> list[int]:
        """Return the keys of passages whose titles it may become, the best first."""
        others = [words_of(form) for form in self._forms()][:MOST_FORMS]
        asked = asking_titles(self.units, self.typed, others, **self.times)
        return self._keys(asked, limit=MOST_LOOKED_AT, weight="standing")

    def other_words(self, *, most: int) -> dict[str, tuple[str, list[int]]]:
        """Return {words to search for instead: (what they are, keys of some passages that have them)}."""
        found = {}
        for form in self._forms()[:most]:
            words = words_of(form)
            asked = asking_places([*self.units, Unit((words,))], **self.times)
            kind = THESE_WORDS if self._is_begun(form) else OTHER_WORDS
            text = f"{self.before} {form}".strip()
            found[text] = (kind, self._keys(asked, limit=LOOKED_AT_FOR_WORDS, weight="weight"))
        return found

    def _forms(self) -> list[str]:
        """Return the forms of the groups that are not what was typed; what it is about to become comes first."""
        forms: dict[Form, str] = {}
        for form in chain.from_iterable(self.groups):
            forms.setdefault(stems_of(words_of(form)), form)
        forms.pop((), None)
        if forms.pop(stems_of(self.typed), None):
            return list(forms.values())
        return sorted(forms.values(), key=lambda form: not self._is_begun(form))

    def _is_begun(self, form: str) -> bool:
        return " ".join(words_of(form)).startswith(" ".join(self.typed))

    def _keys(self, asked, *, limit: int, weight: str) -> list[int]:
        hits = self.searcher.search(asked, limit=limit, count=False, weight_by_field=weight).hits
        return self.searcher.fast_field_values("row", [place for _, place in hits])


def _begun(words: Form) -> tuple[Form, Form, list[tuple[str, ...]]]:
    """Return the earlier words, those being typed, and the words for the same that these may become.

    What is being typed is the longest end that has words for the same, or else the last word.
    """
    known = spelled()
    for at in range(max(0, len(words) - LONGEST_FORM), len(words)):
        if groups := known.meant_by(words[at:]):
            return words[:at], words[at:], groups
    return words[:-1], words[-1:], []
