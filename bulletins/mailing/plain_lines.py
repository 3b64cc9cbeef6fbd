"""The last step of a plain text: no more than one empty line, and no line longer than mail programs show."""

import re
from textwrap import wrap

WIDTH = 72
# A point of a list: what follows on the next lines is set in as far as its words.
BEGINNING = re.compile(r" *(?:- |\d{1,3}\. )?")
# Says in a mail that what follows is no part of the message (RFC 3676, 4.3).
SIGNATURE = "-- "
# A line that stands for the beginning of a section: nothing that is typed can be one.
SECTION = "\x1e"


def tidied(text: str) -> str:
    """Return the text wrapped, with an empty line between blocks and two before a section; addresses stay whole."""
    lines: list[str] = []
    for line in text.split("\n"):
        if line == SECTION:
            lines += ["", ""] if lines and lines[-1] else [""]
        elif line.strip():
            lines += [SIGNATURE] if line == SIGNATURE else _wrapped(line.rstrip())
        elif lines and lines[-1]:
            lines.append("")
    return "\n".join(lines).strip("\n") + "\n"


def _wrapped(line: str) -> list[str]:
    if len(line) <= WIDTH:
        return [line]
    beginning = BEGINNING.match(line)[0]
    return wrap(
        line[len(beginning) :],
        WIDTH,
        initial_indent=beginning,
        subsequent_indent=" " * len(beginning),
        break_long_words=False,
        break_on_hyphens=False,
    )
