"""What is searched: passages of pages, and the log by which each machine's index follows them; what staff add."""

from search.models.passages import Change, Passage
from search.models.staff import EmergencyPhrase, PromotedAnswer, SameWords

__all__ = ["Change", "EmergencyPhrase", "Passage", "PromotedAnswer", "SameWords"]
