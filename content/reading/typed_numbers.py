"""Numbers that were typed before a heading: "2.1 Who attends", "4) Contacts", "Section 3: Referrals"."""

import re

DOTTED = re.compile(r"^\s*(?:chapter|section|part)?\s*(\d{1,2}(?:\.\d{1,2}){1,4})[.):]?\s*[-–—:]?\s+(?=\S)", re.I)
MARKED = re.compile(
    r"^\s*(?:(?:chapter|section|part)\s+(\d{1,2})\s*[-–—:.)]?\s+|(\d{1,2})(?:[.)]|\s*[-–—:])\s+)(?=\S)", re.I
)
BARE = re.compile(r"^\s*(\d{1,2})\s+(?=[^\W\d_])")

Number = tuple[int, ...]


def without_number(text: str, *, expected: int | None = None) -> tuple[str, Number]:
    """Return a heading without its typed number, and the number: "2.1 Who attends" → "Who attends", (2, 1).

    A bare number ("2 Children") comes off only where it is the `expected` one: "16 and over" must stay.
    """
    text = " ".join(text.split())
    if found := DOTTED.match(text) or MARKED.match(text):
        digits = next(group for group in found.groups() if group)
        return text[found.end() :], tuple(map(int, digits.split(".")))
    found = BARE.match(text)
    if found and expected is not None and int(found[1]) == expected:
        return text[found.end() :], (expected,)
    return text, ()
