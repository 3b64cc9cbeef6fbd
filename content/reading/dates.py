"""Months, seasons and years as people in the United Kingdom write them."""

import re

MONTH = (
    "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    "|Nov(?:ember)?|Dec(?:ember)?)"
)
YEAR = r"(?P<year>(?:19|20)\d\d)"

MONTH_AND_YEAR = re.compile(rf"\b(?P<month>{MONTH})(?: *(?:-|–|—|/|to|and|&) *{MONTH})?,? +{YEAR}\b", re.I)
SEASON_AND_YEAR = re.compile(rf"\b(?P<season>spring|summer|autumn|winter)(?: +term)?,? +{YEAR}\b", re.I)


def month_or_season_in(text: str) -> re.Match | None:
    """Return where a text names a month, months or a season with a year: "April 2017", "Spring 2017"."""
    return MONTH_AND_YEAR.search(text) or SEASON_AND_YEAR.search(text)
