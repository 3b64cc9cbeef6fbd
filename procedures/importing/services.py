"""A manual that was kept elsewhere becomes drafts, links, redirects and a report, or nothing at all."""

from datetime import datetime

from django.utils import timezone

from content.reading.pictures import Pictures
from content.reading.refusals import CannotImport
from pages.tree import tree_lock
from procedures.importing.chapters import ImportedChapter, read_chapter
from procedures.importing.drafts import Drafts
from procedures.importing.files import Files, NothingFound
from procedures.importing.matching import planned
from procedures.importing.models import ManualImport
from procedures.importing.outline_file import Line, read_outline
from procedures.importing.redirects import checked_site, make_redirects, old_path_of
from procedures.importing.report import ManualReport, quoted
from procedures.models import ManualPage, PartPage

MOST_PICTURES = 300


class NotInAManual(CannotImport):
    """Chapters can only be made in a manual or one of its parts."""


class AllThereAlready(CannotImport):
    """Each chapter is in the manual already, in the same place and under the same title."""

    def __init__(self):
        super().__init__(
            "All of these chapters are in the manual already. Import them again only if you want second drafts."
        )


def import_manual(
    *,
    parent,
    files: Files,
    user,
    now: datetime,
    report: ManualReport,
    outline: bytes | None = None,
    old_site: str = "",
    again: bool = False,
) -> ManualImport:
    """Make drafts of chapters below `parent`, a manual or a part of one; return what is remembered of it.

    `files` and `report` come from `procedures.importing.files`; `outline` replaces the one among the files; `old_site`
    is the address of the folder in which the files stood; `user` is the author or None; `again` allows second drafts
    of chapters that are there. Raises CannotImport (with a message for staff); whatever goes wrong, no page, picture
    or redirect is left behind.
    """
    parent = parent.specific
    if not isinstance(parent, ManualPage | PartPage):
        raise NotInAManual("Choose the manual, or the part of it, that the chapters belong to.")
    old_site = checked_site(old_site)
    chapters = chapters_in(files, report)
    plan = planned(_lines(outline or files.outline, report), chapters, report)
    pictures = Pictures(user, report, most=MOST_PICTURES)
    try:
        # Only what needs the database: nobody else can write to the tree meanwhile.
        with tree_lock():
            drafts = Drafts(parent=parent, user=user, today=timezone.localdate(now), again=again, report=report)
            drafts.make(plan)
            if not drafts.new:
                raise AllThereAlready
            drafts.fill(pictures=pictures, others=files.others | set(files.pictures), old_site=old_site)
            report.counts["redirects"] = _redirects(drafts, parent, old_site, report)
            return ManualImport.objects.create(
                page_id=parent.pk, source_name=files.source[:255], report=report.as_json(), user=user, imported_at=now
            )
    except BaseException:
        pictures.undo()
        raise


def chapters_in(files: Files, report: ManualReport) -> list[ImportedChapter]:
    """Return the chapters that can be read; the others are named in the report. Raises NothingFound for none."""
    chapters = []
    for path, content in files.chapters.items():
        try:
            chapter = read_chapter(path, content, pictures=files.pictures)
        except CannotImport as error:
            if len(files.chapters) == 1:
                raise
            report.left_out(f"{quoted(path)} was not imported. {error}")
            continue
        if chapter.is_contents and len(files.chapters) > 1:
            report.left_out(f"{quoted(path)} is a list of contents: it has only links to chapters.")
            continue
        chapters.append(chapter)
    if not chapters:
        raise NothingFound("None of the files could be read as a chapter.")
    return chapters


def _lines(outline: bytes | None, report: ManualReport) -> list[Line]:
    if outline is None:
        report.guess("There was no outline: the chapters are in the order of their files' names.")
        return []
    return read_outline(outline, report)


def _redirects(drafts: Drafts, parent, old_site: str, report: ManualReport) -> int:
    wanted = [
        (old_path_of(chapter.path, address=chapter.address, old_site=old_site), page)
        for chapter, page in drafts.new
        if chapter is not None
    ]
    if not any(path for path, _ in wanted):
        report.redirect("No redirects were made: nobody said where the manual stood before.")
        return 0
    return make_redirects(wanted, site=parent.get_site(), report=report)
