"""The tree of a web page without what surrounds a chapter there: navigation, print links, lists of contents.

Boxes are marked, so that they become callouts, the scope or the guidance of a chapter.
"""

import re

from content.reading.html_tables import rows_of
from content.reading.html_tree import Node
from procedures.importing.report import ManualReport, quoted

SURROUNDING = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|breadcrumbs?|crumbs?|menu|sidebar|footer|skip|skiplinks?|print|printlink|share|"
    r"social|cookies?|pagination|pager|pagenav|prevnext|search|searchbox|toc|backtotop|totop|toolbar|masthead|logo)"
    r"(?:$|[\s_-])",
    re.I,
)
BOX = re.compile(
    r"(?:^|[\s_-])(?:callout|alert|panel|note|notice|warning|important|keypoints?|infobox|box|well)(?:$|[\s_-])", re.I
)
SMALL_WORDS = re.compile(
    r"^\W*(?:print(?: this (?:page|chapter))?|(?:back|return) to (?:top|contents)(?: of page)?|top(?: of page)?|"
    r"(?:next|previous)(?: chapter| page)?|contents|home|end)\W*$",
    re.I,
)
PARAGRAPHS = {"p", "li", "div", "td", "dd"}
LONGEST_SURROUNDING = 20_000


def chapter_in(root: Node, report: ManualReport) -> Node:
    """Return the tree of a chapter alone; the words taken out are named in the report."""
    taken: list[str] = []
    main = _main_of(root)
    if main is not root:
        outside = root.text()[:LONGEST_SURROUNDING].replace(main.text()[:LONGEST_SURROUNDING], " ")
        taken.append(outside)
    _prune(main, taken, keeps_header=sum(node.tag == "h1" for node in main.walk()) < 2)
    words = " … ".join(" ".join(text.split()) for text in taken if text.strip())
    if words:
        report.left_out(f"What surrounds the chapter on its old page: {quoted(words)}")
    _mark_boxes(main)
    return main


def _main_of(root: Node) -> Node:
    """Return the element that says of itself that it is the main one, if just one does and it has words."""
    found = [node for node in root.walk() if node.tag == "main" or node.get("role") == "main"]
    return found[0] if len(found) == 1 and found[0].text().strip() else root


def _prune(node: Node, taken: list[str], *, keeps_header: bool) -> None:
    kept: list[Node | str] = []
    for child in node.children:
        if isinstance(child, Node) and _surrounds(child, keeps_header):
            taken.append(child.text())
            continue
        if isinstance(child, Node):
            _prune(child, taken, keeps_header=keeps_header)
        kept.append(child)
    node.children = kept


def _surrounds(node: Node, keeps_header: bool) -> bool:
    """Tell whether an element is part of the old page, not of the chapter."""
    if node.tag == "nav" or node.get("role") in {"navigation", "search", "contentinfo"}:
        return True
    if node.tag in {"header", "footer"} or node.get("role") == "banner":
        return not (keeps_header and any(inner.tag == "h1" for inner in node.walk()))
    names = f"{node.get('class')} {node.get('id')}"
    if names.strip() and SURROUNDING.search(names):
        # A page may be wrapped in "no-sidebar": what holds the heading of the chapter or very much is the chapter.
        is_chapter = any(inner.tag == "h1" for inner in node.walk()) or len(node.text()) > LONGEST_SURROUNDING
        return not is_chapter
    return _is_small_link(node) or _is_contents_list(node)


def _is_small_link(node: Node) -> bool:
    """Tell whether a paragraph or link is nothing but "Print this page" or "Back to top"."""
    if node.tag not in PARAGRAPHS and node.tag != "a":
        return False
    links = [inner for inner in node.walk() if inner.tag == "a"]
    words = node.text().strip()
    return len(links) == 1 and bool(words) and len(words) < 60 and bool(SMALL_WORDS.match(words))


def _is_contents_list(node: Node) -> bool:
    """Tell whether a list, or a line of Word's contents, only leads to places of the same page."""
    if node.tag not in {"ul", "ol", "p"}:
        return False
    links = [inner for inner in node.walk() if inner.tag == "a" and inner.get("href")]
    if not links or any(not inner.get("href").startswith("#") for inner in links):
        return False
    words = sum(len("".join(inner.text().split())) for inner in links)
    all_words = len("".join(node.text().split()))
    enough = len(links) > 2 if node.tag != "p" else links[0].get("href").startswith("#_Toc")
    return enough and words >= all_words * 0.9


def _mark_boxes(node: Node) -> None:
    for child in node.children:
        if not isinstance(child, Node):
            continue
        _mark_boxes(child)
        if _is_box(child):
            child.tag = "box"


def _is_box(node: Node) -> bool:
    if node.tag == "table":
        rows = rows_of(node)
        inner = any(child.tag in {"table", "box"} for child in node.walk() if child is not node)
        return not inner and bool(rows) and len(rows) <= 12 and all(len(row) == 1 for row in rows)
    if node.tag not in {"div", "aside", "section", "fieldset", "blockquote"} or len(node.text()) > 4_000:
        return False
    is_named = node.tag == "aside" or BOX.search(node.get("class")) or "border" in node.get("style")
    return bool(is_named) and not any(child.tag == "box" for child in node.walk())
