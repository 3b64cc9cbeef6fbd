"""Verbs that change what readers are given."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Revision

from content.fetching import references_of
from documents.models import EditionFile, FilePassage, FileVersion, LibraryDocument, ResourceFile, ResourcePage
from documents.states import State
from files.findings import Findings
from pages.caching import forget_public_pages
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
        announce(version=version, now=now)


def refuse_version(*, version: FileVersion, problem: str) -> None:
    """Lock a version away for good. Readers go on being given the version before. Raises NotTheirs."""
    with transaction.atomic():
        if not _from_waiting(version, state=State.REFUSED, problem=problem[:300]):
            raise NotTheirs
        log(version.document, "documents.refuse", data={"version": version.number, "problem": problem[:300]})


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
        log(version.document, "documents.withhold", user=user, data={"version": version.number, "reason": reason[:300]})


def give_out_newest(*, document: LibraryDocument) -> None:
    """Let the file's address give the newest version that passed, or nothing where there is none."""
    newest = document.versions.passed().order_by("number").last()
    document.current = newest
    LibraryDocument.with_removed.filter(pk=document.pk).update(current=newest)
    # Pages that are stored say which version it is.
    forget_public_pages()


def announce(*, version: FileVersion, now: datetime) -> list[ResourcePage]:
    """Publish each public resource that offers the file anew, with the answer given with the version; return them.

    The edition then names the new version, so that readers are told and nobody writes the same thing twice. Drafts that
    are being written stay what they are.
    """
    offered = ResourceFile.objects.filter(document=version.document_id, page__live=True, page__alias_of=None)
    changed = []
    for key in offered.exclude(version_number=version.number).values_list("page_id", flat=True):
        page = ResourcePage.objects.get(pk=key)
        page.name_versions()
        _publish_as_it_is(page, version, now)
        changed.append(page)
    return changed


def _publish_as_it_is(page: ResourcePage, version: FileVersion, now: datetime):
    """Publish the public state of a page with this version's answer; a draft begun by somebody stays the latest."""
    page.change_significance, page.change_note = version.significance, version.note
    page.change_answer = uuid4()
    draft = page.latest_revision if page.has_unpublished_changes else None
    revision = Revision.objects.create(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        user=version.uploaded_by,
        created_at=min(now, draft.created_at - timedelta(microseconds=1)) if draft else now,
        content=page.serializable_data(),
        object_str=str(page),
    )
    if draft is None:
        ResourcePage.objects.filter(pk=page.pk).update(latest_revision=revision, latest_revision_created_at=now)
    revision.publish(user=version.uploaded_by, log_action="wagtail.publish", skip_permission_checks=True)


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
