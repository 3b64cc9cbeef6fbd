"""Whether the learning of a review fits on one sheet of A4, told from its words: an estimate, on the safe side.

Lines are counted as the printed sheet sets them (frontend/css/board.css). tests/e2e prints one that just fits.
"""

import re
from math import ceil

from content.excerpts import text_of

# Of the printed sheet: characters in a line over its width and over half of it, and how many lines it holds.
WIDE = 94
HALF = 43
LINES = 60
# Title, facts, headings, the team to ask and where it came from.
FIXED_LINES = 17
NEW_LINE = re.compile(r"</(?:p|li)>", re.IGNORECASE)


def sheets_needed(review) -> float:
    """Return how many sheets the learning of a review takes, 1.0 for one that is full."""
    findings = [_lines_of_list(stream) for stream in (review.good_practice, review.areas_for_development)]
    told = _lines(review.what_happened, WIDE) + _lines(review.what_to_do, WIDE) + _lines(review.content_warning, WIDE)
    return (FIXED_LINES + _lines(review.title, HALF) + told + max(findings)) / LINES


def _lines_of_list(stream) -> float:
    return sum(_lines(raw["value"].get("text") or "", HALF) for raw in stream.raw_data)


def _lines(source: str, width: int) -> float:
    """Return the lines of a text, with half a line between its paragraphs."""
    paragraphs = [text_of(part) for part in NEW_LINE.split(source or "")]
    return sum(ceil(len(paragraph) / width) + 0.4 for paragraph in paragraphs if paragraph)
