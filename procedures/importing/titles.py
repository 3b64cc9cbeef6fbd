"""Titles and headings: typed numbers come off them, and two that differ only in writing are one."""

import re
from pathlib import PurePosixPath

from content.reading.typed_numbers import Number

IN_FILE_NAME = re.compile(r"^(?:chapter|ch|p|section)?[ _-]{0,3}(\d{1,2}(?:[._-]\d{1,2}){0,4})(?=[ _.-]|$)", re.I)
NOT_LETTERS = re.compile(r"[\W_]+")


def plain_title(text: str) -> str:
    """Return a title in a form in which two that only differ in writing are the same."""
    words = NOT_LETTERS.sub(" ", text.casefold().replace("&", " and ").replace("’", "").replace("'", ""))
    return " ".join(words.split())


def name_of_file(path: str) -> tuple[str, Number]:
    """Return what the name of a file says: "1.6.2_Disabled-children.html" → "Disabled children", (1, 6, 2)."""
    name = PurePosixPath(path).name
    stem = name.rpartition(".")[0] or name
    number: Number = ()
    if found := IN_FILE_NAME.match(stem):
        number = tuple(int(part) for part in re.split(r"[._-]", found[1]))
        stem = stem[found.end() :]
    words = " ".join(re.sub(r"[_.+-]+", " ", stem).split())
    return words[:1].upper() + words[1:], number


def in_order(path: str) -> list:
    """Return a key that sorts names as people count: 2 before 10."""
    return [
        (0, int(part), "") if part.isdecimal() else (1, 0, part) for part in re.split(r"(\d{1,9})", path.casefold())
    ]
