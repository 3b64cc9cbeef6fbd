"""How a heading is recognised where nothing marks it as one: it looks like a title, and text follows it."""

import re

from content.reading.dates import month_or_season_in
from content.reading.outline import Block, Heading, Paragraph, text_of
from content.reading.report import Report, quoted

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
    marked = [block.level for block in blocks if isinstance(block, Heading) and block.certain]
    # Beside headings that are marked, one that is not is a smaller one.
    level = min(marked) + 1 if len(marked) >= 2 else 2
    settled: list[Block] = []
    taken: list[str] = []
    for index, block in enumerate(blocks):
        if not isinstance(block, Heading) or block.certain:
            settled.append(block)
        elif _is_followed_by_text(blocks, index) and not _is_led_in(settled):
            settled.append(Heading(block.runs, level, certain=True))
            taken.append(block.text)
        else:
            report.guess(f"{quoted(block.text)} was read as text, not as a heading: no text of its own follows it.")
            settled.append(Paragraph(block.runs))
    if taken:
        named = ", ".join(quoted(text) for text in taken[:NAMED]) + (" and others" if len(taken) > NAMED else "")
        report.guess(f"Read as headings because they look like it (short, no full stop, text below): {named}.")
    return settled


def _begins_as_title(line: str) -> bool:
    first = next(character for character in line if character.isalnum())
    # Arabic, Urdu or Chinese have no capitals: islower() is False for them.
    return not first.islower()


def _is_followed_by_text(blocks: list[Block], index: int) -> bool:
    return index + 1 < len(blocks) and not isinstance(blocks[index + 1], Heading)


def _is_led_in(settled: list[Block]) -> bool:
    return bool(settled) and isinstance(settled[-1], Paragraph) and text_of(settled[-1]).rstrip().endswith(":")
