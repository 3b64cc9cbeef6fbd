"""Bytes to characters: what a file from a board's office may be saved as."""

import codecs
import re

MARKS = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE = 4096
DECLARED = re.compile(rb"""charset\s{0,9}=\s{0,9}["']?([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)

# Control characters, the byte order mark, soft hyphens and zero-width spaces: no reader sees them, PostgreSQL refuses
# NUL, and a word with one inside is not found by a search. Joiners stay: emoji and some scripts need them.
UNSEEN = dict.fromkeys((*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0xA0), 0xAD, 0x200B, 0xFEFF, 0xFFFE, 0xFFFF))
# Halves of surrogate pairs cannot be stored.
UNSEEN |= dict.fromkeys(range(0xD800, 0xE000))
UNSEEN |= {0x0B: "\n", 0x0C: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n", 0xA0: " ", 0x202F: " "}


def decode(content: bytes, *, may_declare: bool) -> tuple[str, str]:
    """Return the text and the name of its encoding, "" where it had to be mixed from two.

    Order: byte order mark, UTF-16 without mark (every other byte is zero), UTF-8, what an HTML file declares about
    itself (`may_declare`), and last the Windows code page that any sequence of bytes passes as.
    """
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace"), encoding.removesuffix("-sig")
    if encoding := _wide(content[:SAMPLE]):
        return content.decode(encoding, errors="replace"), encoding
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    if may_declare and (declared := _declared(content)):
        try:
            return content.decode(declared), declared
        except (UnicodeDecodeError, ValueError):
            pass
    return _windows_or_mixed(content)


def cleaned(text: str) -> str:
    """Return the text with one kind of line end and without characters that nobody sees."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(UNSEEN)


def _wide(sample: bytes) -> str:
    """Return the UTF-16 variant that a sample without mark is in, or ""."""
    if len(sample) < 4:
        return ""
    zeros = sample[0::2].count(0) / len(sample[0::2]), sample[1::2].count(0) / len(sample[1::2])
    if zeros[1] > 0.4 and zeros[0] < 0.05:
        return "utf-16-le"
    if zeros[0] > 0.4 and zeros[1] < 0.05:
        return "utf-16-be"
    return ""


def _declared(content: bytes) -> str:
    """Return the encoding that the head of an HTML file names, if Python knows it as one for text."""
    found = DECLARED.search(content[:SAMPLE])
    try:
        info = codecs.lookup(found[1].decode("ascii")) if found else None
    except LookupError:
        return ""
    # A page that can be read here is no UTF-16, whatever it says; "utf-8" has been tried. Codecs such as "hex" and
    # "rot13" are not for text.
    is_text = getattr(info, "_is_text_encoding", False)
    return info.name if is_text and not info.name.startswith(("utf", "undefined", "unicode", "raw", "idna")) else ""


def _windows_or_mixed(content: bytes) -> tuple[str, str]:
    """Decode as Windows-1252, byte by byte where most of the file is UTF-8 (two files pasted together)."""
    lenient = content.decode("utf-8", errors="ignore")
    proper = sum(1 for character in lenient if ord(character) > 127)
    broken = len(content) - len(lenient.encode("utf-8"))
    if proper > broken:
        return content.decode("utf-8", errors="or-windows"), ""
    return content.decode("cp1252", errors="or-windows"), "cp1252"


def _as_windows(error: UnicodeDecodeError):
    """Read the bytes that do not fit as Windows-1252; the five it leaves open become question marks."""
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error("or-windows", _as_windows)
