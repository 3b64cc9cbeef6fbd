"""What the look of an element says: bold, italic, large, hidden, part of one of Word's lists."""

import re
from typing import NamedTuple

from content.reading.html_tree import Node

BOLD = re.compile(r"font-weight\s{0,3}:\s{0,3}(?:bold|[6-9]00)", re.I)
NOT_BOLD = re.compile(r"font-weight\s{0,3}:\s{0,3}(?:normal|[1-5]00)", re.I)
ITALIC = re.compile(r"font-style\s{0,3}:\s{0,3}(?:italic|oblique)", re.I)
SIZE = re.compile(r"font-size\s{0,3}:\s{0,3}(\d{1,3}(?:\.\d{1,3})?)\s{0,3}(px|pt|r?em|%)", re.I)
HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden|mso-hide\s{0,3}:\s{0,3}all", re.I)
WORD_LIST = re.compile(r"mso-list\s{0,3}:\s{0,3}l\d{1,4}\s{1,3}level(\d)", re.I)
WORD_MARK = re.compile(r"mso-list\s{0,3}:\s{0,3}ignore", re.I)
WORD_TITLE = re.compile(r"^word-(?:title-([1-9])|text)$")
# From which size text looks like a heading.
LARGE = {"px": 18, "pt": 13.5, "em": 1.15, "rem": 1.15, "%": 115}


class Style(NamedTuple):
    """How text looks where it stands."""

    href: str = ""
    bold: bool = False
    italic: bool = False
    large: bool = False


def style_inside(node: Node, outside: Style) -> Style:
    """Return how text looks inside an element, from how it looks around it."""
    css = node.get("style")
    bold = outside.bold or node.tag in {"b", "strong", "th"}
    italic = outside.italic or node.tag in {"i", "em", "cite"}
    large = outside.large or (node.tag == "font" and node.get("size").lstrip("+") in {"4", "5", "6", "7"})
    if css:
        bold = (bold or bool(BOLD.search(css))) and not NOT_BOLD.search(css)
        italic = italic or bool(ITALIC.search(css))
        if size := SIZE.search(css):
            large = float(size[1]) >= LARGE[size[2].lower()]
    return outside._replace(bold=bold, italic=italic, large=large)


def is_hidden(node: Node) -> bool:
    """Tell whether an element is not shown: the hidden first lines of an e-mail, text for one program only."""
    css = node.get("style")
    return bool(css) and bool(HIDDEN.search(css))


def is_list_mark(node: Node) -> bool:
    """Tell whether an element holds the bullet or number that Word writes before a point."""
    css = node.get("style")
    return bool(css) and bool(WORD_MARK.search(css))


def title_depth(node: Node) -> int:
    """Return how much a paragraph stands out as a heading in a Word document (`word_titles`).

    1 for most, -1 for one that is certainly text, 0 where nobody has looked.
    """
    found = WORD_TITLE.match(node.get("class"))
    return int(found[1] or -1) if found else 0


def word_list_level(node: Node) -> int:
    """Return the level (1, 2…) of a paragraph that is a point of one of Word's lists, else 0."""
    if found := WORD_LIST.search(node.get("style")):
        return int(found[1])
    return 1 if node.get("class").startswith("MsoListParagraph") else 0
