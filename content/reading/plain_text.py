"""Plain text to outline: blank lines, bullets, numbers, underlines and capitals say what is what."""

import re

from content.reading.headings import is_in_capitals, looks_like_title
from content.reading.outline import Block, Heading, Paragraph, Run
from content.reading.text_lists import Entry, nested, read_entries
from content.reading.text_tables import read_table

RULES = "=-_*~#"
UNDERLINES = {"=": 1, "-": 2, "~": 2}
HASHES = re.compile(r"^(#{1,6}) (\S.*)$")
LONGEST_UNDERLINED = 120
# Lines at least this long were broken by a program at its right margin, not by the writer.
MARGIN = 45


def outline_of(text: str) -> list[Block]:
    """Return the outline of a plain text. Headings that only look like one are not `certain` yet."""
    lines = text.split("\n")
    blocks: list[Block] = []
    at = 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        entries, after = read_entries(lines, at)
        if entries:
            blocks += _list_or_heading(entries)
            at = after
            continue
        table, after = read_table(lines, at)
        if table:
            blocks.append(table)
            at = after
            continue
        after = _end_of_chunk(lines, at)
        blocks += _chunk([" ".join(line.split()) for line in lines[at:after]])
        at = after
    return blocks


def _end_of_chunk(lines: list[str], at: int) -> int:
    """Return the line after the block of lines that begins at `at`."""
    end = at + 1
    while end < len(lines) and lines[end].strip() and not Entry.begins(lines[end]) and not read_table(lines, end)[0]:
        end += 1
    return end


def _list_or_heading(entries: list[Entry]) -> list[Block]:
    """Return the lists; a single numbered line is a numbered heading or a paragraph, and keeps its number."""
    if len(entries) == 1 and entries[0].is_number:
        line = f"{entries[0].marker} {entries[0].text}"
        if looks_like_title(entries[0].text):
            return [Heading([Run(line)], certain=False)]
        return [Paragraph([Run(line)])]
    return list(nested(entries))


def _chunk(lines: list[str]) -> list[Block]:
    """Return what a block of lines without a blank one between them holds."""
    blocks: list[Block] = []
    width = max(map(len, lines))
    pending: list[str] = []
    for index, line in enumerate(lines):
        heading = _underlined(lines, index) or _marked_heading(line) or _heading_inside(lines, index, pending, width)
        if heading or is_rule(line):
            _end_paragraph(pending, blocks)
        if heading:
            blocks.append(heading)
        elif not is_rule(line):
            pending.append(line)
    _end_paragraph(pending, blocks)
    return blocks


def is_rule(line: str) -> bool:
    """Tell whether a line is only drawn: "-----", "* * *"."""
    marks = line.replace(" ", "")
    return len(marks) >= 3 and marks[0] in RULES and marks == marks[0] * len(marks)


def _end_paragraph(pending: list[str], blocks: list[Block]) -> None:
    """Move the lines gathered so far into the blocks: as a paragraph, or as one line that is likely a heading."""
    if not pending:
        return
    if len(pending) == 1 and looks_like_title(pending[0]):
        blocks.append(Heading([Run(pending[0])], certain=False))
    else:
        blocks.append(Paragraph([Run(_joined(pending))]))
    pending.clear()


def _underlined(lines: list[str], index: int) -> Heading | None:
    """Return the heading that a line is because the next one draws a line under it."""
    line, below = lines[index], lines[index + 1] if index + 1 < len(lines) else ""
    if is_rule(below) and below[0] in UNDERLINES and not is_rule(line) and len(line) <= LONGEST_UNDERLINED:
        return Heading([Run(line)], UNDERLINES[below[0]])
    return None


def _marked_heading(line: str) -> Heading | None:
    if len(line) <= LONGEST_UNDERLINED and (found := HASHES.match(line)):
        return Heading([Run(found[2].rstrip("# ") or found[2])], len(found[1]))
    if is_in_capitals(line):
        return Heading([Run(line)])
    return None


def _heading_inside(lines: list[str], index: int, pending: list[str], width: int) -> Heading | None:
    """Return the likely heading that a line is although no blank line parts it from the text below.

    The line above must end a sentence, the one below must begin one, and its first word must have had room on this
    line: then it was broken on purpose.
    """
    line = lines[index]
    if index + 1 >= len(lines) or (pending and not pending[-1].endswith((".", "!", "?", ":"))):
        return None
    below = lines[index + 1]
    had_room = len(line) + 1 + len(below.split(" ", 1)[0]) < width
    is_text = len(below) > max(len(line), MARGIN) or (len(below.split()) > 3 and below.endswith((".", "?", "!")))
    if had_room and is_text and not below[0].islower() and not is_rule(below) and looks_like_title(line):
        return Heading([Run(line)], certain=False)
    return None


def _joined(lines: list[str]) -> str:
    """Return lines as one paragraph: lines that were wrapped are joined, short ones (an address) stay lines."""
    is_wrapped = all(len(line) >= MARGIN for line in lines[:-1])
    return (" " if is_wrapped else "\n").join(lines)
