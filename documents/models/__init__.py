"""The documents library: files with their versions, the resources that offer them, and what was downloaded."""

from documents.models.downloads import DownloadCount
from documents.models.files import FilePassage, FileVersion, LibraryDocument
from documents.models.library import LibraryPage
from documents.models.resources import ResourceFile, ResourcePage, ResourceType
from documents.models.uses import EditionFile, PublicCollection

__all__ = [
    "LibraryDocument",
    "DownloadCount",
    "EditionFile",
    "FilePassage",
    "FileVersion",
    "LibraryPage",
    "PublicCollection",
    "ResourceFile",
    "ResourcePage",
    "ResourceType",
]
