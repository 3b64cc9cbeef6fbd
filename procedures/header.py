"""What stands at the head of a chapter."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.utils import timezone

from procedures.states import State, states, word_for
from updates.models import Edition, Significance

DEFAULT_STATE_DAYS = 60


@dataclass(frozen=True)
class Header:
    """State, dates and editions of a chapter, as it is shown: now, or as it was."""

    states: tuple[State, ...]
    edition: Edition | None
    last_amended: Edition | None
    comparison_path: str = ""

    @classmethod
    def of(cls, chapter, *, contents, now: datetime) -> Self:
        """Return the header of a chapter; of an old state of it, the header of that state without words for "now"."""
        editions = chapter.editions_for_header()
        amended = next((edition for edition in editions if edition.significance == Significance.MAJOR), None)
        compared = amended is not None and amended.number > 1
        days = contents.manual.state_days if contents else DEFAULT_STATE_DAYS
        return cls(
            states=() if chapter.is_past or chapter.withdrawn_as else _states(chapter, amended, now=now, days=days),
            edition=editions[0] if editions else None,
            last_amended=amended,
            comparison_path=chapter.reverse_subpage("compare", args=[amended.number - 1, amended.number])
            if compared
            else "",
        )


def _states(chapter, amended: Edition | None, *, now: datetime, days: int) -> tuple[State, ...]:
    word = amended and word_for(number=amended.number, in_force_from=amended.in_force_from, now=now, days=days)
    return tuple(states(word=word, under_review_since=chapter.under_review_since, today=timezone.localdate(now)))
