"""Finds the links in whatever there is: every block, rich text and field, however deep, of pages and of rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from django.db import models
from wagtail.blocks import BaseStructBlock, ChooserBlock, EmailBlock, FieldBlock, PageChooserBlock, RichTextBlock
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField

from content.fetching import children_of
from links.addresses import ADDRESS, Target, read_target, target_of_file, target_of_page
from organisation.models import Contact
from pages.models import BasePage

LONGEST_WORDS = 120
# What a block calls itself, in the order in which we believe it.
HEADINGS = ("heading", "title", "agency")
HEADING_TAGS = {"h2", "h3", "h4"}
PHONES = {Contact: ("phone", "out_of_hours_phone")}


@dataclass(frozen=True)
class FoundLink:
    """A link: where it leads, the words that people press, and the heading above it or the name of its field."""

    target: Target
    words: str
    place: str


def links_in(thing) -> list[FoundLink]:
    """Return the links in a page or row as it is in memory, each once for each place, in their order."""
    found = (FoundLink(target, _short(words), _short(place)) for target, words, place in _in_fields(thing) if target)
    return list(dict.fromkeys(found))


def _in_fields(thing) -> Iterator[tuple]:
    relations = _shown_relations(thing)
    phones = PHONES.get(type(thing), ())
    for field in thing._meta.concrete_fields:
        place = str(field.verbose_name).capitalize()
        value = field.value_from_object(thing)
        if isinstance(field, StreamField):
            yield from _in_block(value.stream_block, value.raw_data, place)
        elif isinstance(field, RichTextField):
            yield from _in_rich_text(value, place)
        elif field.name in relations and value:
            yield target_of_page(value), "", place
        elif field.name in phones and value:
            yield read_target(f"tel:{value}"), value, place
        elif isinstance(field, models.EmailField) and value:
            yield read_target(f"mailto:{value}"), value, place
        elif isinstance(field, models.CharField | models.TextField):
            yield from _in_words(value, place)


def _shown_relations(thing) -> set[str]:
    """Return the names of keys of pages that readers are led to: of a page those that it shows, of a row all."""
    related = (field for field in thing._meta.concrete_fields if field.related_model)
    to_pages = {field.name for field in related if issubclass(field.related_model, BasePage)}
    return to_pages & set(getattr(thing, "shown_relations", ())) if isinstance(thing, BasePage) else to_pages


def _in_block(block, raw, place: str) -> Iterator[tuple]:
    if raw in (None, "", [], {}):
        return
    if isinstance(block, PageChooserBlock):
        yield target_of_page(raw), "", place
    elif isinstance(block, ChooserBlock):
        if block.model_class is get_document_model():
            yield target_of_file(raw), "", place
    elif isinstance(block, RichTextBlock):
        yield from _in_rich_text(raw, place)
    elif isinstance(block, FieldBlock):
        yield from _in_field_block(block, raw, place)
    else:
        if isinstance(block, BaseStructBlock):
            place = next((str(raw[name]) for name in HEADINGS if raw.get(name)), place)
        for child_block, child in children_of(block, raw):
            yield from _in_block(child_block, child, place)


def _in_field_block(block, raw, place: str) -> Iterator[tuple]:
    if isinstance(block, EmailBlock):
        yield read_target(f"mailto:{raw}"), str(raw), place
    elif block.name == "address" and str(raw).startswith("/"):
        yield read_target(raw), "", place
    else:
        yield from _in_words(raw, place)


def _in_words(value, place: str) -> Iterator[tuple]:
    """Yield the link where a field holds an address and nothing else."""
    if isinstance(value, str) and ADDRESS.fullmatch(value.strip()):
        yield read_target(value), "", place


def _in_rich_text(source, place: str) -> Iterator[tuple]:
    text = str(source or "")
    if "<a" in text:
        reader = _RichText(place)
        reader.feed(text)
        reader.close()
        yield from reader.found


class _RichText(HTMLParser):
    """Reads rich text as it is stored: links with their words, and the heading above each."""

    def __init__(self, place: str):
        super().__init__()
        self.found: list[tuple] = []
        self._place = place
        self._target: Target | None = None
        self._words: list[str] = []
        self._heading: list[str] | None = None

    def handle_starttag(self, tag, attrs):
        """Begin a link or a heading."""
        if tag == "a":
            self._target, self._words = _target_of(dict(attrs)), []
        elif tag in HEADING_TAGS:
            self._heading = []

    def handle_endtag(self, tag):
        """End a link or a heading."""
        if tag == "a" and self._target:
            self.found.append((self._target, "".join(self._words), self._place))
            self._target = None
        elif tag in HEADING_TAGS and self._heading is not None:
            self._place = "".join(self._heading).strip() or self._place
            self._heading = None

    def handle_data(self, data):
        """Gather words."""
        if self._target:
            self._words.append(data)
        if self._heading is not None:
            self._heading.append(data)


def _target_of(attrs: dict) -> Target | None:
    key = attrs.get("id") or ""
    if attrs.get("linktype") == "page":
        return target_of_page(key) if key.isdecimal() else None
    if attrs.get("linktype") == "document":
        return target_of_file(key) if key.isdecimal() else None
    return read_target(attrs.get("href") or "")


def _short(words: str) -> str:
    words = " ".join(str(words).replace("\x00", "").split())
    return words if len(words) <= LONGEST_WORDS else f"{words[: LONGEST_WORDS - 1]}…"
