"""The words of raw content, without its marks: for lists and for finding."""

import re
from html import unescape

# Not strip_tags of Django, which refuses a text with many "<" inside each other.
TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
# Where words end; a tag inside a line ends none.
BREAK = re.compile(r"(</(?:p|li|ul|ol|h\d|t[rdh])\b|<br|<hr)", re.IGNORECASE)
ELLIPSIS = "…"


def text_of(raw) -> str:
    """Return the words in the raw value of a block or of rich text, in order, as one line."""
    if isinstance(raw, str):
        return " ".join(unescape(TAG.sub("", BREAK.sub(r" \1", raw))).split())
    if isinstance(raw, dict):
        # What a block is called and the key it is kept under are not words of the text.
        return " ".join(filter(None, (text_of(value) for key, value in raw.items() if key not in ("type", "id"))))
    if isinstance(raw, list):
        return " ".join(filter(None, map(text_of, raw)))
    return ""


def excerpt_of(raw, *, longest: int = 200) -> str:
    """Return how the text begins, in at most so many characters; it ends after a word."""
    text = text_of(raw)
    if len(text) <= longest:
        return text
    return text[: longest - 1].rpartition(" ")[0].rstrip(",;:–- ") + ELLIPSIS
