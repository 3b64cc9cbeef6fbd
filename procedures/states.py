"""The state of a chapter, which keeps itself: new and updated come from editions and go by themselves."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

NEW, UPDATED, UNDER_REVIEW, CURRENT = "New", "Updated", "Under review", "Current"


@dataclass(frozen=True)
class State:
    """A word beside a chapter's title. `stands_out`: in the colour for what is new."""

    word: str
    stands_out: bool = False


def word_for(*, number: int, in_force_from: datetime, now: datetime, days: int) -> str | None:
    """Return "New" or "Updated" for a chapter whose latest major edition is this one; None when it is `days` old."""
    if now - in_force_from >= timedelta(days=days):
        return None
    return NEW if number == 1 else UPDATED


def states(*, word: str | None, under_review_since: date | None, today: date) -> list[State]:
    """Return the states of a chapter, the most urgent first; "Current" where there is nothing else to say."""
    found = []
    if under_review_since and under_review_since <= today:
        found.append(State(UNDER_REVIEW))
    if word:
        found.append(State(word, stands_out=True))
    return found or [State(CURRENT)]
