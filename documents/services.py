"""Verbs that change what readers are given."""

from datetime import datetime

from wagtail.log_actions import log

from content.fetching import references_of
from documents.announcing import announce
from documents.models import EditionFile, FilePassage, FileVersion, LibraryDocument, ResourcePage
from documents.states import State
from files.findings import Findings
from pages.tree import tree_lock
from updates.models import Edition, Significance


class NotTheirs(Exception):
    """The version is in no state in which this can be done to it."""


def pass_version(*, version: FileVersion, findings: Findings, preview: str, now: datetime) -> None:
    """Let readers have a version that was checked, with what was found; resources that offer the file say so.

    `preview`: where the picture of the first page is stored, or "". Raises NotTheirs when the version does not wait.
    """
    with tree_lock():
        found = {
            "media_type": findings.media_type,
            "pages": findings.pages,
            "language": findings.language[:35],
            "title": findings.title[:255],
            "is_tagged": findings.is_tagged,
            "faults": list(findings.faults),
            "preview": preview,
        }
        if not _from_waiting(version, state=State.PASSED, passed_at=now, **found):
            raise NotTheirs
        FilePassage.objects.bulk_create(
            [
                FilePassage(version=version, position=position, page=said.page, place=said.place[:120], text=said.text)
                for position, said in enumerate(findings.passages)
            ],
            batch_size=200,
        )
        give_out_newest(document=version.document)
        announce(document=version.document, by=version.uploaded_by, now=now)


def refuse_version(*, version: FileVersion, problem: str, now: datetime) -> None:
    """Lock a version away for good. Readers go on being given the version before. Raises NotTheirs."""
    with tree_lock():
        if not _from_waiting(version, state=State.REFUSED, problem=problem[:300]):
            raise NotTheirs
        log(version.document, "documents.refuse", data={"version": version.number, "problem": problem[:300]})
        # Files that were replaced together with it waited for it to be told of.
        announce(document=version.document, by=version.uploaded_by, now=now)


def withhold_version(*, version: FileVersion, reason: str, user, now: datetime) -> None:
    """Take a version back, for example because it names a child: nobody is given it any more.

    Readers are given the newest of the others. What is stored stays for the office, which may have to account for it.
    Raises NotTheirs when it was not given out.
    """
    with tree_lock():
        rows = FileVersion.objects.filter(pk=version.pk, state=State.PASSED)
        if not rows.update(state=State.WITHHELD, problem=reason[:300]):
            raise NotTheirs
        version.refresh_from_db()
        version.passages.all().delete()
        give_out_newest(document=version.document)
        # Readers read this in the history of the resource: nothing of what they may not have.
        is_shown = LibraryDocument.objects.open_to_readers().filter(pk=version.document_id).exists()
        what = f"Version {version.number} of “{version.document.title}”" if is_shown else "A file"
        note = f"{what} was taken back."
        announce(document=version.document, by=user, now=now, taken_back=note)
        log(version.document, "documents.withhold", user=user, data={"version": version.number, "reason": reason[:300]})


def give_out_newest(*, document: LibraryDocument) -> None:
    """Let the file's address give the newest version that passed, or nothing where there is none."""
    newest = document.versions.passed().order_by("number").last()
    document.current = newest
    LibraryDocument.with_removed.filter(pk=document.pk).update(current=newest)


def keep_files_of(*, edition: Edition) -> None:
    """Write down which files an edition refers to, in its text and by what it offers; and when a resource changed."""
    if edition.significance == Significance.MAJOR:
        ResourcePage.objects.filter(pk=edition.page_id).update(changed_at=edition.in_force_from)
    page = edition.revision.as_object()
    keys = {key for model, key in references_of(page) if model is LibraryDocument}
    keys |= set(getattr(page, "file_keys", list)())
    known = LibraryDocument.with_removed.filter(pk__in=keys).values_list("pk", flat=True) if keys else []
    EditionFile.objects.bulk_create([EditionFile(edition=edition, document_id=key) for key in known])


def _from_waiting(version: FileVersion, **fields) -> bool:
    """Change the row if it still waits; one statement, so that two cannot both do it."""
    changed = FileVersion.objects.filter(pk=version.pk, state=State.WAITING).update(not_before=None, **fields)
    version.refresh_from_db()
    return bool(changed)
