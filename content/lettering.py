"""Where a word stands in a list from A to Z."""

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Letter:
    """A heading of the list; numbers come first and what is neither number nor letter of the alphabet last."""

    rank: int
    name: str

    @property
    def anchor(self) -> str:
        """The heading's id. Two dashes: no heading made of an editor's words has them."""
        return f"letter--{self.name.lower() if self.rank == 1 else self.rank}"


NUMBERS, OTHER = Letter(0, "0–9"), Letter(2, "Other")


def letter_of(word: str) -> Letter:
    """Return the heading under which a word stands: its first letter or number, without its accent."""
    first = next((character for character in _folded(word) if character.isalnum()), "")
    if first.isdecimal():
        return NUMBERS
    return Letter(1, first.upper()) if "a" <= first <= "z" else OTHER


def sort_key(word: str) -> tuple[Letter, str, str]:
    """Return what words are sorted by: no difference is made by accents and capital letters."""
    return letter_of(word), _folded(word), word


def _folded(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(character for character in parts if not unicodedata.combining(character))
