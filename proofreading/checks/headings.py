"""Headings: who goes through a page by its headings misses what stands below a level that was left out (WCAG 1.3.1)."""

from collections.abc import Iterator

from proofreading.faults import Fault, fault_in
from proofreading.known import Known
from updates.wording import HEADING, Passage

# In a field's own text, below the heading that the page gives it.
DEEPEST_FIRST_LEVEL = 3


def skipped_levels(passages: list[Passage], known: Known) -> Iterator[Fault]:
    """Yield headings that stand more than one level below the heading before them in their field."""
    field, above = None, DEEPEST_FIRST_LEVEL - 1
    for passage in passages:
        if passage.section.field != field:
            field, above = passage.section.field, DEEPEST_FIRST_LEVEL - 1
        if passage.kind != HEADING:
            continue
        if passage.level > above + 1:
            yield fault_in(passage, "heading", passage.text, _advice(passage.level, above + 1))
        above = passage.level


def _advice(level: int, wanted: int) -> str:
    return (
        f"This is a heading of level {level}, and the one above it is of level {wanted - 1}. "
        f"Choose “Heading {wanted}” for it, or put a heading of that level between them."
    )
