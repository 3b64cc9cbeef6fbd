"""Titles and types from the names of files."""

import re
from urllib.parse import unquote

from documents.models import ResourceType
from files.names import safe_name

LONGEST_TITLE = 255
SEPARATORS = re.compile(r"[_+\s]+")
# Between two words, or a word and a number; a date keeps its own.
HYPHEN = re.compile(r"(?<!\d)[-–]|[-–](?!\d)")
HYPHEN_NOT_IN_A_WORD = re.compile(r"(?<![^\W\d])[-–](?!\d)|(?<!\d)[-–](?![^\W\d]+(?:[\W_]|$))")
# What follows them is what a document is about, not what it is.
ABOUT = re.compile(r"\b(?:about|for|from|in|of|on|to|when|with)\b")
TYPE_WORDS = {word: word for word in ResourceType.values} | {
    "flyer": "leaflet",
    "guide": "guidance",
    "guideline": "guidance",
    "policie": "policy",
    "strategie": "strategy",
    "toolkit": "tool",
}


def readable_title(name: str) -> str:
    """Return a title for a file of this name: “GCP_tool-v2 final.pdf” becomes “GCP tool v2 final”."""
    safe = safe_name(unquote(name) if re.search(r"%[0-9A-Fa-f]{2}", name) else name)
    stem = safe.rpartition(".")[0] or safe
    # Where words are parted by something else, a hyphen within a word belongs to it: “Multi-agency form”.
    hyphens = HYPHEN_NOT_IN_A_WORD if SEPARATORS.search(stem) else HYPHEN
    title = SEPARATORS.sub(" ", hyphens.sub(" ", stem)).strip() or stem
    return shortened(title[:1].upper() + title[1:] if title.islower() else title, LONGEST_TITLE)


def guessed_type(title: str) -> str:
    """Return the type that the words of a title name, the last before “on”, “for”, “of”…; else guidance."""
    head = ABOUT.split(title.casefold(), maxsplit=1)[0]
    words = (word if word in TYPE_WORDS else word.removesuffix("s") for word in re.findall(r"[^\W\d_]+", head))
    found = [TYPE_WORDS[word] for word in words if word in TYPE_WORDS]
    return found[-1] if found else ResourceType.GUIDANCE.value


def shortened(text: str, most: int) -> str:
    """Return the text, cut with an ellipsis where it has more than `most` characters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
