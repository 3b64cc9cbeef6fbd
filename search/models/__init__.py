"""What is searched, and the log by which each machine follows it; what staff add; what was looked for."""

from search.models.insight import LookedFor, WordsInHand
from search.models.passages import Change, Passage
from search.models.staff import EmergencyPhrase, PromotedAnswer, SameWords

__all__ = ["Change", "EmergencyPhrase", "LookedFor", "Passage", "PromotedAnswer", "SameWords", "WordsInHand"]
