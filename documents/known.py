"""What is known of files, in words for editors: being checked, refused and why, and what some people cannot read."""

from collections.abc import Iterable
from dataclasses import dataclass

from documents.models.files import FileVersion, LibraryDocument
from documents.states import State
from files.findings import FAULTS


@dataclass(frozen=True)
class Known:
    """A file with its newest version and what is to be said of it."""

    document: LibraryDocument
    version: FileVersion
    faults: tuple[str, ...]

    @property
    def is_waiting(self) -> bool:
        """Whether the newest version is still being checked."""
        return self.version.state == State.WAITING

    @property
    def is_locked_away(self) -> bool:
        """Whether nobody is given the newest version."""
        return self.version.state in (State.REFUSED, State.WITHHELD)

    @property
    def is_fine(self) -> bool:
        """Whether there is nothing to do."""
        return self.version.state == State.PASSED and not self.faults


def faults_of(version: FileVersion) -> tuple[str, ...]:
    """Return what was found that keeps some people from reading it, a sentence each."""
    return tuple(FAULTS.get(code, code) for code in version.faults)


def known_of(keys: Iterable[int]) -> list[Known]:
    """Return what is known of these files, in this order; two queries."""
    keys = list(keys)
    documents = LibraryDocument.objects.in_bulk(keys)
    newest = {version.document_id: version for version in FileVersion.objects.newest_of(documents)}
    return [Known(documents[key], newest[key], faults_of(newest[key])) for key in keys if key in newest]
