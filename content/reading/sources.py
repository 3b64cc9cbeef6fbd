"""What a file holds: text, HTML or a Word document that can be read, or the reason why not, in words for staff."""

import re
from dataclasses import dataclass, field

from django.template.defaultfilters import filesizeformat

from content.reading.encodings import cleaned, decode
from content.reading.refusals import CannotImport, FileTooLarge, NothingToRead, NotText, TooLong
from content.reading.word import MAX_WORD_BYTES, is_word, read_word
from content.reading.zipped import is_zipped, names_in

MAX_BYTES = 5 * 1024 * 1024
MOST_LINES = 100_000
OFFICE_FILES = (".docx", ".docm", ".dotx", ".doc", ".odt", ".pages", ".rtf", ".pdf")
SAMPLE = 64 * 1024

ADVICE = (
    "Save it as a Word document (.docx), as plain text (.txt) or as a web page (.html), or copy its text and paste it."
)
# By what is in a zip file: the beginning of a name.
ZIPPED_FILES = (
    ("Index/", "a Pages document. In Pages, choose File, Export To, Word."),
    ("index.xml", "a Pages document. In Pages, choose File, Export To, Word."),
    ("content.xml", "an OpenDocument file (.odt). Open it in LibreOffice or Word and save it as Word (.docx)."),
    ("xl/", "a spreadsheet. Copy what you need into a Word document."),
    ("ppt/", "a presentation. Copy its text into a Word document."),
)
KNOWN_FILES = (
    (b"{\\rtf", "a rich-text (RTF) document"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
OLE = b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\x81\x8d\x8f\x90\x9d\ufffd]")
BEGINS_AS_HTML = re.compile(
    r"\s*(?:<\?xml[^<>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|body)\b", re.I | re.S
)
BLOCK_ENDS = re.compile(r"</(?:p|div|h[1-6]|li|ul|ol|td|tr|table|body|html|pre|section|article)\s*>|<br\s*/?>", re.I)
SAVED_MAIL = re.compile(r"^MIME-Version:\s*1\.0", re.I | re.M)


@dataclass(frozen=True)
class Source:
    """What was read from a file."""

    text: str
    is_html: bool
    encoding: str
    had_nul: bool = False
    looks_garbled: bool = False
    # Pictures inside a Word document, by the address that its HTML gives them.
    pictures: dict[str, bytes] = field(default_factory=dict)
    # What the report says about what the text does not tell: its groups, and sentences.
    said: tuple[tuple[str, str], ...] = ()


def most_bytes(filename: str) -> int:
    """Return how large a file of this name may be: Word documents bring their pictures along.

    So do those of other programs, which are refused for what they are, not for their size.
    """
    return MAX_WORD_BYTES if filename.lower().endswith(OFFICE_FILES) else MAX_BYTES


def refuse_size(size: int, *, what: str = "a file", most: int = MAX_BYTES) -> None:
    """Raise FileTooLarge for a file of so many bytes; call it before the file is read. `what` it would become."""
    if size > most:
        raise FileTooLarge(
            f"The file is {filesizeformat(size)}; {what} may have at most {filesizeformat(most)}. "
            "If it is this large because of pictures, save it without them and add them in the editor."
        )


def read(content: bytes, *, filename: str = "", what: str = "a file") -> Source:
    """Return the text of a file that is to become `what`. Raises FileTooLarge, TooLong, NothingToRead or NotText."""
    if is_word(content):
        refuse_size(len(content), what=what, most=MAX_WORD_BYTES)
        return _from_word(content)
    # Before the size, so that nobody makes a file smaller that cannot be read at all.
    _refuse_other_files(content, filename)
    refuse_size(len(content), what=what)
    text, encoding = decode(content, may_declare=True)
    had_nul = "\x00" in text
    _refuse_binary(text)
    text = cleaned(text)
    if not any(character.isalnum() for character in text):
        raise NothingToRead
    html = is_html(text, filename=filename)
    if not html and sum(1 for line in text.split("\n") if line.strip()) > MOST_LINES:
        raise TooLong
    return Source(text, html, encoding, had_nul, "â€" in text or "Ã©" in text)


def _from_word(content: bytes) -> Source:
    word = read_word(content)
    text = cleaned(word.html)
    return Source(text, True, "utf-8", pictures=word.pictures, said=word.said)


def is_html(text: str, *, filename: str = "") -> bool:
    """Tell whether a text is HTML, by what is in it; the name only settles what could be either.

    A sentence about `<script>` does not make a text HTML: that takes a document's beginning or the ends of blocks.
    """
    sample = text[:SAMPLE]
    if BEGINS_AS_HTML.match(sample):
        return True
    ends = sum(1 for _ in BLOCK_ENDS.finditer(sample))
    return ends >= (1 if filename.lower().endswith((".html", ".htm")) else 3)


def _said_of_ole(content: bytes) -> str:
    if ENCRYPTED in content:
        return "This Word document is protected with a password. Open it in Word, take the password off and save it."
    return (
        "This is an old Word document (.doc). Open it in Word, choose Save As, Word Document (.docx), and import that."
    )


def _said_of_zip(content: bytes, filename: str) -> str:
    """Return what a zip file is that is no Word document."""
    try:
        names = names_in(content)
    except CannotImport:
        if filename.lower().endswith(".docx"):
            return "This Word document is damaged: a part of it is missing. Get it again, or save it anew in Word."
        return "This is a damaged file: a zipped one, or a Word document of which a part is missing. Get it again."
    for beginning, what in ZIPPED_FILES:
        if any(name.startswith(beginning) for name in names):
            return f"This is {what}"
    return f"This is a zipped file, and no Word document (.docx). {ADVICE}"


def _refuse_other_files(content: bytes, filename: str) -> None:
    if content.startswith(OLE):
        raise NotText(_said_of_ole(content))
    if is_zipped(content):
        raise NotText(_said_of_zip(content, filename))
    for beginning, name in KNOWN_FILES:
        if content.startswith(beginning):
            raise NotText(f"This is {name}, which cannot be read here. {ADVICE}")


def _refuse_binary(text: str) -> None:
    sample = text[:SAMPLE]
    if SAVED_MAIL.search(sample[:4096]):
        raise NotText(f"This is a saved e-mail or web archive. Open it, then: {ADVICE[0].lower()}{ADVICE[1:]}")
    # A stray NUL or two happens in real files and is taken out; one strange character in 100 means that it is no text.
    strange = len(CONTROL.findall(sample))
    if strange > 3 and strange > len(sample) / 100:
        raise NotText(f"This file is not text: it may be a picture, a program or damaged. {ADVICE}")
