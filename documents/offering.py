"""Who may have a file. Every address that can reach one asks here, pictures of first pages included."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import CollectionViewRestriction, ReferenceIndex

from documents.models import EditionFile, FileVersion, LibraryDocument, PublicCollection
from documents.rights import may
from documents.states import State
from pages.models import BasePage

_STAFF_MAY = ["add", "change", "delete", "choose"]


def may_have(version: FileVersion, request) -> bool:
    """Tell whether whoever asks may have this version.

    Only what passed the check. Staff who work with the file; else readers, when a page they may see offers it, when
    its collection is public, or when an earlier edition of a page they may see refers to it. Nobody else, and never
    from a collection that is private to others. What only a withdrawn page offers is given to nobody.
    """
    document = version.document
    if version.state != State.PASSED:
        return False
    if is_staff_who_may(document, request):
        return True
    if not _is_open_to(document, request):
        return False
    if document.removed_at is None and (_is_public_by_itself(document) or _is_offered(document, request)):
        return True
    return _is_in_an_edition(version)


def is_staff_who_may(document: LibraryDocument, request) -> bool:
    """Tell whether somebody is signed in who works with this file. Of who has no session nothing is asked or kept."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    user = request.user
    if not user.is_active or not user.has_perm("wagtailadmin.access_admin"):
        return False
    return any(may(user, action, document) for action in _STAFF_MAY)


def _is_open_to(document, request) -> bool:
    """Whether no privacy rule of its collection, or of one above it, keeps the person out."""
    rules = CollectionViewRestriction.objects.filter(collection__path__in=_paths(document))
    return all(rule.accept_request(request) for rule in rules)


def _is_public_by_itself(document) -> bool:
    return PublicCollection.objects.filter(collection__path__in=_paths(document)).exists()


def _paths(document) -> list[str]:
    """Return the paths of its collection and of those above it."""
    path, step = document.collection.path, document.collection.steplen
    return [path[:end] for end in range(step, len(path) + 1, step)]


def _is_offered(document, request) -> bool:
    """Whether a public page refers to it, or a private one that is open to whoever asks."""
    types = ContentType.objects.get_for_models(BasePage, LibraryDocument)
    keys = ReferenceIndex.objects.filter(
        base_content_type=types[BasePage], to_content_type=types[LibraryDocument], to_object_id=str(document.pk)
    ).values_list("object_id", flat=True)
    pages = BasePage.objects.filter(pk__in=set(map(int, keys)), live=True)
    if pages.visible().exists():
        return True
    return any(_opens(page, request) for page in pages.not_expired())


def _opens(page, request) -> bool:
    rules = page.get_view_restrictions()
    return bool(rules) and all(rule.accept_request(request) for rule in rules)


def _is_in_an_edition(version) -> bool:
    """Whether an edition of a public page refers to the file that was in force while this version was given out.

    What was uploaded after the file had been taken out of every page is nobody's business.
    """
    in_force = Q(edition__superseded_at=None) | Q(edition__superseded_at__gt=version.passed_at)
    editions = EditionFile.objects.filter(in_force, document=version.document_id)
    return BasePage.objects.visible().filter(pk__in=editions.values("edition__page")).exists()
