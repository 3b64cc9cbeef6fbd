"""Downloads on their way to the counts.

A line is the key of a file of the library and a day, `12 2026-11-25`: not when, not who, not from where.
"""

from collections import Counter
from contextlib import suppress
from datetime import date

from counting.spool import Spool

DOWNLOADS = Spool("downloads", line=r"([0-9]{1,18}) ([0-9]{4}-[0-9]{2}-[0-9]{2})", longest=60)


def note(*, document_id: int, day: date) -> None:
    """Write down one download. Raises OSError."""
    DOWNLOADS.note(f"{document_id} {day}")


def downloads_in(lines: Counter[tuple[str, str]]) -> Counter[tuple[int, date]]:
    """Return how often each (key of the file, day) is among lines, leaving out days that there are not."""
    found: Counter[tuple[int, date]] = Counter()
    for (key, day), number in lines.items():
        with suppress(ValueError):
            found[int(key), date.fromisoformat(day)] += number
    return found
