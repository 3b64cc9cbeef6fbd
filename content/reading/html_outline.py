"""HTML to outline: the same structure that plain text becomes, whatever program wrote the HTML."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from content.reading import plain_text
from content.reading.headings import looks_like_title
from content.reading.html_paragraphs import Gathered, blocks_of
from content.reading.html_pictures import picture_of
from content.reading.html_styles import Style, is_hidden, style_inside, title_depth, word_list_level
from content.reading.html_tables import is_data_table, table_of
from content.reading.html_tree import Node, tree_of
from content.reading.linking import safe_href
from content.reading.outline import Block, Box, BulletList, Heading, ListItem, Paragraph, Run
from content.reading.report import Report, quoted
from content.reading.text_lists import Entry, nested
from content.reading.typed_lists import with_typed_lists

HEADINGS = {f"h{level}": level for level in range(1, 7)}
INLINE = {
    "a", "abbr", "b", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q", "s", "small", "span",
    "strike", "strong", "sub", "sup", "time", "u", "var",
}  # fmt: skip
SPACES = re.compile(r"[ \t\n\r\f]+")
LOST_NAMES = {"script": "script", "iframe": "frame", "form": "form", "event handler": "script on an element"}


def outline_of(html: str, report: Report) -> tuple[list[Block], str]:
    """Return the outline of an HTML document and all the words a reader of it sees. Raises NestedTooDeep."""
    root, lost = tree_of(html)
    report_lost(lost, report)
    return outline_of_tree(root, report)


def outline_of_tree(root: Node, report: Report, *, links: Callable[[str], str] = safe_href) -> tuple[list[Block], str]:
    """Return the same of a tree that the caller may have changed.

    `links` returns the address of a link as it is to be kept, "" for one that is not. An element that was given the
    tag `box` becomes a Box.
    """
    walker = Walker(report, links)
    walker.inside(root, Style())
    walker.end_paragraph()
    blocks = with_typed_lists(_with_lists(walker.blocks))
    if not any(isinstance(block, Heading) for block in blocks):
        blocks = [_as_in_plain_text(block) for block in blocks]
    return blocks, "".join(walker.words)


@dataclass
class Walker:
    """Goes through the tree and writes down the blocks it meets."""

    report: Report
    links: Callable[[str], str] = safe_href
    blocks: list[Block | Entry] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    gathered: Gathered = field(default_factory=Gathered)

    def inside(self, node: Node, style: Style) -> None:
        """Write down what is in an element."""
        for child in node.children:
            if isinstance(child, str):
                self.words.append(child)
                self.gathered.add(SPACES.sub(" ", child), style)
            elif is_hidden(child):
                if words := child.text().strip():
                    self.report.left_out(f"Text that readers do not see: {quoted(words)}")
            elif child.tag in INLINE:
                self.inside(child, self._inline_style(child, style))
            else:
                self._block(child, style)

    def end_paragraph(self) -> None:
        """Write down the paragraph gathered so far, with the pictures in it."""
        self.blocks += blocks_of(self.gathered)
        self.gathered = Gathered()
        self.words.append("\n")

    def _block(self, node: Node, style: Style) -> None:
        if node.tag == "br":
            self.gathered.add_break()
            self.words.append("\n")
        elif node.tag == "img":
            if picture := picture_of(node, self.report):
                self.gathered.pictures.append(picture)
        else:
            self.end_paragraph()
            self._container(node, style)
            self.end_paragraph()

    def _container(self, node: Node, style: Style) -> None:
        if node.tag in HEADINGS:
            self._heading(node, HEADINGS[node.tag])
        elif node.tag in {"ul", "ol"}:
            self._list(node)
        elif node.tag == "pre":
            self.words.append(node.text())
            self.blocks += plain_text.outline_of(node.text())
        elif node.tag == "table" and is_data_table(node):
            inner = Walker(self.report, self.links)
            self.blocks.append(table_of(node, inner, self.report))
            self.words += inner.words
            self.blocks += [block for block in inner.blocks if not isinstance(block, Entry)]
        elif node.tag == "box":
            inner = Walker(self.report, self.links)
            inner.inside(node, Style())
            inner.end_paragraph()
            self.words += inner.words
            self.blocks.append(Box(_with_lists(inner.blocks)))
        elif node.get("class") == "MsoTitle":
            self._heading(node, 1)
        else:
            self.gathered.word_level = word_list_level(node)
            self.gathered.title_depth = title_depth(node)
            self.inside(node, style_inside(node, style._replace(large=False)))

    def _heading(self, node: Node, level: int) -> None:
        inner = Walker(self.report, self.links)
        inner.inside(node, Style())
        inner.end_paragraph()
        self.words += inner.words
        runs, others = _flattened(inner.blocks)
        if any(run.text.strip() for run in runs):
            # A heading is bold by itself.
            self.blocks.append(Heading([Run(run.text, run.href, False, run.italic) for run in runs], level))
        self.blocks += others

    def _list(self, node: Node) -> None:
        found, others = self._read_list(node)
        if found.items:
            self.blocks.append(found)
        self.blocks += others

    def _read_list(self, node: Node) -> tuple[BulletList, list[Block]]:
        """Return a list with those below it, and what a list cannot hold (tables, pictures), to come after it."""
        result, others = BulletList(ordered=node.tag == "ol"), []
        for child in node.children:
            if isinstance(child, str):
                if child.strip():
                    self.words.append(f"{child}\n")
                    result.items.append(ListItem([Run(SPACES.sub(" ", child))]))
                continue
            if child.tag in {"ul", "ol"}:
                # Older editors put a nested list beside the point it belongs to.
                inner, more = self._read_list(child)
                if result.items:
                    result.items[-1].lists.append(inner)
                else:
                    result.items += inner.items
                others += more
                continue
            others += self._read_point(child, result)
        return result, others

    def _read_point(self, node: Node, result: BulletList) -> list[Block]:
        inner = Walker(self.report, self.links)
        inner.inside(node, style_inside(node, Style()))
        inner.end_paragraph()
        self.words += inner.words
        blocks = _with_lists(inner.blocks)
        runs, others = _flattened([block for block in blocks if not isinstance(block, BulletList)])
        lists = [block for block in blocks if isinstance(block, BulletList)]
        if not runs and result.items:
            result.items[-1].lists += lists
        elif not runs:
            # It only holds a list: the first level was left out.
            result.items += [item for below in lists for item in below.items]
            result.ordered = any(below.ordered for below in lists)
        else:
            result.items.append(ListItem(runs, lists))
        return others

    def _inline_style(self, node: Node, style: Style) -> Style:
        if node.tag != "a" or not node.get("href"):
            return style_inside(node, style)
        href = self.links(node.get("href"))
        if not href:
            self._report_link(node)
        return style_inside(node, style)._replace(href=href)

    def _report_link(self, node: Node) -> None:
        words, href = node.text().strip() or "a picture", node.get("href").strip()
        if href.startswith("#"):
            return
        scheme = href.partition(":")[0].lower()
        if scheme in {"javascript", "vbscript", "data", "about", "blob"}:
            self.report.left_out(f"The link on {quoted(words)}: it runs a script or hides a file. The words are kept.")
        else:
            self.report.check(
                f"The link on {quoted(words)} leads to {quoted(href)}, which is no full web address. "
                "The words are kept; add the link again."
            )


def _flattened(blocks: list) -> tuple[list[Run], list[Block]]:
    """Return the words of some blocks as one piece with line breaks, and the blocks that are not running text."""
    runs: list[Run] = []
    others: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph | Heading | Entry):
            mark = [Run(f"{block.marker} ")] if isinstance(block, Entry) and block.is_number else []
            runs += [*([Run("\n")] if runs else []), *mark, *block.runs]
        else:
            others.append(block)
    return runs, others


def _with_lists(blocks: list) -> list[Block]:
    """Return the blocks with the points of Word's lists, which are paragraphs that follow each other, made lists."""
    result: list[Block] = []
    entries: list[Entry] = []
    for block in [*blocks, None]:
        if isinstance(block, Entry):
            entries.append(block)
            continue
        if entries:
            result += nested(entries)
            entries = []
        if block is not None:
            result.append(block)
    return result


def _as_in_plain_text(block: Block) -> Block:
    """Return a paragraph that looks like a title as a likely heading: nothing in the file is marked as one."""
    if isinstance(block, Paragraph) and "\n" not in block.text and looks_like_title(block.text):
        return Heading(block.runs, certain=False)
    return block


def report_lost(lost: Counter, report: Report) -> None:
    """Say how many elements that run or ask for input were taken out."""
    for name, count in sorted(lost.items()):
        what = LOST_NAMES.get(name, name)
        report.left_out(f"{count} {what}{'' if count == 1 else 's'}: nothing that runs or asks for input is imported.")
