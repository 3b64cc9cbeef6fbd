"""What means the same: what staff keep, and the short and other forms of the glossary's words."""

from content.models import GlossaryTerm
from pages.caching import remember
from search.engine.queries import Form
from search.engine.words import stems_of, words_of
from search.models import SameWords

REMEMBERED_SECONDS = 60


def same_words() -> dict[Form, tuple[Form, ...]]:
    """Return {stems of words: the other words for the same}; two queries, none while it is remembered."""
    return remember("search:same-words", _read, timeout=REMEMBERED_SECONDS)


def _read() -> dict[Form, tuple[Form, ...]]:
    found: dict[Form, dict[Form, None]] = {}
    kept = [*SameWords.objects.all(), *GlossaryTerm.objects.all()]
    for group in (one.forms() for one in kept):
        forms = [form for form in map(words_of, group) if form]
        by_stems = {stems_of(form): form for form in forms}
        for stems in by_stems:
            others = (form for other, form in by_stems.items() if other != stems)
            found.setdefault(stems, {}).update(dict.fromkeys(others))
    return {stems: tuple(others) for stems, others in found.items() if others}
