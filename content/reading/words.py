"""Nothing is lost: every word of a file must be in what was made of it."""

import re
from collections import Counter
from html import unescape

WORD = re.compile(r"\w+")
MARK = re.compile(r"\d{1,3}|o")
BLOCK_TAGS = re.compile(r"</?(?:p|h\d|ul|ol|li|br)\b[^<>]*>")
TAGS = re.compile(r"<[^<>]*>")
OURS = re.compile(r"<(?:p|h3|h4|ul|ol)>")


def words_of(text: str) -> Counter:
    """Return how often each word occurs in a text."""
    return Counter(WORD.findall(text.casefold()))


def text_in(value) -> str:
    """Return all text in raw stream data, one value a line; rich text without its tags."""
    lines: list[str] = []
    stack = [value]
    while stack:
        found = stack.pop()
        if isinstance(found, dict):
            stack += [inner for key, inner in reversed(found.items()) if key not in {"id", "type"}]
        elif isinstance(found, list):
            stack += reversed(found)
        elif isinstance(found, str):
            lines.append(without_tags(found))
    return "\n".join(lines)


def without_tags(html: str) -> str:
    """Return the words of rich text that was made here; plain text has no `<` that could be taken for a tag's."""
    return unescape(TAGS.sub("", BLOCK_TAGS.sub("\n", html))) if OURS.match(html) else html


def lost_words(source: str, *made: str) -> list[str]:
    """Return the words of the source that are missing in what was made, the order of the alphabet.

    Small numbers are not looked for: the "1." of a numbered list is written by the browser. Nor is "o", which Word
    writes for a bullet of the second level.
    """
    missing = words_of(source)
    for text in made:
        missing.subtract(words_of(text))
    return sorted(word for word, count in missing.items() if count > 0 and not MARK.fullmatch(word))
