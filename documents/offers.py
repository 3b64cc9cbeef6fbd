"""What a resource offers: each file with everything that is said beside its link."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.template.defaultfilters import filesizeformat

from documents.models.files import FileVersion, LibraryDocument


@dataclass(frozen=True)
class OfferedFile:
    """A file beside its link. `version`: the one that is given out."""

    key: int
    title: str
    url: str
    version: FileVersion
    language: str
    language_code: str
    is_superseded: bool = False
    # The numbers of the versions that came before and can still be had, the newest first.
    older_numbers: tuple[int, ...] = ()

    @property
    def since(self) -> datetime:
        """When readers were first given this version."""
        return self.version.passed_at

    @property
    def size(self) -> str:
        """The size in words: 240 KB."""
        return filesizeformat(self.version.size)

    @property
    def is_accessible(self) -> bool:
        """Whether nothing was found that keeps some people from reading it."""
        return not self.version.faults


def offered_by(children: Iterable, *, as_it_was: bool) -> list[OfferedFile]:
    """Return what the `ResourceFile` children offer, in order: what readers can get now, or could get then."""
    children = list(children)
    documents = _documents([child.document_id for child in children], as_it_was)
    versions = _versions(documents)
    offered = []
    for child in children:
        document = documents.get(child.document_id)
        known = versions.get(child.document_id, {})
        version = known.get(child.version_number) if as_it_was else document and document.current
        if version:
            older = tuple(sorted((number for number in known if number < version.number), reverse=True))
            offered.append(_offered(child, document, version, as_it_was, older))
    return offered


def _offered(child, document, version, as_it_was: bool, older: tuple[int, ...] = ()) -> OfferedFile:
    superseded = as_it_was and version.pk != document.current_id
    return OfferedFile(
        key=document.pk,
        title=child.title or document.title,
        # The plain address of a file that was deleted is gone; that of its version is kept for the editions.
        url=version.url if superseded or document.removed_at else document.url,
        version=version,
        language=document.language_name,
        language_code=document.language,
        is_superseded=superseded,
        older_numbers=older,
    )


def _documents(keys, as_it_was: bool) -> dict[int, LibraryDocument]:
    known = LibraryDocument.with_removed if as_it_was else LibraryDocument.objects
    return known.visible().in_bulk(keys) if keys else {}


def _versions(documents) -> dict[int, dict[int, FileVersion]]:
    """Return {key of the file: {number: version}} of everything that can be had."""
    found: dict[int, dict[int, FileVersion]] = {}
    for version in FileVersion.objects.passed().filter(document__in=documents) if documents else ():
        found.setdefault(version.document_id, {})[version.number] = version
    return found


def offered_by_page(children: Iterable) -> dict[int, list[OfferedFile]]:
    """Return {key of the resource: what it offers now} for the children of many: one query for all their files."""
    children = list(children)
    documents = _documents({child.document_id for child in children}, as_it_was=False)
    found: dict[int, list[OfferedFile]] = {}
    for child in children:
        if document := documents.get(child.document_id):
            offered = _offered(child, document, document.current, as_it_was=False)
            found.setdefault(child.page_id, []).append(offered)
    return found
