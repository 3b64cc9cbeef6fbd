"""What is looked at once an issue is ready: how it was read, how much there is, whether a word was lost."""

from collections import Counter

from bulletins.importing.outline import Block, BulletList, Table
from bulletins.importing.reading import Source
from bulletins.importing.report import Report
from bulletins.importing.words import lost_words

MANY_ITEMS = 40
MANY_CELLS = 3000
WORDS_NAMED = 30


def say_how_it_was_read(source: Source, report: Report) -> None:
    """Note what was odd about the bytes of the file."""
    if source.encoding == "cp1252":
        report.guess("The file does not say how its letters are stored; it was read as a Windows text.")
    elif not source.encoding:
        report.check("The file mixes two ways of storing letters. Look at accents, dashes and quotation marks.")
    if source.looks_garbled:
        report.check("Some letters were garbled before the file was made, for example “â€™” for an apostrophe.")
    if source.had_nul:
        report.left_out("Characters that are no text (NUL).")


def count(blocks: list[Block], items: list[dict], words: str, report: Report) -> None:
    """Count what was made, and warn of what is too much for one issue."""
    stored = str(items)
    report.counts += Counter(
        items=len(items),
        words=len(words.split()),
        lists=sum(isinstance(block, BulletList) for block in blocks),
        tables=sum(isinstance(block, Table) for block in blocks),
        pictures=stored.count("'type': 'image'"),
        emails=stored.count('href="mailto:'),
        phones=stored.count('href="tel:'),
        links=stored.count('href="http'),
    )
    cells = sum(len(block.rows) * len(block.headings) for block in blocks if isinstance(block, Table))
    if cells > MANY_CELLS:
        report.check(f"The tables have {cells:,} cells. The editor may refuse to save so many; shorten them first.")
    if len(items) > MANY_ITEMS:
        report.check(f"{len(items)} items are many for one issue. Were too many lines taken for headings?")
    report.check("Write the summary, and choose topics and the contact for this issue.")


def say_what_is_lost(source: str, *made: str, report: Report) -> None:
    """Name the words of the source that are in nothing that was made."""
    if lost := lost_words(source, *made):
        named = ", ".join(lost[:WORDS_NAMED]) + ("…" if len(lost) > WORDS_NAMED else "")
        report.left_out(f"These words of the file are missing: {named}")
