"""One way from a source to its outline, whatever the file was."""

from dataclasses import replace

from content.reading import html_outline, plain_text
from content.reading.outline import Block, Picture
from content.reading.report import Report
from content.reading.sources import Source


def outline_of(source: Source, report: Report) -> tuple[list[Block], str]:
    """Return the outline of what was read, and all words that must be in what is made of it."""
    for group, sentence in source.said:
        report.add(group, sentence)
    if not source.is_html:
        return plain_text.outline_of(source.text), source.text
    blocks, words = html_outline.outline_of(source.text, report)
    return with_pictures(blocks, source.pictures), words


def with_pictures(blocks: list[Block], pictures: dict[str, bytes]) -> list[Block]:
    """Return the blocks with the pictures that are at hand in the places where only their address stood."""
    return [
        replace(block, data=pictures[block.source])
        if isinstance(block, Picture) and block.data is None and block.source in pictures
        else block
        for block in blocks
    ]
