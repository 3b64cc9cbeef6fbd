"""Rich text (RTF): its words, by striprtf."""

import re
from locale import windows_locale
from pathlib import Path

from striprtf.striprtf import rtf_to_text

from files.findings import Findings
from files.kinds import KINDS
from files.refusals import TooLarge
from files.words import Words, language_from, title_from

KIND = KINDS["rtf"]
MOST_BYTES = 64 * 1024 * 1024
# striprtf looks at each sign by itself, a million in a second or two; without its pictures, this is a thick book.
MOST_SIGNS = 16 * 1024 * 1024
# Pictures and objects are written as long rows of hexadecimal digits; in words there are none.
PICTURE = re.compile(rb"[0-9A-Fa-f][0-9A-Fa-f\r\n]{254,}+[0-9A-Fa-f]?")
TITLE = re.compile(r"\{\\info\b.{0,2000}?\{\\title\b([^{}]{0,1200})\}", re.DOTALL)
LANGUAGE = re.compile(r"\\deflang(\d{1,5})")
LONG_HEAD = 256 * 1024


def read_rtf(path: Path) -> Findings:
    """Return what is in a rich text document. Raises TooLarge, and whatever striprtf does with damaged ones."""
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    signs = PICTURE.sub(b"", content)
    if len(content) > MOST_BYTES or len(signs) > MOST_SIGNS:
        raise TooLarge("This rich text document is too long to be read. Split it, or save it as a Word document.")
    # striprtf looks for links line by line, and takes time by the square of a line; line ends mean nothing in RTF.
    text, words = signs.replace(b"{\\field", b"\n{\\field").decode("latin-1"), Words()
    words.add(rtf_to_text(text, errors="replace"))
    head = text[:LONG_HEAD]
    faults = {"no_text": not words.passages, "partly_read": words.is_cut}
    return Findings(
        media_type=KIND.media_type,
        language=_language(head),
        title=_title(head),
        passages=tuple(words.passages),
        faults=tuple(code for code, is_so in faults.items() if is_so),
    )


def _title(head: str) -> str:
    found = TITLE.search(head)
    return title_from(rtf_to_text(f"{{\\rtf1 {found[1]}}}", errors="replace")) if found else ""


def _language(head: str) -> str:
    found = LANGUAGE.search(head)
    return language_from(windows_locale.get(int(found[1]), "")) if found else ""
