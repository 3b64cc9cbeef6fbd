"""What means the same: short forms and other forms of the glossary's words."""

from itertools import chain

from content.models import GlossaryTerm
from pages.caching import remember
from search.engine.queries import Form
from search.engine.words import words_of

REMEMBERED_SECONDS = 60


def same_words() -> dict[Form, tuple[Form, ...]]:
    """Return {words: the other words for the same}; a query for each list of words, none while it is remembered."""
    return remember("search:same-words", _read, timeout=REMEMBERED_SECONDS)


def _read() -> dict[Form, tuple[Form, ...]]:
    found: dict[Form, dict[Form, None]] = {}
    for group in chain(term.forms() for term in GlossaryTerm.objects.all()):
        forms = [form for form in map(words_of, group) if form]
        for form in forms:
            found.setdefault(form, {}).update(dict.fromkeys(other for other in forms if other != form))
    return {form: tuple(others) for form, others in found.items() if others}
