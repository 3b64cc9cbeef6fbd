"""HTML of any quality to a small tree of nodes.

nh3 (the HTML5 parser of browsers) repairs it and takes out what runs or is not shown; what it writes is well formed, so
that Python's own parser can read it in one pass. Neither may be given elements nested thousands deep: the time of the
first grows with the square of the depth, so that is refused before (`html_guard`).
"""

import re
from collections import Counter
from html import unescape
from html.parser import HTMLParser

import nh3

from content.reading.html_guard import SHOWN, refuse_excess, without_entities

# Deeper elements are put beside each other: the walk over the tree is recursive.
DEEPEST_KEPT = 120

KEPT_TAGS = {
    "a", "abbr", "address", "article", "aside", "b", "blockquote", "body", "br", "caption", "center", "cite",
    "code", "dd", "del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font", "footer", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hgroup", "hr", "i", "img", "ins", "kbd", "li", "main", "mark", "nav", "ol", "p",
    "pre", "q", "s", "section", "small", "span", "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot",
    "th", "thead", "time", "tr", "u", "ul", "var",
}  # fmt: skip
# With everything in them. Unknown tags only lose themselves, not their words.
DROPPED_TAGS = {
    "script", "style", "title", "iframe", "noscript", "template", "noembed", "noframes", "object", "applet", "svg",
    "math", "audio", "video",
}  # fmt: skip
# Read here, never written out: rich text is made anew from the tree, and links are checked there (`linking.safe_href`).
# Dangerous schemes are let in so that the report can name the links that are taken out.
KEPT_ATTRIBUTES = {
    "*": {"class", "id", "style", "role"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "table": {"border"},
    "font": {"size"},
}
SCHEMES = {"http", "https", "mailto", "tel", "data", "javascript", "vbscript", "file", "ftp", "cid", "about", "blob"}

TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{0,500})", re.IGNORECASE)


class Node:
    """An element: its tag, its attributes, and what is in it (nodes and strings)."""

    __slots__ = ("tag", "attributes", "children")

    def __init__(self, tag: str, attributes: dict[str, str]):
        self.tag = tag
        self.attributes = attributes
        self.children: list[Node | str] = []

    def get(self, name: str) -> str:
        """Return an attribute, "" where it is missing."""
        return self.attributes.get(name, "")

    def walk(self):
        """Yield the node and all nodes in it, in the order of the document."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(child for child in reversed(node.children) if isinstance(child, Node))

    def text(self) -> str:
        """Return all words in it."""
        parts, stack = [], [self]
        while stack:
            node = stack.pop()
            if isinstance(node, str):
                parts.append(node)
            else:
                stack.extend(reversed(node.children))
        return "".join(parts)


class _Builder(HTMLParser):
    """Builds the tree from well-formed HTML."""

    EMPTY = {"br", "hr", "img"}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = Node("body", {})
        self.open = [self.root]
        self.beyond = 0

    def handle_starttag(self, tag, attrs):
        node = Node(tag, {name: (value or "").translate(SHOWN) for name, value in attrs})
        self.open[-1].children.append(node)
        if tag in self.EMPTY:
            return
        if len(self.open) < DEEPEST_KEPT:
            self.open.append(node)
        else:
            self.beyond += 1

    def handle_endtag(self, tag):
        if tag in self.EMPTY:
            return
        if self.beyond:
            self.beyond -= 1
        elif len(self.open) > 1:
            self.open.pop()

    def handle_data(self, data):
        # Again, for what was written as an entity: &nbsp; &shy;
        self.open[-1].children.append(data.translate(SHOWN))


def tree_of(html: str) -> tuple[Node, Counter]:
    """Return the tree of an HTML document, and how much active content it loses. Raises NestedTooDeep, TooLong."""
    lost = refuse_excess(html)
    clean = nh3.clean(
        without_entities(html),
        tags=KEPT_TAGS,
        clean_content_tags=DROPPED_TAGS,
        attributes=KEPT_ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel=None,
    )
    builder = _Builder()
    builder.feed(clean)
    builder.close()
    return builder.root, lost


def title_of(html: str) -> str:
    """Return what an HTML document calls itself, or ""."""
    found = TITLE.search(html[:200_000])
    return " ".join(unescape(found[1]).split()) if found else ""
