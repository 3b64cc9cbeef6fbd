"""Recognises what is nothing but addresses of web pages, or hardly anything else."""

import re

# Begins at fixed marks and looks a limited way ahead, so that no text takes long.
LINK = re.compile(r"(?:https?://|www\.)\S{1,2000}|\[url\b[^\]]{0,2000}\]|<a\s[^>]{0,2000}>", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
MOST_LINKS = 2
WORDS_FOR_EACH = 10


def is_only_links(text: str) -> bool:
    """Tell whether a text holds links and hardly a word beside them."""
    return bool(LINK.search(text)) and len(_WORD.findall(LINK.sub(" ", text))) < 3


def is_mostly_links(text: str) -> bool:
    """Tell whether a text holds several links and fewer than ten words for each, as advertisements do."""
    links = len(LINK.findall(text))
    return links > MOST_LINKS and len(_WORD.findall(LINK.sub(" ", text))) < WORDS_FOR_EACH * links
