"""How a heading is recognised where nothing marks it as one: it looks like a title, and text follows it."""

import re
from dataclasses import replace

from content.reading.dates import month_or_season_in
from content.reading.outline import Block, Heading, Paragraph, text_of
from content.reading.report import Report, quoted
from content.reading.typed_numbers import without_number

LONGEST = 90
NAMED = 12
MOST_WORDS = 14
LONGEST_IN_CAPITALS = 120
ENDS_A_SENTENCE = (".", ",", ";", ":", "…", "-", "–", "—", "।", "،", "؛")
SENTENCE_BREAK = re.compile(r"[.!?]\s+[A-Z]")
INITIALS = re.compile(r"\b(?:[A-Z]|St|Mr|Mrs|Ms|Dr|No|vs?|etc)\.\s")
ADDRESS = re.compile(r"@|://|\bwww\.|\d{5}|\b(?:tel|e-?mail|fax)\b\s*:", re.I)
DATED = re.compile(r"^(?:\w{3,9},?\s+)?(?:the\s+)?\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]{2,8}\.?(?:,?\s+\d{4})?$")
CLOSINGS = re.compile(r"^(?:dear|hello|hi|kind regards|best wishes|yours|many thanks|thank you|regards)\b", re.I)


def looks_like_title(line: str) -> bool:
    """Tell whether a line could be a heading: short, begins as one, no sentence, no address, no date."""
    line = line[: LONGEST_IN_CAPITALS + 1].strip()
    if not line or len(line) > LONGEST or line.endswith(ENDS_A_SENTENCE) or len(line.split()) > MOST_WORDS:
        return False
    if not any(character.isalpha() for character in line) or not _begins_as_title(line):
        return False
    if ADDRESS.search(line) or DATED.match(line) or CLOSINGS.match(line):
        return False
    line = without_number(line)[0]
    if SENTENCE_BREAK.search(INITIALS.sub("", line)) or (line.endswith("!") and len(line.split()) > 8):
        return False
    return not is_only_a_date(line)


def is_in_capitals(line: str) -> bool:
    """Tell whether a line is a heading in capitals: at least two words or a long one, and no full stop."""
    line = line.strip().rstrip(":")
    if len(line) > LONGEST_IN_CAPITALS or not line.isupper() or line.endswith(".") or is_only_a_date(line):
        return False
    letters = sum(character.isalpha() for character in line)
    return letters >= 5 and not ADDRESS.search(line)


def is_only_a_date(line: str) -> bool:
    """Tell whether a line is little more than the date of a document: "April 2017", "Issue 12 – Spring 2017"."""
    line = line.strip()
    if len(line) > 60 or not (found := month_or_season_in(line)):
        return False
    rest = line.replace(found[0], " ").lower()
    return not set(re.findall(r"[^\W\d_]+", rest)) - {
        "issue",
        "no",
        "number",
        "volume",
        "vol",
        "edition",
        "quarter",
        "q",
    }


def settle(blocks: list[Block], report: Report) -> list[Block]:
    """Decide on headings that are only likely: return the blocks with each one made certain or made a paragraph.

    Text must follow a heading. Of several likely ones in a row only the last is taken: the others are the lines of a
    list of contents, an address or a signature. Nothing after a line that ends in a colon is a heading.
    """
    levels = _levels(blocks)
    settled: list[Block] = []
    taken: list[str] = []
    for index, block in enumerate(blocks):
        if not isinstance(block, Heading) or block.certain:
            settled.append(block)
        elif _is_followed_by_text(blocks, index) and not _is_led_in(settled):
            runs = [replace(run, bold=False) for run in block.runs]
            settled.append(Heading(runs, levels[block.depth], certain=True))
            taken.append(block.text)
        else:
            report.guess(f"{quoted(block.text)} was read as text, not as a heading: no text of its own follows it.")
            settled.append(Paragraph(block.runs))
    if taken:
        named = ", ".join(quoted(text) for text in taken[:NAMED]) + (" and others" if len(taken) > NAMED else "")
        report.guess(f"Read as headings because they look like it (bold or short, no full stop, text below): {named}.")
    return settled


def _levels(blocks: list[Block]) -> dict[int, int]:
    """Return the level for each depth of the headings that are only likely.

    Beside headings that are marked, they are smaller ones. The first, where no other stands out as much, is the title.
    """
    headings = [block for block in blocks if isinstance(block, Heading)]
    marked = [heading.level for heading in headings if heading.certain]
    likely = [heading.depth for heading in headings if not heading.certain]
    first = min(marked) + 1 if len(marked) >= 2 else 2
    used = sorted(set(likely))
    levels = {depth: min(first + place, 6) for place, depth in enumerate(used)}
    is_title = len(used) > 1 and likely[0] == used[0] and likely.count(used[0]) == 1 < likely.count(used[1])
    if is_title and used[0] and not marked:
        levels = {depth: level - 1 for depth, level in levels.items()}
    return levels


def _begins_as_title(line: str) -> bool:
    first = next(character for character in line if character.isalnum())
    # Arabic, Urdu or Chinese have no capitals: islower() is False for them.
    return not first.islower()


def _is_followed_by_text(blocks: list[Block], index: int) -> bool:
    after = blocks[index + 1] if index + 1 < len(blocks) else None
    if isinstance(after, Heading):
        # A smaller one belongs to it.
        return not after.certain and 0 < blocks[index].depth < after.depth
    return after is not None


def _is_led_in(settled: list[Block]) -> bool:
    return bool(settled) and isinstance(settled[-1], Paragraph) and text_of(settled[-1]).rstrip().endswith(":")
