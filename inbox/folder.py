"""The folder with the mails of this machine."""

from dataclasses import dataclass
from datetime import UTC, datetime
from heapq import nlargest
from os import scandir
from pathlib import Path

from django.conf import settings

ENDING = ".eml"
MOST_LISTED = 200


@dataclass(frozen=True)
class MailFile:
    """A file with a mail."""

    path: Path
    kept_at: datetime
    size: int

    @property
    def name(self) -> str:
        """Return what names the mail in addresses."""
        return self.path.name.removesuffix(ENDING)


def folder() -> Path:
    """Return where mails are kept; it need not exist."""
    return Path(settings.VAR_DIR) / "inbox"


def newest() -> tuple[list[MailFile], int]:
    """Return the newest mails, newest first, and how many there are in all."""
    found = _all()
    return nlargest(MOST_LISTED, found, key=lambda each: (each.kept_at, each.name)), len(found)


def find(name: str) -> MailFile | None:
    """Return the mail of that name. Looked for in the folder, so that no name leads out of it."""
    return next((each for each in _all() if each.name == name), None)


def empty() -> int:
    """Throw all mails away and return how many."""
    found = _all()
    for each in found:
        each.path.unlink(missing_ok=True)
    return len(found)


def _all() -> list[MailFile]:
    try:
        with scandir(folder()) as entries:
            return [_mail_file(entry) for entry in entries if entry.name.endswith(ENDING) and entry.is_file()]
    except FileNotFoundError:
        # Nothing was sent yet, or somebody empties it at this moment.
        return []


def _mail_file(entry) -> MailFile:
    status = entry.stat()
    kept_at = datetime.fromtimestamp(status.st_mtime_ns / 1e9, tz=UTC)
    return MailFile(path=Path(entry.path), kept_at=kept_at, size=status.st_size)
