"""Rich text in the two forms of a mail: HTML of few tags, and plain lines.

Both are written anew from the tree of what readers see, with links to pages and files expanded: no tag, attribute or
scheme gets into a mail that is not named here. Links are absolute, also those to a place on the same page.
"""

from html import escape
from urllib.parse import urljoin, urlsplit

from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import expand_db_html

from content.reading.html_tree import Node, tree_of
from content.reading.refusals import CannotImport

SCHEMES = {"http", "https", "mailto", "tel"}
WRITTEN = {"b": "strong", "strong": "strong", "i": "em", "em": "em"} | {
    tag: tag for tag in ("p", "ul", "ol", "li", "h2", "h3", "h4")
}
BLOCKS = {"p", "div", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "tr"}
ENDS_A_SENTENCE = (".", ":", "?", "!", "…")


def absolute(address: str, base: str) -> str:
    """Return a whole address, or "" where there is none that a mail may hold. `base`: the address of the issue."""
    try:
        whole = urljoin(base, address.strip()) if address and address.strip() else ""
        return whole if urlsplit(whole).scheme in SCHEMES else ""
    except ValueError:
        return ""


def tree_in(source: str) -> Node:
    """Return the tree of a rich text as readers see it: what they may not see has lost its link."""
    try:
        return tree_of(expand_db_html(source or ""))[0]
    except CannotImport:
        # Nested hundreds deep, which no editor writes: nothing of it, and the page itself is still linked.
        return Node("body", {})


def as_html(source: str, base: str) -> SafeString:
    """Return a rich text as the HTML of a mail."""
    return mark_safe("".join(_html(child, base) for child in tree_in(source).children))  # noqa: S308 (made from words)


def _html(part: Node | str, base: str) -> str:
    if isinstance(part, str):
        return escape(part, quote=False)
    if part.tag == "br":
        return "<br>"
    inside = "".join(_html(child, base) for child in part.children)
    if part.tag == "a" and inside:
        address = absolute(part.get("href"), base)
        return f'<a href="{escape(address)}">{inside}</a>' if address else inside
    tag = WRITTEN.get(part.tag)
    return f"<{tag}>{inside}</{tag}>" if tag else inside


def as_text(source: str, base: str) -> str:
    """Return a rich text as lines: a paragraph or a point on each, with an empty line between blocks."""
    return "\n\n".join(Lines(base).blocks_of(tree_in(source)))


def as_line(source: str) -> str:
    """Return the words of a rich text alone, on one line."""
    return " ".join(" ".join(Lines("", with_links=False).blocks_of(tree_in(source))).split())


def dead_links(source: str) -> list[str]:
    """Return the words of the links that lead nowhere: to what is gone, or is not for readers."""
    links = [node for node in tree_in(source).walk() if node.tag == "a"]
    return [words for link in links if not absolute(link.get("href"), "https:") and (words := link.text().strip())]


class Lines:
    """Writes a tree as plain text."""

    def __init__(self, base: str, *, with_links: bool = True):
        self._base = base
        self._with_links = with_links

    def blocks_of(self, node: Node) -> list[str]:
        """Return the blocks in an element; a list is one block of several lines."""
        blocks, words = [], ""
        for child in node.children:
            if isinstance(child, Node) and child.tag in BLOCKS:
                blocks += [_tidy(words), *self._block(child)]
                words = ""
            else:
                words += self._inline(child)
        return [block for block in [*blocks, _tidy(words)] if block]

    def _block(self, node: Node) -> list[str]:
        if node.tag in ("ul", "ol"):
            return ["\n".join(self._points(node))]
        if node.tag.startswith("h") and (heading := " ".join(self.blocks_of(node))):
            return [heading if heading.endswith(ENDS_A_SENTENCE) else f"{heading}:"]
        return self.blocks_of(node)

    def _points(self, node: Node) -> list[str]:
        """Return the points of a list, those of the lists in it set in."""
        points = [child for child in node.children if isinstance(child, Node)]
        lines = []
        for number, point in enumerate(points, start=1):
            mark = f"{number}. " if node.tag == "ol" else "- "
            inside = [line for block in self.blocks_of(point) for line in block.split("\n")]
            lines += [(mark if first == 0 else " " * len(mark)) + line for first, line in enumerate(inside)]
        return lines

    def _inline(self, part: Node | str) -> str:
        if isinstance(part, str):
            return " ".join(f"|{part}|".split())[1:-1]
        if part.tag == "br":
            return "\n"
        words = "".join(self._inline(child) for child in part.children)
        return self._with_address(words, part.get("href")) if part.tag == "a" and self._with_links else words

    def _with_address(self, words: str, href: str) -> str:
        return linked(words, absolute(href, self._base))


def linked(words: str, address: str) -> str:
    """Return a link in plain text: "words (address)", or one of the two where they say the same."""
    shown = address.removeprefix("mailto:") if address.startswith("mailto:") else address
    if not shown or address.startswith("tel:") or shown.rstrip("/") in (words.strip().rstrip("/"), ""):
        return words
    return f"{words.rstrip()} ({shown})" if words.strip() else shown


def _tidy(words: str) -> str:
    return "\n".join(" ".join(line.split()) for line in words.split("\n")).strip()
