"""The blocks of a chapter as sections and subsections: the highest headings that are used, and the next."""

from collections import Counter
from dataclasses import dataclass, field

from content.reading.outline import Block, Heading, Paragraph, Run
from content.reading.typed_numbers import without_number
from procedures.importing.report import ManualReport, quoted

UNTITLED = "Introduction"
LONGEST_HEADING = 200
# The editor can hold some 10,000 fields; a section has ten and more.
MOST_SECTIONS = 150
NUMBERS_NAMED = 6


@dataclass
class ChapterSection:
    """A heading without its number, what stands below it, and its subsections."""

    heading: str
    blocks: list[Block] = field(default_factory=list)
    subsections: list["ChapterSection"] = field(default_factory=list)


def sections_of(blocks: list[Block], *, title: str, report: ManualReport) -> list[ChapterSection]:
    """Return the sections; deeper headings stay among the blocks."""
    levels = _levels(blocks)
    sections: list[ChapterSection] = []
    stripped: list[str] = []
    for block in blocks:
        depth = levels.get(id(block), 0)
        if depth == 1:
            sections.append(_section(block, len(sections) + 1, stripped, report))
            continue
        if not sections:
            sections.append(ChapterSection(UNTITLED))
            report.guess(f"The text above the first heading is in a section called {quoted(UNTITLED)}.")
        if depth == 2:
            below = sections[-1].subsections
            below.append(_section(block, len(below) + 1, stripped, report))
        else:
            home = sections[-1].subsections[-1] if sections[-1].subsections else sections[-1]
            home.blocks.append(_without_number(block, stripped))
    if stripped:
        named = ", ".join(quoted(text) for text in stripped[:NUMBERS_NAMED])
        more = f" and {len(stripped) - NUMBERS_NAMED} more" if len(stripped) > NUMBERS_NAMED else ""
        report.guess(f"Typed numbers were taken off headings, numbers come by themselves: {named}{more}.")
    _look_over(sections, report)
    return _few(sections, report)


def _levels(blocks: list[Block]) -> dict[int, int]:
    """Return 1 or 2 for each heading that begins a section or subsection, by identity; 3 for deeper ones."""
    headings = [block for block in blocks if isinstance(block, Heading)]
    used = sorted({block.level for block in headings})
    if len(used) == 1 and (typed := _by_typed_numbers(headings)):
        return typed
    return {id(block): min(used.index(block.level) + 1, 3) for block in headings}


def _by_typed_numbers(headings: list[Heading]) -> dict[int, int]:
    """Return the same from typed numbers, where all headings look alike: 2 is a section, 2.1 a subsection."""
    lengths = [len(without_number(block.text)[1]) for block in headings]
    counts = Counter(lengths)
    if counts[1] < 1 or counts[2] < 2 or lengths[0] != 1:
        return {}
    return {id(block): min(length, 3) or 3 for block, length in zip(headings, lengths, strict=True)}


def _section(block: Heading, expected: int, stripped: list[str], report: ManualReport) -> ChapterSection:
    heading, number = without_number(block.text, expected=expected)
    if number:
        stripped.append(block.text)
    section = ChapterSection(heading)
    if len(heading) > LONGEST_HEADING:
        section.heading = heading[: LONGEST_HEADING - 1].rstrip() + "…"
        section.blocks.append(Paragraph([Run(heading)]))
        report.check(f"This heading was too long and stands in full below: {quoted(heading)}")
    if links := [run for run in block.runs if run.href]:
        section.blocks.append(Paragraph(links))
    return section


def _without_number(block: Block, stripped: list[str]) -> Block:
    if isinstance(block, Heading):
        heading, number = without_number(block.text)
        if number:
            stripped.append(block.text)
            return Heading([Run(heading)], block.level)
    return block


def _look_over(sections: list[ChapterSection], report: ManualReport) -> None:
    for section in sections:
        if not section.blocks and not section.subsections:
            report.check(f"There is no text below the heading {quoted(section.heading)}.")
    twice = [heading for heading, count in Counter(section.heading for section in sections).items() if count > 1]
    for heading in twice:
        report.check(f"Several sections are called {quoted(heading)}.")


def _few(sections: list[ChapterSection], report: ManualReport) -> list[ChapterSection]:
    """Return no more sections than the editor can hold; the last takes the rest, with smaller headings."""
    if len(sections) <= MOST_SECTIONS:
        return sections
    report.check(f"{len(sections):,} sections are more than the editor can hold; the last one holds the rest.")
    last = sections[MOST_SECTIONS - 1]
    for section in sections[MOST_SECTIONS:]:
        for piece in (section, *section.subsections):
            last.blocks += [Heading([Run(piece.heading)], 4), *piece.blocks]
    return sections[:MOST_SECTIONS]
