"""What is looked at around the reading of a file: how it was stored, and whether a word was lost."""

from content.reading.report import Report
from content.reading.sources import Source
from content.reading.words import lost_words

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


def say_what_is_lost(source: str, *made: str, report: Report) -> None:
    """Name the words of the source that are in nothing that was made."""
    if lost := lost_words(source, *made):
        named = ", ".join(lost[:WORDS_NAMED]) + ("…" if len(lost) > WORDS_NAMED else "")
        report.left_out(f"These words of the file are missing: {named}")
