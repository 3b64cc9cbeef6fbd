"""Hand over: whatever changes the tree of a manual changes its list of contents, in the same transaction."""

from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from wagtail.models import get_page_models
from wagtail.signals import page_published, page_unpublished, post_page_move

from pages.models import BasePage
from procedures.services import manual_above, record_contents


def follow_page(instance, **kwargs):
    """A page was published or taken down."""
    _follow(instance)


def follow_move(instance, parent_page_before, parent_page_after, **kwargs):
    """A page was moved, perhaps out of one manual into another."""
    manuals = {manual.pk: manual for manual in map(manual_above, (parent_page_before, parent_page_after)) if manual}
    for manual in manuals.values():
        record_contents(manual=manual, now=timezone.now())


def follow_creation(instance, created, raw=False, **kwargs):
    """An alias or a copy of a public page is public as soon as it exists; no other signal tells of an alias."""
    if created and instance.live and not raw:
        _follow(instance)


def follow_deletion(instance, **kwargs):
    """A page is gone."""
    parent = BasePage.objects.filter(path=instance.path[: -BasePage.steplen]).first()
    if parent is not None:
        _follow(parent)


def _follow(page):
    manual = manual_above(page)
    if manual is not None:
        record_contents(manual=manual, now=timezone.now())


page_published.connect(follow_page, dispatch_uid="procedures-published")
page_unpublished.connect(follow_page, dispatch_uid="procedures-unpublished")
post_page_move.connect(follow_move, dispatch_uid="procedures-moved")


def connect_to_page_types():
    """Hear of pages of every type (for `AppConfig.ready`, when all are known)."""
    for model in get_page_models():
        post_save.connect(follow_creation, sender=model, dispatch_uid=f"procedures-created-{model._meta.label}")
    post_delete.connect(follow_deletion, sender=BasePage, dispatch_uid="procedures-deleted")
