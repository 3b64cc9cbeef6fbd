"""What is looked at once an issue is ready: how much there is, and what is too much."""

from collections import Counter

from content.reading.outline import Block, BulletList, Table
from content.reading.report import Report

MANY_ITEMS = 40
MANY_CELLS = 3000


def count(blocks: list[Block], items: list[dict], words: str, report: Report) -> None:
    """Count what was made, and warn of what is too much for one issue."""
    stored = str(items)
    report.counts += Counter(
        items=len(items),
        words=len(words.split()),
        lists=sum(isinstance(block, BulletList) for block in blocks),
        tables=sum(isinstance(block, Table) for block in blocks),
        pictures=stored.count("'type': 'image'"),
        emails=stored.count('href="mailto:'),
        phones=stored.count('href="tel:'),
        links=stored.count('href="http'),
    )
    cells = sum(len(block.rows) * len(block.headings) for block in blocks if isinstance(block, Table))
    if cells > MANY_CELLS:
        report.check(f"The tables have {cells:,} cells. The editor may refuse to save so many; shorten them first.")
    if len(items) > MANY_ITEMS:
        report.check(f"{len(items)} items are many for one issue. Were too many lines taken for headings?")
    report.check("Write the summary, and choose topics and the contact for this issue.")
