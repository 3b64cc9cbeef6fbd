"""Bytes to characters for plain text: what the programs of an office write, and whether it is text at all."""

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
# Controls other than tab, line ends and form feed, and what stands for bytes that are no character.
NOT_WRITTEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffd]")
# A file that was text once may hold a few; of other files, every tenth byte or so.
MOST_NOT_WRITTEN = 0.005


def decode(content: bytes, *, is_whole: bool = True) -> str:
    """Return the text of a file, or of its beginning (`not is_whole`), whose last character may be cut.

    In order: a byte order mark; UTF-16 without one (every other byte is zero); UTF-8; and Windows-1252, as which any
    bytes pass.
    """
    encoding = next((encoding for mark, encoding in MARKS if content.startswith(mark)), "") or _wide(content[:SAMPLE])
    if encoding:
        return codecs.getincrementaldecoder(encoding)("replace").decode(content, is_whole)
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(content, is_whole)
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def is_written(text: str) -> bool:
    """Tell whether decoded text is something that somebody wrote, and not another kind of file read as text."""
    return sum(1 for _ in NOT_WRITTEN.finditer(text)) <= len(text) * MOST_NOT_WRITTEN


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
