"""The outline of a file as an issue: its title, its date, its introduction, and one section for each item."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile

from bulletins.importing.dates import Quarter, quarter_in, quarter_in_name
from bulletins.quarters import label_for, quarter_of
from content.reading.headings import is_only_a_date
from content.reading.outline import Block, Heading, Paragraph, Picture, text_of
from content.reading.report import Report, quoted

# How far from the top the date and the title of an issue are looked for.
TOP = 12
LONGEST_TITLE = 200
LONGEST_LABEL = 60
LONGEST_INTRODUCTION = 700
MOST_INTRODUCTION = 3
TITLE_WORDS = ("bulletin", "newsletter", "e-news", "news update", "briefing")
UNTITLED = "In this issue"
# The editor can save some 10,000 fields; an item has ten and more.
MOST_SECTIONS = 200


@dataclass
class Section:
    """What becomes one item."""

    heading: Heading
    blocks: list[Block] = field(default_factory=list)


@dataclass
class Issue:
    """What a file says about an issue."""

    title: str
    day: date
    label: str
    introduction: list[Paragraph]
    sections: list[Section]
    # The level of the headings that items begin with.
    level: int = 2


def issue_of(blocks: list[Block], *, filename: str, document_title: str, today: date, report: Report) -> Issue:
    """Return the issue that an outline describes; its headings must be settled.

    `document_title` is what an HTML file calls itself; `today` dates an issue that nothing else does.
    """
    blocks = list(blocks)
    dated = _take_date(blocks)
    title = _take_title(blocks, report)
    level = _level_of_items(blocks)
    sections, before = _split(blocks, level)
    quarter = dated or _date_from(
        [title, document_title, *(text_of(block)[:500] for block in before[:4])], filename, today, report
    )
    if quarter and not quarter.clear:
        report.check(f"The issue was dated {label_for(quarter.day)}, guessed from {quoted(quarter.label)}.")
    introduction, rest = _introduction(_without_logos(before, report), has_sections=bool(sections))
    if rest:
        sections.insert(0, Section(Heading([], level), rest))
    if not title:
        report.guess("The file has no title of its own; the draft is called after its date.")
    return Issue(title, quarter.day, quarter.label[:LONGEST_LABEL], introduction, _few(sections, report), level)


def _take_date(blocks: list[Block]) -> Quarter | None:
    """Take the line that dates the issue out of the top of the blocks."""
    for index, block in enumerate(blocks[:TOP]):
        if isinstance(block, Paragraph | Heading) and is_only_a_date(text := text_of(block)):
            found = quarter_in(text)
            del blocks[index]
            return found._replace(label=" ".join(text.split()))
    return None


def _take_title(blocks: list[Block], report: Report) -> str:
    """Take the title of the issue out of the top of the blocks.

    It is the only heading of the highest level, or a line that calls itself a bulletin; headings directly above that
    (the name of the board) belong to it.
    """
    headings = [block for block in blocks[:TOP] if isinstance(block, Heading)]
    masthead = list(takewhile(lambda block: isinstance(block, Heading), blocks))
    counts = Counter(block.level for block in blocks if isinstance(block, Heading))
    if named := next((block for block in headings if _is_named_so(block.text)), None):
        above = masthead[: masthead.index(named)] if named in masthead else []
        taken = [*above, named]
    elif headings and headings[0].level == 1 and counts[1] == 1 and len(counts) > 1:
        taken = headings[:1]
    else:
        return _title_from_line(blocks)
    title = " – ".join(heading.text for heading in taken)
    if len(title) > LONGEST_TITLE:
        return ""
    if any(run.href for heading in taken for run in heading.runs):
        report.check(f"The title {quoted(title)} was a link; a title cannot be one.")
    blocks[:] = [block for block in blocks if not any(block is heading for heading in taken)]
    return title


def _title_from_line(blocks: list[Block]) -> str:
    """Take a short line above everything else that calls itself a bulletin."""
    for index, block in enumerate(blocks[:3]):
        if isinstance(block, Heading):
            break
        is_sentence = text_of(block).rstrip().endswith((".", ":", ","))
        if isinstance(block, Paragraph) and _is_named_so(block.text) and not is_sentence:
            del blocks[index]
            return " ".join(block.text.split())
    return ""


def _is_named_so(text: str) -> bool:
    lower = text.lower()
    return len(text) <= 100 and any(word in lower for word in TITLE_WORDS) and "next" not in lower


def _level_of_items(blocks: list[Block]) -> int:
    """Return the level of the headings that begin items: the highest that is there twice, or else the highest."""
    counts = Counter(block.level for block in blocks if isinstance(block, Heading))
    several = [level for level, count in counts.items() if count >= 2]
    return min(several or counts or [2])


def _split(blocks: list[Block], level: int) -> tuple[list[Section], list[Block]]:
    sections: list[Section] = []
    before: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level <= level:
            sections.append(Section(block))
        elif sections:
            sections[-1].blocks.append(block)
        else:
            before.append(block)
    return sections, before


def _few(sections: list[Section], report: Report) -> list[Section]:
    """Return no more sections than the editor can hold; the last one takes the rest, with smaller headings."""
    if len(sections) <= MOST_SECTIONS:
        return sections
    report.check(
        f"{len(sections):,} headings were found. Only the first {MOST_SECTIONS} became items; the rest is in the "
        "last one. Is this one issue?"
    )
    kept, last = sections[:MOST_SECTIONS], sections[MOST_SECTIONS - 1]
    for section in sections[MOST_SECTIONS:]:
        last.blocks += [Heading(section.heading.runs, section.heading.level + 1), *section.blocks]
    return kept


def _without_logos(before: list[Block], report: Report) -> list[Block]:
    """Leave out the pictures at the top that the file does not bring along: logos and banners."""
    for block in before:
        if isinstance(block, Picture) and block.data is None:
            name = f" {quoted(block.alt)}" if block.alt else ""
            report.left_out(f"The picture{name} at the top, which is not in the file.")
    return [block for block in before if not isinstance(block, Picture) or block.data is not None]


def _introduction(before: list[Block], *, has_sections: bool) -> tuple[list[Paragraph], list[Block]]:
    """Return the introduction, and what stands before the first heading and is too much for one."""
    lead = 0
    length = 0
    while lead < min(len(before), MOST_INTRODUCTION) and isinstance(before[lead], Paragraph):
        length += len(before[lead].text)
        if length > LONGEST_INTRODUCTION:
            break
        lead += 1
    if not has_sections and lead == len(before):
        # All there is must be an item, with an introduction only where something is left over.
        lead = max(min(lead - 1, 1), 0)
    while lead and lead < len(before) and before[lead - 1].text.rstrip().endswith(":"):
        # What leads into a list belongs with it.
        lead -= 1
    return before[:lead], before[lead:]


def _date_from(texts: list[str], filename: str, today: date, report: Report) -> Quarter:
    """Return the date of an issue that no line of its own gives."""
    for text in texts:
        if text and (found := quarter_in(text)):
            report.guess(f"The date of the issue, {label_for(found.day)}, was taken from {quoted(text)}.")
            return found._replace(label=label_for(found.day) if found.clear else found.label.capitalize())
    if found := quarter_in_name(filename):
        report.guess(f"The date of the issue, {label_for(found.day)}, was taken from the name of the file.")
        return Quarter(found.day, label_for(found.day), True)
    day = quarter_of(today, first_month=1)
    report.check(f"No date was found. The draft is dated {label_for(day)}; change it if that is wrong.")
    return Quarter(day, label_for(day), True)
