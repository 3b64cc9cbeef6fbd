"""The paragraphs of a Word document that have words, and how each looks."""

from collections import Counter
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from content.reading.headings import LONGEST_IN_CAPITALS, looks_like_title
from content.reading.typed_numbers import Number, without_number
from content.reading.word_lists import NUMBERS, place_of
from content.reading.word_styles import Look, Styles
from content.reading.word_xml import W, child, text_of, value

# Above this share of the text, bold is how the document looks, and says nothing.
MOST_BOLD = 0.5


@dataclass
class Line:
    """A paragraph with words, and what there is to be seen of it."""

    paragraph: Element
    text: str
    look: Look
    number: Number
    # The form of its list ("" for none), and whether that is numbered.
    list_key: str
    is_numbered: bool
    is_heading: bool

    @property
    def depth(self) -> int:
        """How many numbers stand before it: 2 for "1.2"; 1 for none."""
        return (place_of(self.paragraph)[1] + 1) if self.list_key else len(self.number) or 1


def look_of(paragraph: Element, styles: Styles) -> Look:
    """Return how most of the text of a paragraph looks; bold or underlined only where all of it is."""
    around = styles.look(value(paragraph, "pPr/pStyle"))
    sizes: Counter[int] = Counter()
    bold = underlined = capitals = True
    for run in paragraph.iter(f"{W}r"):
        words = text_of(run).strip()
        if not any(character.isalnum() for character in words):
            continue
        look = run_look(run, around, styles)
        sizes[look.size] += len(words)
        bold, underlined, capitals = bold and look.bold, underlined and look.underlined, capitals and look.capitals
    if not sizes:
        return Look(around.size)
    return Look(sizes.most_common(1)[0][0], bold, underlined, capitals)


def run_look(run: Element, around: Look, styles: Styles) -> Look:
    """Return how a piece of text looks in a paragraph that looks like `around`."""
    properties = child(run, "rPr")
    for by_style in styles.character_properties(value(properties, "rStyle")):
        around = around.inside(by_style)
    return around.inside(properties)


def lines_of(root: Element, styles: Styles) -> list[Line]:
    """Return the paragraphs that have words, but not those in tables of data. Lists must be settled."""
    in_data = {paragraph for table in root.iter(f"{W}tbl") if _holds_data(table) for paragraph in table.iter(f"{W}p")}
    lines = []
    for paragraph in root.iter(f"{W}p"):
        text = " ".join(text_of(paragraph).split())
        if not text or paragraph in in_data:
            continue
        key, _ = place_of(paragraph)
        names = styles.names(value(paragraph, "pPr/pStyle"))[:1]
        lines.append(
            Line(
                paragraph,
                text,
                look_of(paragraph, styles),
                without_number(text[: LONGEST_IN_CAPITALS * 2])[1],
                key,
                key == NUMBERS,
                any(name.startswith(("heading", "title", "subtitle")) for name in names),
            )
        )
    return lines


def _holds_data(table: Element) -> bool:
    """Tell whether a table has several rows and columns; what arranges a page has seldom both."""
    rows = table.findall(f"{W}tr")
    return len(rows) > 1 and max(len(row.findall(f"{W}tc")) for row in rows) > 1


def usual_look(lines: list[Line]) -> Look:
    """Return how most of the text looks."""
    sizes: Counter[int] = Counter()
    bold = total = 0
    for line in lines:
        if line.is_heading:
            continue
        sizes[line.look.size] += len(line.text)
        # In a short text, the headings could be most of it.
        if not looks_like_title(line.text):
            bold += len(line.text) * line.look.bold
            total += len(line.text)
    if not sizes:
        return Look()
    return Look(sizes.most_common(1)[0][0], bold=bold > total * MOST_BOLD)
