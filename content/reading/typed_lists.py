"""Lists that were typed as paragraphs, each with its number: "1. Call us", "2. Write to us"."""

from content.reading.html_paragraphs import without_mark
from content.reading.outline import Block, Paragraph, plain
from content.reading.text_lists import Entry, nested

STARTS = {"1", "a"}


def with_typed_lists(blocks: list[Block]) -> list[Block]:
    """Return the blocks with such paragraphs made lists: at least two that follow each other and count from the start.

    One alone may be a numbered heading, and stays as it is.
    """
    result: list[Block] = []
    entries: list[Entry] = []
    waiting: list[Block] = []
    for block in [*blocks, None]:
        entry = _entry(block)
        if entry and (_continues(entries, entry) or _begins(entry)):
            if not _continues(entries, entry):
                result += _ended(entries, waiting)
                entries, waiting = [], []
            entries.append(entry)
            waiting.append(block)
            continue
        result += _ended(entries, waiting)
        entries, waiting = [], []
        if block is not None:
            result.append(block)
    return result


def _entry(block: Block | None) -> Entry | None:
    if not isinstance(block, Paragraph) or "\n" in block.text:
        return None
    entry = Entry.begins(plain(block.runs).lstrip())
    if entry is None or not entry.is_number:
        return None
    runs = without_mark(block.runs, entry.marker)
    return Entry(0, entry.marker, plain(runs), tuple(runs))


def _begins(entry: Entry) -> bool:
    return entry.marker.strip("().") in STARTS


def _continues(entries: list[Entry], entry: Entry) -> bool:
    """Tell whether an entry is the next of a list, written in the same way."""
    if not entries:
        return False
    first, number = entries[0].marker, entry.marker.strip("().")
    if first.strip("().") == "1":
        return number == str(len(entries) + 1) and entry.marker == first.replace("1", number)
    is_letter = first.strip("().") == "a" and len(number) == 1 and number.isalpha()
    return is_letter and ord(number) == ord("a") + len(entries)


def _ended(entries: list[Entry], paragraphs: list[Block]) -> list[Block]:
    return list(nested(entries)) if len(entries) > 1 else paragraphs
