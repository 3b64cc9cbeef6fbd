"""Numbers of parts and chapters, counted from the page tree."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

DIGITS = 5


@dataclass(frozen=True)
class Place:
    """Where a page stands in a manual. `sort_key`: the number in a form that sorts as people count."""

    page_id: int
    number: str
    sort_key: str
    depth: int
    title: str
    is_chapter: bool


@dataclass
class _Level:
    """A page above those being counted. `next_number` is what its next child gets."""

    depth: int
    numbers: tuple[int, ...]
    next_number: int


def places_in(rows: Iterable[dict], *, manual_depth: int, first_number: int, part_type_id: int) -> Iterator[Place]:
    """Yield the places of what is public in a manual, in reading order.

    `rows`: `{"pk", "depth", "live", "title", "content_type_id"}` of everything below the manual, in tree order. What is
    not public has no number, and nothing below it has: readers could not find it in the list either.
    """
    levels = [_Level(manual_depth, (), first_number)]
    hidden_below: int | None = None
    for row in rows:
        if hidden_below is not None and row["depth"] > hidden_below:
            continue
        hidden_below = None if row["live"] else row["depth"]
        if not row["live"]:
            continue
        while levels[-1].depth >= row["depth"]:
            levels.pop()
        above = levels[-1]
        numbers = (*above.numbers, above.next_number)
        above.next_number += 1
        levels.append(_Level(row["depth"], numbers, 1))
        yield Place(
            page_id=row["pk"],
            number=".".join(map(str, numbers)),
            sort_key=".".join(f"{number:0{DIGITS}}" for number in numbers),
            depth=len(numbers),
            title=row["title"],
            is_chapter=row["content_type_id"] != part_type_id,
        )
