"""What of a search may be kept: words that anybody might type, and nothing that looks like a person.

A reader in a hurry types a child's name, a number or an address into any box. So a word is kept if the site itself has
it, or if it is an ordinary word; a name that is an ordinary word as well ("grace", "baker") is kept only if the site
has it. Whatever else was typed is replaced by a mark. This hides some harmless words, too: better those than a name.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from search.engine.words import STOP_WORDS, WORD, plain, stem_of

MASK = "…"
# Stands for it while we are at it: nobody can type it.
_MARK = "\ue000"
LONGEST_KEPT = 120
# A short form in capitals is mostly one of an office or a form, and those that find nothing are worth knowing.
_SHORT_FORM = re.compile(r"[A-Z]{3,5}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SHORT_NUMBER = re.compile(r"\d{1,3}")
_TITLES = r"(?:mr|mrs|ms|miss|mx|dr|sir|aunt|auntie|uncle|nurse|pc|sgt|judge)"
_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_STREETS = (
    r"(?:street|st|road|rd|avenue|ave|lane|crescent|terrace|grove|gardens|close|drive|mews|"
    r"way|court|place|park|house|hill|view|walk|rise|row|square|green)"
)
_WORD = r"[^\W\d_]+"
# In this order: what is larger first.
_PERSONAL = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\S*@\S*",
        r"\S+://\S*|www\.\S*",
        # Days: of birth, mostly.
        rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTHS}\.?,?(?:\s+\d{{2,4}})?\b",
        rf"\b{_MONTHS}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}})?",
        r"\b\d{1,4}\s*[./-]\s*\d{1,2}\s*[./-]\s*\d{1,4}\b",
        # Where somebody lives.
        r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b",
        rf"\b(?:flat\s+\w+\W+)?\d+[a-z]?\W+(?:{_WORD}\W+){{1,3}}{_STREETS}\b",
        rf"\b{_WORD}\s+(?:avenue|ave|lane|crescent|terrace|gardens|mews)\b",
        # Numbers of telephones, patients, cases: five digits or more, however they are parted.
        r"\+?\d(?:[\s().-]*\d){4,}",
        rf"\b{_TITLES}\b\.?\s+{_WORD}(?:['’-]{_WORD})*",
    )
]


def masked(query: str, *, is_ours: Callable[[str], bool], meant: Mapping[str, str] | None = None) -> str:
    """Return a query in small letters with a mark in the place of what looks personal.

    `is_ours` tells whether a word is one that the public can read on the site; `meant`: {a word that was misspelt: the
    word of the site that it was taken for}.
    """
    text = unicodedata.normalize("NFKC", query).replace(_MARK, " ")
    for pattern in _PERSONAL:
        text = pattern.sub(f" {_MARK} ", text)
    kept: list[str] = []
    for token in re.findall(rf"{_MARK}|{WORD.pattern}", plain(text)):
        word = token.lower() if _may_be_kept(token, is_ours) else (meant or {}).get(token.lower(), MASK)
        if word != MASK or kept[-1:] != [MASK]:
            kept.append(word)
    return _short(kept)


def _may_be_kept(token: str, is_ours: Callable[[str], bool]) -> bool:
    word = token.lower()
    if token == _MARK:
        return False
    if _SHORT_NUMBER.fullmatch(word) or _YEAR.fullmatch(word) or word in STOP_WORDS:
        return True
    if len(word) < 2:
        return False
    if word not in _words("names") and (_SHORT_FORM.fullmatch(token) or stem_of(word) in _words("ordinary")):
        return True
    return is_ours(word)


def _short(words: list[str]) -> str:
    """Return as many words as there is room for."""
    text = " ".join(words)
    return text if len(text) <= LONGEST_KEPT else text[:LONGEST_KEPT].rpartition(" ")[0]


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset((Path(__file__).parent / "words" / f"{name}.txt").read_text().split())
