"""Headings of a Word document that no style marks as such: bold, larger, in capitals, underlined, or numbered by hand.

Most Word documents of an office are written so. What is found here is only likely; `headings.settle` decides.
"""

from itertools import groupby
from xml.etree.ElementTree import Element

from content.reading.headings import is_in_capitals, looks_like_title
from content.reading.typed_numbers import without_number
from content.reading.word_lines import Line, lines_of, usual_look
from content.reading.word_styles import Look, Styles
from content.reading.word_xml import W, give_style, value

HEADING, TITLE, TEXT = "ImportHeading", "ImportTitle", "ImportText"
LINKS = {f"{W}hyperlink", f"{W}fldChar"}
DEEPEST = 4
LARGER = 1.15
# Longer points that end in a full stop are paragraphs with a number.
LONGEST_POINT = 40
LONGEST_OUTLINED = 200


def mark_headings(root: Element, styles: Styles) -> None:
    """Give paragraphs that are headings by their outline level, or likely by their look, a style that says so.

    Lists must be settled.
    """
    lines = lines_of(root, styles)
    for line in lines:
        if not line.is_heading and (level := _outline_level(line, styles)):
            line.is_heading = True
            give_style(line.paragraph, f"{HEADING}{level}")
    usual = usual_look(lines)
    likely = [
        line
        for index, line in enumerate(lines)
        if _is_likely(line, usual) and _stands_alone(lines, index) and not line.is_heading
    ]
    likely += _numbered_by_hand(lines, likely)
    keys = {id(line): _prominence(line) for line in likely}
    depths = {key: min(index + 1, DEEPEST) for index, key in enumerate(sorted(set(keys.values())))}
    for line in likely:
        give_style(line.paragraph, f"{TITLE}{depths[keys[id(line)]]}")
    for line in lines:
        # Nobody is to guess again.
        if id(line) not in keys and not line.is_heading and not line.list_key and _is_emphasised(line):
            give_style(line.paragraph, TEXT)


def _outline_level(line: Line, styles: Styles) -> int:
    """Return the level of a heading that Word's outline shows as one, 0 for others."""
    own, style = value(line.paragraph, "pPr/outlineLvl"), value(line.paragraph, "pPr/pStyle")
    level = own or styles.paragraph_value(style, "outlineLvl")
    is_level = level.isascii() and level.isdigit() and int(level) < 9
    return min(int(level) + 1, 6) if is_level and len(line.text) <= LONGEST_OUTLINED else 0


def _is_likely(line: Line, usual: Look) -> bool:
    if not (looks_like_title(without_number(line.text)[0]) or is_in_capitals(line.text)):
        return False
    # A link is underlined because it is one.
    is_link = any(element.tag in LINKS for element in line.paragraph.iter())
    is_underlined = line.look.underlined and not is_link
    return (
        line.look.size >= usual.size * LARGER
        or (line.look.bold and not usual.bold)
        or line.look.capitals
        or is_underlined
        or is_in_capitals(line.text)
    )


def _stands_alone(lines: list[Line], index: int) -> bool:
    """Tell whether a line is no point of a list: it is in none, or is numbered and has no point beside it."""
    line = lines[index]
    if not line.list_key:
        return True
    if not line.is_numbered or index + 1 == len(lines):
        return False
    before, after = (lines[index - 1] if index else None), lines[index + 1]
    if before is not None and before.text.endswith(":"):
        return False
    if before is not None and before.list_key and not (_is_below(before, line) or _is_heading_above(before, line)):
        return False
    return not after.list_key or _is_below(after, line)


def _is_below(other: Line, line: Line) -> bool:
    """Tell whether a point of a list is a heading or a numbered paragraph (1.1, 1.2) below a numbered heading."""
    is_paragraph = len(other.text) > LONGEST_POINT and other.text.endswith(".")
    return other.is_numbered and other.depth > line.depth and (is_paragraph or _is_emphasised(other))


def _is_heading_above(other: Line, line: Line) -> bool:
    return other.depth < line.depth and _is_emphasised(other)


def _is_emphasised(line: Line) -> bool:
    return line.look.bold or line.look.capitals or line.look.underlined


def _numbered_by_hand(lines: list[Line], likely: list[Line]) -> list[Line]:
    """Return the lines that only a typed number tells from text: "1. Introduction", text, "2. Who to call", text.

    Numbers that follow each other line by line are a list; one number alone is nothing.
    """
    known = {id(line) for line in likely}
    found = []
    for index, line in enumerate(lines):
        if not line.number or line.list_key or line.is_heading or id(line) in known:
            continue
        after = lines[index + 1] if index + 1 < len(lines) else None
        is_deeper = after is not None and len(after.number) > len(line.number)
        is_above_text = after is not None and (is_deeper or not after.number) and not after.is_heading
        is_after_text = index == 0 or not lines[index - 1].number or len(lines[index - 1].number) < len(line.number)
        rest = without_number(line.text)[0]
        if is_above_text and is_after_text and looks_like_title(rest) and rest[0].isupper():
            found.append(line)
    first = [line.number for line in found if len(line.number) == 1]
    counts = [list(group) for _, group in groupby(first)]
    is_counted = len(counts) > 1 and first[0][0] <= 1 and first == sorted(first)
    return found if is_counted else []


def _prominence(line: Line) -> tuple:
    """Return what sorts headings by how much they stand out, the most prominent first."""
    look = line.look
    is_capital = look.capitals or is_in_capitals(line.text)
    return (-look.size, line.depth, not is_capital, not look.bold, not look.underlined)
