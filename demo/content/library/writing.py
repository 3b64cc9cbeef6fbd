"""What the library is made from: resources, their files, and each file as it was in every version."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from demo.content.library.papers import Paper, Workbook

TYPES = ("tool", "guidance", "strategy", "policy", "form", "leaflet", "report", "template")


@dataclass(frozen=True)
class FileVersion:
    """A file as it was offered from a day on.

    `path` is where it lies under demo/files, `days_ago` counts from the day of building, and `note` says in one plain
    sentence what is new for readers. `paper` is what scripts/make_library_files.py writes the file from. The date
    printed in the file is fixed and never later than the day on which the library offers it.
    """

    path: str
    days_ago: int
    note: str
    paper: Paper | Workbook


@dataclass(frozen=True)
class LibraryFile:
    """A file that readers download under `name`; its versions, the oldest first."""

    title: str
    name: str
    versions: tuple[FileVersion, ...]
    language: str = "en"


@dataclass(frozen=True)
class Edition:
    """A day on which files of a resource changed, and what was new; the first edition is the resource itself."""

    days_ago: int
    note: str
    files: tuple[tuple[LibraryFile, FileVersion], ...]  # All that were offered from this day on.


@dataclass(frozen=True)
class Resource:
    """An entry of the library.

    `purpose` is HTML of paragraphs, lists and links; `[[Escalation Policy|the policy]]` is a link to a chapter, as
    everywhere in the demonstration. `resource_type` is one of TYPES. Topics and audiences are those of
    demo.content.home, the owner is a team of demo.content.organisation. `approved_months_ago` counts back from the day
    of building, and `review_months` says how long it is from that day to the next review.
    """

    title: str
    slug: str
    summary: str
    purpose: str
    resource_type: str
    topics: tuple[str, ...]
    audiences: tuple[str, ...]
    owner_team: str
    approved_by: str
    approved_months_ago: int
    review_months: int
    files: tuple[LibraryFile, ...]

    @property
    def editions(self) -> tuple[Edition, ...]:
        """The resource through time, the oldest first: one edition for each day on which a file was new."""
        days = sorted({version.days_ago for file in self.files for version in file.versions}, reverse=True)
        return tuple(self._edition(day) for day in days)

    def _edition(self, day: int) -> Edition:
        offered = [
            (file, [version for version in file.versions if version.days_ago >= day][-1])
            for file in self.files
            if file.versions[0].days_ago >= day
        ]
        notes = dict.fromkeys(version.note for _file, version in offered if version.days_ago == day)
        return Edition(day, " ".join(notes), tuple(offered))


def versions(name: str, *changes: tuple[int, str, Paper | Workbook]) -> tuple[FileVersion, ...]:
    """Return the versions of a file, each given as (days ago, note, paper), with the paths under which they lie."""
    stem, suffix = PurePosixPath(name).stem, PurePosixPath(name).suffix
    return tuple(
        FileVersion(f"{stem}-v{paper.version}{suffix}", days_ago, note, paper) for days_ago, note, paper in changes
    )


def one_file(title: str, name: str, *changes: tuple[int, str, Paper | Workbook], language: str = "en") -> LibraryFile:
    """Return a file of the library with its versions, the oldest first."""
    return LibraryFile(title, name, versions(name, *changes), language)
