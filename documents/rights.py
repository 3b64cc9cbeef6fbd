"""Who works with files: asked of Wagtail's rules for collections, the same for every screen of the room."""

from wagtail.permissions import policy_registry

from documents.models.files import LibraryDocument

WORKS_WITH_FILES = ["add", "change"]


def works_with_files(user) -> bool:
    """Tell whether somebody may add or change files in some collection."""
    return _policy().user_has_any_permission(user, WORKS_WITH_FILES)


def files_of(user):
    """Return the files in the collections in which somebody may add or change some."""
    if user.is_superuser:
        return LibraryDocument.objects.all()
    collections = _policy().collections_user_has_any_permission_for(user, WORKS_WITH_FILES)
    return LibraryDocument.objects.filter(collection__in=collections.order_by().values("pk"))


def may(user, action: str, document: LibraryDocument) -> bool:
    """Tell whether somebody may do this to a file: add, change, delete or choose it."""
    return _policy().user_has_permission_for_instance(user, action, document)


def _policy():
    return policy_registry.get_by_type(LibraryDocument)
