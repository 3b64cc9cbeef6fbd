"""The part of a passage that answers a query, with its words marked. Everything else is escaped."""

import re
from collections.abc import Iterator
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.engine.words import WORD, stem_of

SHOWN = 260
ELLIPSIS = "…"


def marked(text: str, stems: frozenset[str]) -> SafeString:
    """Return a text as HTML, with each word marked whose stem is among these."""
    parts, at = [], 0
    for match, _ in _found(text, stems):
        parts += [escape(text[at : match.start()]), "<mark>", escape(match[0]), "</mark>"]
        at = match.end()
    html = "".join([*parts, escape(text[at:])])
    return mark_safe(html.replace("</mark> <mark>", " "))  # noqa: S308 (every part is escaped)


def excerpt(text: str, stems: frozenset[str], *, longest: int = SHOWN) -> SafeString:
    """Return the part of a text with the most of the words, the first such part, marked; its beginning for none."""
    if len(text) <= longest:
        return marked(text, stems)
    places = [(match.start(), stem) for match, stem in _found(text, stems)]
    begin = _best(places, longest) if places else 0
    # Some words before the first one, from the beginning of a sentence where that is near.
    begin = _sentence_before(text, begin, longest // 3)
    end = text.rfind(" ", begin, begin + longest) if begin + longest < len(text) else len(text)
    end = end if end > begin else begin + longest
    before, after = ("" if begin == 0 else f"{ELLIPSIS} "), ("" if end >= len(text) else f" {ELLIPSIS}")
    return mark_safe(before + marked(text[begin:end].strip(), stems) + after)  # noqa: S308 (marked escapes)


def _found(text: str, stems: frozenset[str]) -> Iterator[tuple[re.Match, str]]:
    """Yield the words of a text whose stems are among these, with their stems."""
    for match in _may_be(stems).finditer(text):
        if (stem := stem_of(match[0])) in stems:
            yield match, stem


@lru_cache(maxsize=1_000)
def _may_be(stems: frozenset[str]) -> re.Pattern:
    """Return what finds the words that may have one of these stems: a word begins as its stem does, but for accents."""
    begun = "".join({letter for stem in stems for letter in stem[:1].lower() + stem[:1].upper()})
    not_inside_one = r"(?<![^\W_])(?<![^\W_][’'])"
    return re.compile(rf"{not_inside_one}(?=[{re.escape(begun)}\x80-\U0010ffff]){WORD.pattern}")


def _best(places: list[tuple[int, str]], longest: int) -> int:
    """Return where the part begins that has the most different words in two thirds of the length, then the most."""
    width, best, chosen = longest * 2 // 3, (0, 0), places[0][0]
    first = 0
    for last, (end, _) in enumerate(places):
        while end - places[first][0] > width:
            first += 1
        inside = [stem for _, stem in places[first : last + 1]]
        if (worth := (len(set(inside)), len(inside))) > best:
            best, chosen = worth, places[first][0]
    return chosen


def _sentence_before(text: str, begin: int, most: int) -> int:
    earliest = max(0, begin - most)
    if earliest == 0:
        return 0
    stop = max(text.rfind(mark, earliest, begin) for mark in (". ", "? ", "! "))
    if stop >= 0:
        return stop + 2
    return text.find(" ", earliest, begin) + 1 or begin
