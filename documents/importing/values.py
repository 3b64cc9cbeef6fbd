"""From the words of a table to values: types, topics, owners, languages, days. What is not known is said, not made."""

import re
from collections import defaultdict

from django.utils.html import escape

from documents.importing.dates import day_in
from documents.importing.details import Details
from documents.importing.items import Item
from documents.importing.report import quoted
from documents.importing.titles import TYPE_WORDS, shortened
from documents.languages import LANGUAGES
from documents.models import ResourcePage, ResourceType
from organisation.models import Contact
from pages.models import Audience, Topic

PARTS = re.compile(r"[;|\n]")
LONGEST_APPROVED_BY = ResourcePage._meta.get_field("approved_by").max_length


class Values:
    """Reads the cells of one table; the words that are known are asked once."""

    def __init__(self):
        self.topics = _by_words(
            (topic, topic.slug, *topic.names(), *(former.slug for former in topic.former.all()))
            for topic in Topic.objects.prefetch_related("former")
        )
        self.audiences = _by_words((audience, audience.name, audience.slug) for audience in Audience.objects.all())
        self.owners = _by_words(
            (contact, str(contact), contact.team, contact.email, contact.agency if not contact.team else "")
            for contact in Contact.objects.all()
        )
        self.languages = _by_words((code, code, name) for code, name in LANGUAGES)

    def details(self, item: Item) -> Details:
        """Return what a line says of its resource; on the item, say what of it could not be used."""
        return Details(
            search_description=" ".join(item.cell("summary").split()),
            resource_type=self._type(item),
            purpose=_paragraphs(item.cell("purpose")),
            owner_contact=self._one(item, "owner", self.owners, "Nobody was entered as its owner."),
            approved_by=self._approved_by(item),
            approved_on=self._day(item, "approved on"),
            review_due=self._day(item, "review due"),
            topics=self._several(item, "topics", self.topics),
            audiences=self._several(item, "audiences", self.audiences),
        )

    def language(self, item: Item) -> str:
        """Return the code of the language that a line names, "" for none."""
        return self._one(item, "language", self.languages, "The file was entered as English.") or ""

    def _type(self, item: Item) -> str:
        word = item.cell("type").casefold()
        found = TYPE_WORDS.get(word) or TYPE_WORDS.get(word.removesuffix("s"))
        if word and not found:
            known = ", ".join(ResourceType.labels)
            item.check(f"The type {quoted(word)} is not known. It was guessed. The types are: {known}.")
        return found or ""

    def _one(self, item: Item, column: str, known: dict, otherwise: str):
        words = item.cell(column)
        found = known.get(_key(words), [])
        if len(found) == 1:
            return found[0]
        if words:
            what = "not known" if not found else f"that of {len(found)} entries"
            item.check(f"The {column} {quoted(words)} is {what}. {otherwise}")
        return None

    def _several(self, item: Item, column: str, known: dict) -> list:
        words = item.cell(column)
        parts = [part for part in PARTS.split(words) if part.strip()]
        # A name may have a comma in it, so that commas part names only where there is nothing better.
        names = [
            name for part in parts for name in ([part] if _key(part) in known else part.split(",")) if name.strip()
        ]
        for name in names:
            if _key(name) not in known:
                item.check(f"{quoted(name)} is not among the {column}, and was left out.")
        return list(dict.fromkeys(known[_key(name)][0] for name in names if _key(name) in known))

    def _day(self, item: Item, column: str):
        words = item.cell(column)
        day = day_in(words)
        if words and day is None:
            item.check(f"“{column}” is no date: {quoted(words)}. Write 3 July 2017, 03/07/2017 or 2017-07-03.")
        return day

    def _approved_by(self, item: Item) -> str:
        words = " ".join(item.cell("approved by").split())
        if len(words) > LONGEST_APPROVED_BY:
            item.check(f"“approved by” was cut to {LONGEST_APPROVED_BY} characters.")
        return shortened(words, LONGEST_APPROVED_BY)


def _key(words: str) -> str:
    return " ".join(words.split()).casefold()


def _by_words(entries) -> dict[str, list]:
    """Return {words: what they may mean} for (meaning, words, words…)."""
    found = defaultdict(list)
    for meaning, *all_words in entries:
        for key in {_key(words) for words in all_words} - {""}:
            found[key].append(meaning)
    return dict(found)


def _paragraphs(text: str) -> str:
    """Return plain text as rich text, a paragraph for each line."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "".join(f"<p>{escape(line)}</p>" for line in lines if line)
