"""A resource with its files, in one transaction: made, or given what it lacks, and nothing half-made."""

from django.utils.text import slugify
from wagtail.models import ReferenceIndex

from documents.importing.details import fill
from documents.importing.items import Group
from documents.models import LibraryDocument, LibraryPage, ResourceFile, ResourcePage

LONGEST_ADDRESS = 80


def make_resource(*, library: LibraryPage, group: Group, documents: list, user, publish: bool) -> ResourcePage:
    """Make a draft that offers the documents below the library, published if asked for. Use it inside `tree_lock`."""
    # Others may have moved it since it was read.
    library.find_place()
    page = ResourcePage(
        title=group.title,
        slug=_free_address(library, group.title),
        owner=user,
        live=False,
        has_unpublished_changes=True,
    )
    fill(page, group.details)
    page.files = _children(documents)
    library.add_child(instance=page)
    _save(page, user=user, publish=publish)
    return page


def add_to_resource(*, page: ResourcePage, group: Group, documents: list, user, publish: bool) -> bool:
    """Add documents, and what it does not say yet, to the newest draft of a resource; tell whether it changed.

    Published if asked for and if nothing else is in the draft. Use it inside `tree_lock`.
    """
    draft = page.get_latest_revision_as_object()
    is_filled = fill(draft, group.details)
    if not documents and not is_filled:
        return False
    there = list(draft.files.all())
    draft.files = [*there, *_children(documents, after=len(there))]
    if page.first_published_at is None:
        # Of a page that was never public the row says what the draft says.
        draft.save(clean=False)
    publish = publish and page.live and not page.has_unpublished_changes
    if publish:
        added = "; ".join(document.title for document in documents)
        draft.change_significance = "major" if added else "minor"
        draft.change_note = f"Added: {added}." if added else ""
    _save(draft, user=user, publish=publish)
    return True


def offered_by(page: ResourcePage) -> set[int]:
    """Return the keys of the files that a resource offers, in public, in its newest draft or as it was made."""
    stored = ResourceFile.objects.filter(page=page).values_list("document_id", flat=True)
    return {*stored, *page.get_latest_revision_as_object().file_keys()}


def _save(page: ResourcePage, *, user, publish: bool):
    revision = page.save_revision(user=user, log_action=True, clean=False)
    if publish:
        revision.publish(user=user, skip_permission_checks=True)
        page = ResourcePage.objects.get(pk=page.pk)
    # Once, at the end: the import keeps Wagtail from doing it at every save.
    ReferenceIndex.create_or_update_for_object(page)


def _children(documents: list[LibraryDocument], *, after: int = 0) -> list[ResourceFile]:
    return [ResourceFile(document=document, sort_order=order) for order, document in enumerate(documents, after)]


def _free_address(library: LibraryPage, title: str) -> str:
    """Return an address that no resource has. Wagtail asks for each number in turn, a thousand times for a thousand."""
    base = slugify(title)[:LONGEST_ADDRESS].strip("-_") or "resource"
    children = library.get_children()
    # By the index of addresses first; only for a title that is there already all of them are looked through.
    if not children.filter(slug=base).exists():
        return base
    taken = set(children.filter(slug__startswith=base).values_list("slug", flat=True))
    number, address = 2, f"{base}-2"
    while address in taken:
        number += 1
        address = f"{base}-{number}"
    return address
