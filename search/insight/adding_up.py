"""From the spool to the counts of what was looked for, and forgetting them."""

from collections import Counter
from contextlib import suppress
from datetime import date, datetime, timedelta

from django.db import connection

from counting.adding_up import add_up
from counting.periods import LONDON
from search.insight.masking import LONGEST_KEPT, MASK
from search.insight.noting import SEARCHES
from search.models import LookedFor

KEPT = timedelta(days=400)
# What is beyond is counted as masked words: a program that makes up searches must not fill the database.
MOST_A_DAY = 5_000
# In the order of keys, so that two who add to the same rows wait for each other and never both.
_ADD = """
    INSERT INTO search_lookedfor (day, words, times, found_nothing) VALUES (%s, %s, %s, %s)
    ON CONFLICT (day, words) DO UPDATE SET
        times = search_lookedfor.times + excluded.times,
        found_nothing = search_lookedfor.found_nothing + excluded.found_nothing
"""


def count_searches(*, now: datetime) -> int:
    """Add what this machine has written down to the counts, and return how many searches there were.

    What cannot be added now (DatabaseError is raised) waits in the spool. Raises OSError.
    """
    return sum(add_up(SEARCHES, add=_add, now=now))


def forget_old(*, now: datetime) -> None:
    """Erase what was looked for more than 400 days ago: a year, and the same month of the year before."""
    LookedFor.objects.filter(day__lt=now.astimezone(LONDON).date() - KEPT).delete()


def _add(lines: Counter[tuple[str, str, str]]) -> int:
    times: Counter[tuple[date, str]] = Counter()
    nothing: Counter[tuple[date, str]] = Counter()
    for day, words, answered, number in _in_bounds(lines):
        times[day, words] += number
        nothing[day, words] += 0 if answered else number
    rows = sorted((day, words, number, nothing[day, words]) for (day, words), number in times.items())
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_ADD, rows)
    return times.total()


def _in_bounds(lines):
    """Yield (day, words, whether anything answers it, how often), with no more different words a day than we keep."""
    known: dict[date, set[str]] = {}
    for (text, answered, words), number in sorted(lines.items(), key=lambda item: -item[1]):
        # There is no 30 February, and half a line may look like a whole one.
        with suppress(ValueError):
            day, words = date.fromisoformat(text), words[:LONGEST_KEPT]
            there = known.setdefault(day, set(LookedFor.objects.filter(day=day).values_list("words", flat=True)))
            if words not in there and len(there) >= MOST_A_DAY:
                words = MASK
            there.add(words)
            yield day, words, answered == "1", number
