"""The day that screens believe it is, in tests of any room."""

from datetime import date

from django.utils import timezone


def let_screens_believe(monkeypatch, today: date) -> None:
    """Let screens take it for that day; the day of a moment that is given stays what it is."""
    of_moment = timezone.localdate
    monkeypatch.setattr(timezone, "localdate", lambda value=None: of_moment(value) if value else today)
