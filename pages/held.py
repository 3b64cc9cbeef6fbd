"""Drafts that somebody goes by: a later save makes a new one instead of changing them.

Wagtail saves what somebody goes on writing into the same draft. What was published, approved or handed in has to stay
as it was then.
"""

from collections.abc import Callable

# Told by the rooms that go by drafts, which stand above this one.
_ask: list[Callable] = []


def hold_what(goes_by: Callable) -> None:
    """Let `goes_by(revision)` say which drafts must not be changed."""
    _ask.append(goes_by)


def is_held(revision) -> bool:
    """Tell whether a draft has to stay as it is."""
    return any(goes_by(revision) for goes_by in _ask)
