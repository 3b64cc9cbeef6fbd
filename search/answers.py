"""What comes before the results: whom to ring, and answers that staff keep for certain words."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from organisation.links import is_safe_address
from organisation.models import Contact, ContactsPage
from pages.caching import remember
from pages.models import BasePage
from search.engine.words import stem_of, telling, words_of
from search.models import EmergencyPhrase, PromotedAnswer

REMEMBERED_SECONDS = 60
MOST_ANSWERS = 3
# Of the last word of a phrase, and of a phrase of one word, so much has to be there before it is taken as begun.
LEAST_OF_LAST, LEAST_OF_ONLY = 2, 4
Stems = tuple[str, ...]


@dataclass(frozen=True)
class Phrase:
    """Words that have to be in a query, beside each other and in their order.

    Small words between them do not matter ("worried about my child"), unless there is little else ("in danger").
    """

    text: str
    stems: Stems
    is_exact: bool
    last: str

    @classmethod
    def of(cls, text: str) -> Self:
        """Return a text as a phrase; it holds nothing when it has no word."""
        words = words_of(text)
        told = telling(words)
        is_exact = len(told) < min(2, len(words))
        kept = words if is_exact else told
        return cls(text, tuple(map(stem_of, kept)), is_exact, last=kept[-1] if kept else "")

    def is_in(self, words: tuple[str, ...]) -> bool:
        """Tell whether the phrase is in the words of a query."""
        asked = self._stems_of(words)
        length = len(self.stems)
        return length > 0 and any(asked[at : at + length] == self.stems for at in range(len(asked) - length + 1))

    def is_begun_by(self, words: tuple[str, ...]) -> bool:
        """Tell whether the words of a query end with the phrase, of whose last word the end is not typed yet."""
        before, typed = self.stems[:-1], words[-1]
        least = LEAST_OF_LAST if before else LEAST_OF_ONLY
        if len(typed) < least or not self.last.startswith(typed):
            return False
        return self._stems_of(words[:-1])[-len(before) :] == before if before else True

    def _stems_of(self, words: tuple[str, ...]) -> Stems:
        return tuple(map(stem_of, words if self.is_exact else telling(words)))


@dataclass(frozen=True)
class Answer:
    """An answer that staff keep; `contact` is the team it leads to, if it leads to one."""

    title: str
    text: str
    url: str
    contact: Contact | None = None


@dataclass(frozen=True)
class First:
    """What stands above the results."""

    needs_help: bool = False
    answers: tuple[Answer, ...] = ()


def first_for(query: str, *, today: date) -> First:
    """Return what comes first for a query; no query to the database when it is remembered and nothing fits."""
    words = words_of(query)
    if not words:
        return First()
    known = _known()
    keys = [key for phrase, key in known["answers"] if phrase.is_in(words)]
    needs_help = any(phrase.is_in(words) for phrase in known["emergencies"])
    return First(needs_help, answers_of(keys, today=today) if keys else ())


def help_begun_by(query: str) -> str | None:
    """Return the words that bring help first and that a query is about to become; None where it is not."""
    words = words_of(query)
    begun = (phrase.text for phrase in _known()["emergencies"] if words and phrase.is_begun_by(words))
    return next(begun, None)


def answers_of(keys: list[int], *, today: date) -> tuple[Answer, ...]:
    """Return the answers with these keys that are to be shown today and lead where readers may go: three queries."""
    chosen = list(PromotedAnswer.objects.showing(on=today).filter(pk__in=keys).select_related("contact")[:MOST_ANSWERS])
    pages = BasePage.objects.visible().in_bulk([answer.page_id for answer in chosen if answer.page_id])
    contacts = ContactsPage.objects.visible().first() if any(answer.contact_id for answer in chosen) else None
    answers = ((answer, _address(answer, pages, contacts)) for answer in chosen)
    return tuple(Answer(one.title, one.text, url, one.contact) for one, url in answers if url)


def _address(answer: PromotedAnswer, pages: dict, contacts: ContactsPage | None) -> str:
    if answer.page_id:
        return pages[answer.page_id].url or "" if answer.page_id in pages else ""
    if answer.contact_id:
        return f"{contacts.url}#contact-{answer.contact_id}" if contacts and contacts.url else ""
    return answer.address if is_safe_address(answer.address) else ""


def _known() -> dict:
    return remember("search:phrases", _read, timeout=REMEMBERED_SECONDS)


def _read() -> dict:
    answers = [(Phrase.of(line), answer.pk) for answer in PromotedAnswer.objects.all() for line in answer.lines()]
    phrases = EmergencyPhrase.objects.values_list("phrase", flat=True)
    return {"answers": answers, "emergencies": [Phrase.of(phrase) for phrase in phrases]}
