"""Where mails that came back are found: one on standard input, many in a file (mbox), or in folders (Maildir)."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from alerts.bounces.reading import LARGEST

LONGEST_LINE = 64 * 1024


class NotAMailbox(Exception):
    """It is neither a file nor a Maildir."""


def mail_in(stream: BinaryIO) -> bytes:
    """Return the beginning of a mail. The rest is read too: a mail server that cannot hand it over would complain."""
    mail = stream.read(LARGEST)
    while stream.read(LARGEST):
        pass
    return mail


def mails_of(path: Path) -> Iterator[bytes]:
    """Yield the mails of an mbox file or of the new ones in a Maildir, each as far as it is read. Raises NotAMailbox.

    When the next is asked for, the one before has been dealt with, and is moved from `new` to `cur` in a Maildir; if
    something goes wrong before that, it is found again. An mbox file stays as it is.
    """
    if path.is_file():
        with path.open("rb") as file:
            yield from _mbox(file)
    elif (path / "new").is_dir() and (path / "cur").is_dir():
        yield from _maildir(path)
    else:
        raise NotAMailbox(f"{path} is neither a file nor a Maildir.")


def _mbox(file: BinaryIO) -> Iterator[bytes]:
    lines, size, follows_an_empty_line = [], 0, True
    while line := file.readline(LONGEST_LINE):
        if follows_an_empty_line and line.startswith(b"From ") and lines:
            yield b"".join(lines)
            lines, size = [], 0
        if size < LARGEST:
            lines.append(line)
            size += len(line)
        follows_an_empty_line = line in (b"\n", b"\r\n")
    if lines:
        yield b"".join(lines)


def _maildir(folder: Path) -> Iterator[bytes]:
    for file in sorted((folder / "new").iterdir()):
        try:
            with file.open("rb") as opened:
                yield opened.read(LARGEST)
            file.replace(folder / "cur" / f"{file.name.partition(':')[0]}:2,S")
        except FileNotFoundError:
            # Another that reads the same folder was quicker.
            continue
        except IsADirectoryError:
            continue
