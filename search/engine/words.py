"""Words of texts and of queries, in the one form in which both are compared."""

import re
import unicodedata
from functools import lru_cache

from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

MOST_WORDS = 12
LONGEST_QUERY = 200
LONGEST_WORD = 40
WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_POSSESSIVE = re.compile(r"[’']s\b", re.IGNORECASE)
_APOSTROPHE = re.compile(r"(?<=\w)[’'](?=\w)")

# Words that are in nearly every text, and those that questions begin with.
_IN_EVERY_TEXT = """
    a about after all also am an and any are as at be because been before being but by can could did do does doing done
    dont for from get had has have having he her here hers him his how i id if im in into is it its ive just know like
    may me might more most must my need needs not of on or our ours out over please she should show so some somebody
    someone such tell than that the their theirs them then there these they thing things this those to too up us very
    want wants was we were what whats when where wheres which while who whom whose why will with without would you your
    yours
"""
STOP_WORDS = frozenset(_IN_EVERY_TEXT.split())


def _analyzer(*filters):
    builder = TextAnalyzerBuilder(Tokenizer.simple())
    for each in (Filter.remove_long(LONGEST_WORD), Filter.lowercase(), Filter.ascii_fold(), *filters):
        builder = builder.filter(each)
    return builder.build()


STEMS = _analyzer(Filter.stemmer("english"))
WORDS = _analyzer()


def plain(text: str) -> str:
    """Return a text with one spelling of what can be written in several ways: “child’s” and "childs", ligatures."""
    text = unicodedata.normalize("NFKC", text)
    return _APOSTROPHE.sub("", _POSSESSIVE.sub("", text))


def words_of(query: str) -> tuple[str, ...]:
    """Return the words of a query as they are written, in small letters; the first twelve count."""
    return tuple(WORDS.analyze(plain(query[:LONGEST_QUERY])))[:MOST_WORDS]


@lru_cache(maxsize=50_000)
def stem_of(word: str) -> str:
    """Return the stem of one word; "" for what is no word."""
    return next(iter(STEMS.analyze(plain(word))), "")


def stems_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the stem of each word."""
    return tuple(map(stem_of, words))


def telling(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words that say what is wanted, without those that are in nearly every text."""
    return tuple(word for word in words if word not in STOP_WORDS and (len(word) > 1 or word.isdigit()))
