"""Writing down what was looked for, without a database, without keeping anybody waiting, and without anybody in it."""

from datetime import date

from counting.failing import failing_quietly
from counting.periods import today
from counting.readers import is_reader
from counting.spool import Spool
from search.asked import Asked
from search.engine import folder
from search.engine.schema import WEIGHTS
from search.engine.words import stem_of
from search.finding import Found
from search.insight.masking import masked

# Day, whether anything answers it, and the words.
SEARCHES = Spool("searches", line=r"([0-9]{4}-[0-9]{2}-[0-9]{2}) ([01]) ([^+\n]*)", longest=600)


def note_search(*, request, asked: Asked, found: Found) -> None:
    """Note what was looked for and whether anything answers it. Raises nothing.

    Not counted: further pages and filters of the same search; robots; what browsers fetch in case it is wanted; staff
    who are signed in.
    """
    with failing_quietly("Searches"):
        if request.method == "GET" and asked.page == 1 and not asked.chosen and is_reader(request):
            words = masked(asked.query, is_ours=_is_on_the_site, meant=found.corrected)
            if words:
                note(words=words, answered=_is_answered(found, words), day=today())


def note(*, words: str, answered: bool, day: date) -> None:
    """Write down one search. Raises OSError."""
    SEARCHES.note(f"{day} {int(answered)} {words}")


def _is_answered(found: Found, words: str) -> bool:
    """Tell whether it found what was meant: a good word that was taken for a misspelt one of the site did not."""
    return found.is_answer and not set(found.corrected) & set(words.split())


def _is_on_the_site(word: str) -> bool:
    """Tell whether a word is in the index, which holds only what the public can read."""
    held, stem = folder.opened(), stem_of(word)
    return held is not None and any(held.searcher.doc_freq(name, stem) for name in WEIGHTS)
