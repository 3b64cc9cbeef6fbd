"""A new version of a file tells its readers by itself: each resource that offers it is published anew, and says so."""

from datetime import datetime, timedelta
from uuid import uuid4

from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Revision

from documents.models import FileVersion, LibraryDocument, ResourceFile, ResourcePage
from documents.states import State
from updates.models import Significance


def announce(*, document: LibraryDocument, by, now: datetime, taken_back: str = "") -> list[ResourcePage]:
    """Publish each public resource that offers the file with the versions its addresses give now; return those pages.

    The edition takes the answer that was given with the new versions, so nobody writes the same thing twice. Files that
    were replaced together make one edition: while another file of the resource waits to be checked, nothing is told
    yet. Drafts that are being written stay what they are. `taken_back`: what to note, for nobody in particular, when a
    version went instead of coming. `by`: the member of staff who did it, or None.
    """
    offering = ResourceFile.objects.filter(document=document, page__live=True, page__alias_of=None)
    changed = []
    for page in ResourcePage.objects.filter(pk__in=offering.values("page")):
        significance, note = _answer(page)
        if taken_back and significance is None:
            significance, note = Significance.MINOR, taken_back
        before = {child.document_id: child.version_number for child in page.files.all()}
        page.name_versions()
        is_changed = before != {child.document_id: child.version_number for child in page.files.all()}
        if significance and is_changed and not _is_waiting(page):
            _publish_as_it_is(page, significance, note, by=by, now=now)
            changed.append(page)
    return changed


def _answer(page: ResourcePage) -> tuple[str | None, str]:
    """Return significance and note of what is new in its files; (None, "") where nothing is."""
    offered = {child.document_id: child.version_number for child in page.files.all()}
    # What is noted is read by everybody: of files in private collections nothing.
    shown = LibraryDocument.objects.visible().filter(pk__in=offered).values("pk")
    fresh = [
        version
        for version in FileVersion.objects.passed().filter(document__in=shown).order_by("uploaded_at", "pk")
        if version.number > offered[version.document_id]
    ]
    if not fresh:
        return None, ""
    told = [version for version in fresh if version.significance == Significance.MAJOR]
    return (Significance.MAJOR if told else Significance.MINOR), " ".join(
        dict.fromkeys(version.note for version in told or fresh if version.note)
    )


def _is_waiting(page: ResourcePage) -> bool:
    return FileVersion.objects.filter(document__in=page.file_keys(), state=State.WAITING).exists()


def _publish_as_it_is(page: ResourcePage, significance: str, note: str, *, by, now: datetime):
    """Publish the public state of a page with this answer; a draft begun by somebody stays the latest."""
    page.change_significance, page.change_note, page.change_answer = significance, note, uuid4()
    draft = page.latest_revision if page.has_unpublished_changes else None
    revision = Revision.objects.create(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        user=by,
        created_at=min(now, draft.created_at - timedelta(microseconds=1)) if draft else now,
        content=page.serializable_data(),
        object_str=str(page),
    )
    if draft is None:
        ResourcePage.objects.filter(pk=page.pk).update(latest_revision=revision, latest_revision_created_at=now)
    _publish_beside_drafts(page, revision, by)


def _publish_beside_drafts(page: ResourcePage, revision: Revision, by):
    """Publish a revision without what Wagtail does besides: it ends a review, and forgets what was scheduled."""
    scheduled = dict(page.revisions.exclude(approved_go_live_at=None).values_list("pk", "approved_go_live_at"))
    publishing = PublishPageRevisionAction(revision, user=by)
    publishing.object.tells_of_files = True
    publishing.execute(skip_permission_checks=True)
    for key, moment in scheduled.items():
        Revision.objects.filter(pk=key).update(approved_go_live_at=moment)
