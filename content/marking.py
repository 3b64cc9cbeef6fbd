"""Marks the first use of the glossary's words in finished HTML.

A marked word becomes a link to its meaning at the end of the page: that works with a keyboard, by touch and without
a script, and neither copying nor searching the text notices it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from django.utils.safestring import SafeString, mark_safe

# More would make a text restless. A manual's chapter has a dozen.
MOST_MARKED = 40
UNMARKED = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "th", "caption", "title", "nav", "summary", "legend", "label"),
    *("a", "abbr", "dfn", "button", "option", "select", "textarea", "code", "kbd", "samp", "pre"),
    *("script", "style", "svg"),
}
# Possessive, and a comment may end with the text: what nobody closed must not cost more than one look.
TAG = re.compile(
    r"""<!--.*?(?:-->|\Z)|<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*+)(?:[^<>"']++|"[^"]*+"|'[^']*+')*+>""", re.DOTALL
)
# A word stands alone: it is no part of a longer word, of an e-mail address or of the name of a website.
BEGINNING, END = r"(?<![\w@-])(?<!\w\.)", r"(?![\w@-])(?!\.\w)"
ENTITY = r"&#?\w+;"
WRITTEN = {
    "&": "&amp;",
    "'": "(?:['’]|&#x27;|&#39;|&apos;|&rsquo;)",
    " ": r"(?:\s|&nbsp;)+",
}


@dataclass(frozen=True)
class Word:
    """A word of the glossary. `forms`: every way it is written, without the plural that only adds an s."""

    slug: str
    name: str
    definition: str
    forms: tuple[str, ...]


def is_exact(form: str) -> bool:
    """Tell whether a form counts only as it is written: MASH is no mash. Short forms are one word with two capitals."""
    return " " not in form and sum(map(str.isupper, form)) > 1


class Marker:
    """Marks the words of one page, part by part; `used` holds them in the order in which they were marked."""

    def __init__(self, words: Iterable[Word], *, most: int = MOST_MARKED):
        self._pattern, self._by_form = _finder(tuple(words))
        self._most = most
        self._seen: set[str] = set()
        self._around: list[set[str]] = []
        self._used: dict[str, Word] = {}

    @property
    def used(self) -> list[Word]:
        """The words marked so far."""
        return list(self._used.values())

    def mark(self, html: str) -> SafeString:
        """Return the HTML with the first use of each word marked. `html` must be safe: it comes from templates."""
        if self._pattern is None:
            return mark_safe(html)  # noqa: S308 (as it came)
        pieces, end, unmarked = [], 0, 0
        for tag in TAG.finditer(html):
            text = html[end : tag.start()]
            pieces += [text if unmarked else self._pattern.sub(self._link, text), tag[0]]
            end, name, step = tag.end(), (tag["name"] or "").lower(), -1 if tag["end"] else 1
            if name in UNMARKED:
                unmarked = max(0, unmarked + step)
            elif name == "details":
                self._fold(step)
        text = html[end:]
        pieces.append(text if unmarked else self._pattern.sub(self._link, text))
        return mark_safe("".join(pieces))  # noqa: S308 (safe before, and links of ours)

    def _fold(self, step: int):
        # What is folded away may not be read: a word marked in there is marked again in the text around it.
        if step > 0:
            self._around.append(self._seen)
            self._seen = set(self._seen)
        elif self._around:
            self._seen = self._around.pop()

    def _link(self, match: re.Match) -> str:
        found = _plain(match[0])
        word = self._by_form.get(found) or self._by_form.get(found.casefold())
        if word is None or word.slug in self._seen or (word.slug not in self._used and len(self._used) >= self._most):
            return match[0]
        self._seen.add(word.slug)
        here = "" if word.slug in self._used else f' id="use--{word.slug}"'
        self._used[word.slug] = word
        return f'<a class="term" role="doc-glossref" href="#word--{word.slug}"{here}>{match[0]}</a>'


def marked(html: str, words: Iterable[Word], *, most: int = MOST_MARKED) -> tuple[SafeString, list[Word]]:
    """Return safe HTML with the first use of each word marked, and the words that were marked, in order."""
    marker = Marker(words, most=most)
    return marker.mark(html), marker.used


def _plain(text: str) -> str:
    return " ".join(unescape(text).replace("’", "'").split())


@lru_cache(maxsize=4)
def _finder(words: tuple[Word, ...]) -> tuple[re.Pattern | None, dict[str, Word]]:
    """Return one expression that finds every form of every word, and the word by its form."""
    by_form: dict[str, Word] = {}
    forms = [(_plain(form), word) for word in words for form in word.forms if form.strip()]
    for form, word in forms:
        for written in (form, f"{form}s"):
            by_form.setdefault(written if is_exact(form) else written.casefold(), word)
    return _expression({form for form, _ in forms}), by_form


def _expression(forms: set[str]) -> re.Pattern | None:
    """Return the alternation: by first letter, so that most words of a text are passed over after one look."""
    if not forms:
        return None
    by_letter = defaultdict(list)
    # The longest wins; a short form before a word that is written the same.
    for form in sorted(forms, key=lambda form: (-len(form), not is_exact(form), form)):
        by_letter[form[0].lower()].append(_alternative(form))
    groups = (f"(?=(?i:{_written(letter)}))(?:{'|'.join(group)})" for letter, group in by_letter.items())
    return re.compile(f"{BEGINNING}(?:{'|'.join(groups)}){END}|{ENTITY}")


def _alternative(form: str) -> str:
    source = "".join(map(_written, form)) + "s?"
    return source if is_exact(form) else f"(?i:{source})"


def _written(character: str) -> str:
    return WRITTEN.get(character) or re.escape(character)
