"""Plain text and tables in plain text: their words, whatever program saved them."""

from pathlib import Path

from files.encodings import decode, is_written
from files.findings import Findings
from files.kinds import Kind
from files.refusals import WrongContent
from files.words import MOST_CHARACTERS, Words

# Four bytes are the most that a character takes.
MOST_BYTES = 4 * MOST_CHARACTERS


def read_text(path: Path, kind: Kind) -> Findings:
    """Return what is in a text file. Raises WrongContent when it is not text all through."""
    with path.open("rb") as file:
        content = file.read(MOST_BYTES)
        is_whole = not file.read(1)
    text, words = decode(content, is_whole=is_whole).lstrip("\ufeff"), Words()
    if not is_written(text):
        raise WrongContent(
            f"This file is called {kind.named}, but something else is in it. Upload the document itself."
        )
    words.add(text)
    faults = {"no_text": not words.passages, "partly_read": words.is_cut or not is_whole}
    return Findings(
        media_type=kind.media_type,
        passages=tuple(words.passages),
        faults=tuple(code for code, is_so in faults.items() if is_so),
    )
