"""The reading age of a text, by the Automated Readability Index.

Senter and Smith, "Automated Readability Index", AMRL-TR-66-220 (1967): 4.71 letters a word, and 0.5 words a sentence,
less 21.43, is the school grade in the United States; five more is the age. It counts letters and needs no syllables,
which no program counts rightly (see docs/dependencies.md for libraries that try).
"""

import re
from dataclasses import dataclass

from updates.wording import ITEM, PARAGRAPH, Passage

# Of less, an index says nothing.
FEWEST_WORDS = 100
# In words. GOV.UK's advice: sentences longer than 25 are hard to take in.
LONG_SENTENCE = 25
YOUNGEST, OLDEST = 5, 22

_END = re.compile(r"(?<=[.!?…])[”’\")]*\s+(?=[\"“‘(]*[A-Z0-9])|\n+|(?<=[;:])\s+(?=[•–-]\s)")
_LETTERS = re.compile(r"[^\W_]")
# Names, places and labels stand without one.
_ENDS = re.compile(r"[.!?:;…][”’\")]*$")


@dataclass(frozen=True)
class Sentence:
    """A sentence, and the passage it stands in."""

    text: str
    words: int
    letters: int
    passage: Passage


def sentences_of(passages: list[Passage]) -> list[Sentence]:
    """Return the sentences of running text and lists; an item of a list without a full stop is a sentence too."""
    found = []
    for passage in passages:
        if not (passage.kind == ITEM or (passage.kind == PARAGRAPH and _ENDS.search(passage.text))):
            continue
        for text in _END.split(passage.text):
            words = [word for word in text.split() if _LETTERS.search(word)]
            if words:
                letters = sum(len(_LETTERS.findall(word)) for word in words)
                found.append(Sentence(text.strip(), len(words), letters, passage))
    return found


def reading_age(sentences: list[Sentence]) -> int | None:
    """Return the age in years at which the text can be read, from 5 to 22; None where there is too little of it."""
    words = sum(sentence.words for sentence in sentences)
    if words < FEWEST_WORDS:
        return None
    letters = sum(sentence.letters for sentence in sentences)
    grade = 4.71 * letters / words + 0.5 * words / len(sentences) - 21.43
    return max(YOUNGEST, min(OLDEST, round(grade + 5)))


def hardest(sentences: list[Sentence]) -> Sentence:
    """Return the sentence that is mended first: the longest."""
    return max(sentences, key=lambda sentence: (sentence.words, sentence.letters))
