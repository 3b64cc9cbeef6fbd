"""Hand over: whatever changes what readers can find, or may see, is written into the passages and their log."""

from django.db.models.signals import post_delete, post_save
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from content.models import GlossaryPage, GlossaryTerm
from documents.models import LibraryDocument, ResourcePage
from documents.signals import files_changed
from organisation.models import Area, Contact, ContactsPage
from pages.caching import forget_when_changed
from pages.models import BasePage
from search.models import EmergencyPhrase, Passage, PromotedAnswer, SameWords
from search.recording import forget_passages, note_branch, note_changes, record_passages


def follow_published(instance, **kwargs):
    """A page was published."""
    record_passages(page=instance)


def follow_unpublished(instance, **kwargs):
    """A page was taken down, or withdrawn."""
    forget_passages(page_keys=[instance.pk])


def follow_deleted(instance, **kwargs):
    """A page was deleted; its rows went with it."""
    note_changes(page_keys=[instance.pk])


def follow_moved(instance, **kwargs):
    """A page was moved: below a private one, or out of there."""
    note_branch(page=instance)


def follow_privacy(instance, raw=False, **kwargs):
    """A page was made private, or opened."""
    if not raw:
        note_branch(page=instance.page)


def follow_contacts(raw=False, **kwargs):
    """A contact or an area was made, changed or deleted."""
    if not raw:
        _record_all(ContactsPage)


def follow_words(raw=False, **kwargs):
    """A word of the glossary was made, changed or deleted."""
    if not raw:
        _record_all(GlossaryPage)


def follow_file(instance, raw=False, **kwargs):
    """A file was saved or deleted."""
    if not raw:
        follow_files(keys=[instance.pk])


def follow_files(keys, **kwargs):
    """Readers are given another version of some files or none, or these were put into another collection."""
    for page in ResourcePage.objects.filter(live=True, files__document__in=keys).distinct():
        record_passages(page=page)


def follow_collections(raw=False, **kwargs):
    """A collection was made private, opened or moved: who may have its files is asked again."""
    if not raw:
        of_files = Passage.objects.exclude(document=None).order_by()
        note_changes(page_keys=list(of_files.values_list("page_id", flat=True).distinct()))


def _record_all(page_type):
    for page in page_type.objects.filter(live=True):
        record_passages(page=page, only_differences=True)


def _connect():
    page_published.connect(follow_published, dispatch_uid="search-published")
    page_unpublished.connect(follow_unpublished, dispatch_uid="search-unpublished")
    post_page_move.connect(follow_moved, dispatch_uid="search-moved")
    files_changed.connect(follow_files, dispatch_uid="search-files")
    post_delete.connect(follow_deleted, sender=BasePage, dispatch_uid="search-deleted")
    followed = [
        (follow_privacy, PageViewRestriction),
        (follow_contacts, Contact),
        (follow_contacts, Area),
        (follow_words, GlossaryTerm),
        (follow_file, LibraryDocument),
        (follow_collections, CollectionViewRestriction),
        (follow_collections, Collection),
    ]
    for receiver, sender in followed:
        for name, signal in (("saved", post_save), ("gone", post_delete)):
            signal.connect(receiver, sender=sender, dispatch_uid=f"search-{sender.__name__}-{name}")


_connect()
forget_when_changed(EmergencyPhrase, PromotedAnswer, SameWords)
