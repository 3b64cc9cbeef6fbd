"""The procedures manual: its parts, its chapters, its amendments, and where each stood at what time."""

from procedures.importing.models import ManualImport
from procedures.models.amendments import AmendmentsPage
from procedures.models.chapters import ChapterPage
from procedures.models.contents import ContentsEntry
from procedures.models.manual import ManualPage, PartPage

__all__ = ["AmendmentsPage", "ChapterPage", "ContentsEntry", "ManualImport", "ManualPage", "PartPage"]
