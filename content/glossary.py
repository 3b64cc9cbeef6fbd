"""The glossary as pages use it: known to every page without asking the database again."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from content.marking import MOST_MARKED, Marker, Word, marked
from content.models import GlossaryPage, GlossaryTerm
from pages.caching import remember

# As long as pages are stored: the glossary's own page may begin or end with the clock.
SECONDS = 60

__all__ = ["MOST_MARKED", "Glossary", "Marker", "UsedWords", "Word", "glossary", "marked", "with_words"]


@dataclass(frozen=True)
class Glossary:
    """The words to be marked in texts, and the address of the page with all words, or ""."""

    words: tuple[Word, ...]
    url: str


@dataclass(frozen=True)
class UsedWords:
    """What stands under "Words used on this page"; see templates/components/glossary_words.html."""

    words: list[Word]
    url: str


def glossary() -> Glossary:
    """Return the glossary: two queries, none while it is remembered."""
    return remember("glossary", _read, timeout=SECONDS)


def with_words(*parts: str) -> tuple[list[SafeString], UsedWords]:
    """Return the parts of a page (safe, finished HTML, in reading order) with words marked, and the words used."""
    known = glossary()
    marker = Marker(known.words)
    return [marker.mark(part) for part in parts], UsedWords(marker.used, known.url)


def _read() -> Glossary:
    page = GlossaryPage.objects.visible().order_by("path").first()
    terms = GlossaryTerm.objects.filter(is_marked=True)
    return Glossary(tuple(term.as_word() for term in terms), page.url or "" if page else "")
