"""What the index holds of a passage. Nothing of it is shown: that is asked of the database."""

import json
from datetime import date, datetime

import tantivy
from tantivy import Document, Schema, SchemaBuilder

from search.engine.words import STEMS, WORDS, plain

# Raise it whenever something here, or the way words are made, changes: indexes of another number are made anew.
VERSION = 3
FORMAT = f"{VERSION} {tantivy.__version__}"
STATE = "state"
# How much a word counts that stands there.
WEIGHTS = {"title": 3.0, "heading": 1.2, "also": 1.2, "text": 1.0}
# The engine multiplies what a passage scores by log2(2 + this): a page counts more than one of its parts.
WEIGHT_OF_PARTS, WEIGHT_OF_WHOLES = 0.0, 0.3
# The same for what is suggested while somebody types, where short titles come first besides.
STANDING_OF_WHOLES = 1.0
FIRST_DAY = date(1900, 1, 1).toordinal()


def schema() -> Schema:
    """Return the fields of the index."""
    builder = SchemaBuilder()
    for name in WEIGHTS:
        builder.add_text_field(name, tokenizer_name="stems")
    # As they are written, for what is misspelt and for beginnings of words.
    builder.add_text_field("words", tokenizer_name="words", index_option="basic")
    # Of titles that lead to a place of their own: their words as they are written, and the first of them.
    for name in ("names", "opening"):
        builder.add_text_field(name, tokenizer_name="words", index_option="basic")
    for name in ("row", "fold", "day"):
        builder.add_unsigned_field(name, fast=True)
    for name in ("page", "topic", "audience"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    # Looked up, not compared: few pages ever end, and every question asks which have.
    builder.add_unsigned_field("until", indexed=True)
    for name in ("weight", "standing"):
        builder.add_float_field(name, fast=True)
    builder.add_text_field("kind", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("note", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("state", stored=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def register(index) -> None:
    """Teach an index, just opened, the two ways of reading words."""
    index.register_tokenizer("stems", STEMS)
    index.register_tokenizer("words", WORDS)


def document_of(passage) -> Document:
    """Return a passage as the index takes it; `passage.ends` is the moment at which its page ends, or None."""
    said = {name: plain(getattr(passage, name)) for name in ("title", "text", "also")}
    said["heading"] = plain(f"{passage.heading} {passage.label}")
    document = Document(**said, kind=passage.kind)
    document.add_text("words", " ".join(said.values()))
    for name, value in (("row", passage.pk), ("fold", passage.fold), ("page", passage.page_id)):
        document.add_unsigned(name, value)
    is_part = bool(passage.heading) and not passage.on_its_own
    document.add_float("weight", WEIGHT_OF_PARTS if is_part else WEIGHT_OF_WHOLES)
    if passage.is_named and (names := WORDS.analyze(said["title"])):
        document.add_text("names", said["title"])
        document.add_text("opening", names[0])
        document.add_float("standing", 1 / len(names) + (0.0 if is_part else STANDING_OF_WHOLES))
    if passage.day:
        document.add_unsigned("day", day_number(passage.day))
    if passage.ends:
        document.add_unsigned("until", moment_number(passage.ends))
    for name, keys in (("topic", passage.topics), ("audience", passage.audiences)):
        for key in keys:
            document.add_unsigned(name, key)
    return document


def day_number(day: date) -> int:
    """Return a day as the index counts it."""
    return max(0, day.toordinal() - FIRST_DAY)


def moment_number(moment: datetime) -> int:
    """Return a moment as the index counts it: whole seconds, never too late."""
    return max(0, int(moment.timestamp()))


def state_document(state: tuple[int, str]) -> Document:
    """Return what says up to where the index has read the log: committed with what was read."""
    return Document(note=STATE, state=json.dumps(state))
