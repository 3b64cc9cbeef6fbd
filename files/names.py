"""File names that can be stored, shown and offered on any system, made from whatever a browser sent."""

import re
import unicodedata

MOST_CHARACTERS = 120
# File systems count bytes and stop at 255; the storage may add a few characters of its own.
MOST_BYTES = 240
LONGEST_EXTENSION = 10
WITHOUT_NAME = "file"

# Windows refuses them in names, or would read them as something else.
RESERVED_CHARACTERS = re.compile(r'[<>:"|?*]')
# Devices, with any extension: https://learn.microsoft.com/windows/win32/fileio/naming-a-file
RESERVED_NAMES = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])\s*(?:\.|$)", re.IGNORECASE)
EXTENSION = re.compile(rf"\.[A-Za-z0-9]{{1,{LONGEST_EXTENSION}}}$")
# Controls, formats (overrides of direction, zero width), halves of pairs, private and unassigned characters.
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}


def safe_name(raw: str) -> str:
    """Return a file name for what a browser or a zip file called a file: never empty, at most 120 characters.

    The last part of a path, in one form of Unicode (NFC), without characters that hide or turn round others, and
    nothing that Windows reserves. A short extension is kept when the name is cut.
    """
    name = _seen(unicodedata.normalize("NFC", raw or ""))
    parts = [part for part in re.split(r"[/\\]", name) if part.strip(" .")]
    # Windows drops dots and spaces at the end; a dot at the beginning hides a file elsewhere.
    name = RESERVED_CHARACTERS.sub("", parts[-1] if parts else "").rstrip(" .").lstrip(" ")
    extension = found[0] if (found := EXTENSION.search(name)) else ""
    stem = name.removesuffix(extension).strip(" .") or WITHOUT_NAME
    if RESERVED_NAMES.match(stem):
        stem = f"_{stem}"
    return _cut(stem, MOST_CHARACTERS - len(extension), MOST_BYTES - len(extension)) + extension


def extension_of(name: str) -> str:
    """Return the extension of a name as it would be stored, in small letters and without the dot; "" for none."""
    found = EXTENSION.search(safe_name(name))
    return found[0][1:].lower() if found else ""


def _seen(text: str) -> str:
    """Return the text with what nobody sees left out, and plain spaces."""
    spaced = re.sub(r"\s+", " ", text)
    return "".join(character for character in spaced if unicodedata.category(character) not in UNSEEN)


def _cut(stem: str, most_characters: int, most_bytes: int) -> str:
    cut = stem[:most_characters].encode()[:most_bytes].decode(errors="ignore")
    return cut.rstrip(" .") or WITHOUT_NAME
