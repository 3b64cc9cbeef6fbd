"""Words as they are kept for the search: in one form, in pieces of bearable size, and no more of them than allowed."""

import re
import unicodedata

from files.findings import Passage

MOST_CHARACTERS = 2_000_000
MOST_IN_PASSAGE = 20_000
MOST_IN_PLACE, MOST_IN_TITLE = 200, 300

# Controls, soft hyphens, zero width, direction, byte order marks, what is no character, halves of surrogate pairs:
# PostgreSQL refuses NUL and halves, and no search finds a word with one of the others inside. Joiners stay: emoji and
# some scripts need them.
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufdd0-\ufdef"
    "\ufffe\uffff\ud800-\udfff]"
)
# PDFium writes one of these for a hyphen at the end of a line, before the rest of the word.
BROKEN_WORD = re.compile("[\x02\ufffe]\\s{0,4}")
LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}  # as old PDFs spell
)
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")
# What programs leave where a title should be.
LEFT_BY_PROGRAMS = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel) - .*|untitled.*|(?:document|presentation|slide|book) ?\d*"
    r"|powerpoint[ -]presentation|pdf|.*\.(?:docx?|pptx?|xlsx?|pdf|indd|pub|od[tsp]|rtf|txt|tmp))",
    re.IGNORECASE,
)


class Words:
    """Gathers the words of a file, passage by passage, up to MOST_CHARACTERS."""

    def __init__(self):
        self.passages: list[Passage] = []
        self._room = MOST_CHARACTERS
        self.is_cut = False

    @property
    def are_full(self) -> bool:
        """Whether nothing more will be kept."""
        return self._room <= 0

    def add(self, text: str, *, page: int | None = None, place: str = ""):
        """Keep the words of one place, in several passages where they are many."""
        # A page may claim far more than will be kept; signs between words are dropped, hence twice as much.
        self.is_cut = self.is_cut or len(text) > 2 * MOST_CHARACTERS
        text = cleaned(text[: 2 * MOST_CHARACTERS])
        self.is_cut = self.is_cut or len(text) > self._room
        text = text[: max(self._room, 0)]
        self._room -= len(text)
        place = cleaned(place)[:MOST_IN_PLACE]
        self.passages += [Passage(page, place, piece) for piece in _pieces(text)]


def cleaned(text: str) -> str:
    """Return the text on one line, without characters that nobody sees, and letters in one form (NFC)."""
    text = UNSEEN.sub("", BROKEN_WORD.sub("", text)).translate(LIGATURES)
    return unicodedata.normalize("NFC", " ".join(text.split()))


def title_from(text: str) -> str:
    """Return a document's own title, "" where a program only left its file's name or “Document1”."""
    title = cleaned(text[: 4 * MOST_IN_TITLE])[:MOST_IN_TITLE]
    return "" if LEFT_BY_PROGRAMS.fullmatch(title) else title


def language_from(text: str) -> str:
    """Return a language as a BCP 47 tag in its usual form, “en-GB”; "" for what is none."""
    tag = text.strip().replace("_", "-")
    if not LANGUAGE.fullmatch(tag):
        return ""
    first, *others = tag.lower().split("-")
    return "-".join([first, *(_subtag(other) for other in others)])


def _subtag(subtag: str) -> str:
    # A country has two letters, a script four (RFC 5646, 2.1.1).
    return {2: subtag.upper(), 4: subtag.title()}.get(len(subtag), subtag)


def _pieces(text: str):
    """Yield the text in pieces of at most MOST_IN_PASSAGE characters, cut between words where there is a space."""
    while len(text) > MOST_IN_PASSAGE:
        end = text.rfind(" ", MOST_IN_PASSAGE // 2, MOST_IN_PASSAGE + 1)
        end = end if end > 0 else MOST_IN_PASSAGE
        yield text[:end]
        text = text[end:].lstrip()
    if text:
        yield text
