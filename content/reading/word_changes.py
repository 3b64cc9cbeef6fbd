"""A Word document as if every tracked change had been accepted, without what was said in its margin."""

from collections import Counter
from xml.etree.ElementTree import Element

from content.reading.word_xml import W, child, rewrite

GONE = {f"{W}del", f"{W}moveFrom"}
KEPT = {f"{W}ins", f"{W}moveTo"}
# What it looked like before, and where a change or a comment begins and ends.
TRACES = {
    f"{W}{name}"
    for name in (
        "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "tblGridChange", "trPrChange",
        "tcPrChange", "numberingChange", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart",
        "moveToRangeEnd", "commentRangeStart", "commentRangeEnd",
    )
}  # fmt: skip
COMMENT = f"{W}commentReference"


def accept_changes(root: Element) -> tuple[int, int]:
    """Change a document to how it reads with all changes accepted; return how many changes and comments it had.

    What was added or moved here stays; what was deleted or moved away goes, with rows and cells of tables. Where the
    end of a paragraph was deleted, it is one with the next.
    """
    counts: Counter[str] = Counter()
    # Before the marks are taken out that say so.
    for above in root.iter():
        above[:] = _joined(list(above), counts)

    def change(element: Element) -> list[Element] | None:
        if element.tag in KEPT:
            counts["changes"] += 1
            return list(element)
        if _was_deleted(element):
            counts["changes"] += 1
            return []
        counts["comments"] += element.tag == COMMENT
        return [] if element.tag == COMMENT or element.tag in TRACES else None

    rewrite(root, change)
    for table in root.iter(f"{W}tbl"):
        if child(table, "tr") is None:
            table.clear()
    return counts["changes"], counts["comments"]


def _was_deleted(element: Element) -> bool:
    if element.tag in GONE:
        return True
    if element.tag == f"{W}tr":
        return child(element, "trPr/del") is not None
    return element.tag == f"{W}tc" and child(element, "tcPr/cellDel") is not None


def _joined(elements: list[Element], counts: Counter) -> list[Element]:
    """Return elements with each paragraph whose end was deleted put before the words of the next one."""
    result: list[Element] = []
    # Paragraphs that have lost their ends, and all that is in them but their properties.
    open_ones: list[Element] = []
    words: list[Element] = []
    for element in elements:
        is_paragraph = element.tag == f"{W}p"
        if is_paragraph and _has_no_end(element):
            open_ones.append(element)
            words += [found for found in element if found.tag != f"{W}pPr"]
            continue
        if is_paragraph and open_ones:
            at = 0 if child(element, "pPr") is None else 1
            element[at:at] = words
            counts["changes"] += len(open_ones)
            open_ones, words = [], []
        # Before something else than a paragraph, they stay.
        result += [*open_ones, element]
        open_ones, words = [], []
    return [*result, *open_ones]


def _has_no_end(element: Element) -> bool:
    mark = child(element, "pPr/rPr") if element.tag == f"{W}p" else None
    return mark is not None and any(found.tag in GONE for found in mark)
