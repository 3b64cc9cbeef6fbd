"""What a page says of itself to the search: passages, each with the place on the page that leads to it.

No room is told about another. Every page type has `declared_passages()`; what it declares is written down by the room
`search` whenever the page is published. What is no page of its own (a contact, a word of the glossary, a file) is a
passage of the page that shows it.
"""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import TextChoices


class PassageKind(TextChoices):
    """What readers choose between when they search. The order is that of the list of kinds."""

    PROCEDURES = "procedures", "Procedures"
    DOCUMENTS = "documents", "Documents and tools"
    CONTACTS = "contacts", "Contacts"
    BULLETINS = "bulletins", "Bulletins"
    BOARD = "board", "The board’s work"
    PRIORITIES = "priorities", "Priorities"
    WORDS = "words", "Words explained"
    PAGES = "pages", "Other pages"


@dataclass(frozen=True)
class DeclaredPassage:
    """A passage as its page declares it; see `search.models.Passage`.

    `anchor` is its place on the page, "" for the page itself; `key` names it among the passages of the page where two
    have the same anchor. `label` is the word above its title ("Section 2.1"). Results show it below its page, together
    with others of that page, unless readers look for it by itself (`on_its_own`).

    `text` is whatever `content.excerpts.text_of` reads: plain or rich text, raw values of blocks, a list of these.
    `also` are words that it is found by and that are not shown. `topics` are slugs of its own topics; empty for those
    of the page. `document_id` is the file that it stands in: then `anchor` is the place in that file.
    """

    kind: str
    title: str
    text: object = ""
    anchor: str = ""
    key: str = ""
    label: str = ""
    also: str = ""
    day: date | None = None
    topics: tuple[str, ...] = field(default=())
    on_its_own: bool = False
    document_id: int | None = None
