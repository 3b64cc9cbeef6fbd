"""Hand over: what is published has its links written down; what others link to is judged again when it changes."""

from functools import partial

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from links.rows import ROWS
from links.services import forget_uses, judge_links_to_file, judge_links_to_page, judge_links_to_pages, record_links
from pages.models import BasePage


def follow_published(instance, **kwargs):
    """A page was published."""
    now = timezone.now()
    record_links(thing=instance, now=now)
    judge_links_to_page(page=instance, now=now)


def follow_unpublished(instance, **kwargs):
    """A page was taken down, or withdrawn."""
    forget_uses(thing=instance)
    judge_links_to_page(page=instance, now=timezone.now())


def follow_deleted(instance, **kwargs):
    """A page was deleted; what it used went with it."""
    judge_links_to_page(page=instance, now=timezone.now())


def follow_branch(raw=False, **kwargs):
    """A page was moved, renamed, made private, or opened, and with it all below."""
    if not raw:
        judge_links_to_pages(now=timezone.now())


def follow_file(instance, raw=False, **kwargs):
    """A file was saved or deleted."""
    if not raw:
        judge_links_to_file(key=instance.pk, now=timezone.now())


def follow_row(instance, raw=False, **kwargs):
    """A contact or the settings were saved. After that is done: whoever waits for the tree must hold no row.

    Should it fail, the contact is saved all the same, and its links are found at night.
    """
    if not raw:
        transaction.on_commit(partial(record_links, thing=instance, now=timezone.now()), robust=True)


def follow_row_deleted(instance, **kwargs):
    """A contact or the settings were deleted."""
    forget_uses(thing=instance)


def _connect():
    page_published.connect(follow_published, dispatch_uid="links-published")
    page_unpublished.connect(follow_unpublished, dispatch_uid="links-unpublished")
    post_page_move.connect(follow_branch, dispatch_uid="links-moved")
    page_slug_changed.connect(follow_branch, dispatch_uid="links-renamed")
    post_delete.connect(follow_deleted, sender=BasePage, dispatch_uid="links-deleted")
    for name, signal in (("saved", post_save), ("gone", post_delete)):
        signal.connect(follow_branch, sender=PageViewRestriction, dispatch_uid=f"links-privacy-{name}")
        signal.connect(follow_file, sender=get_document_model(), dispatch_uid=f"links-file-{name}")
    for model in ROWS:
        post_save.connect(follow_row, sender=model, dispatch_uid=f"links-{model.__name__}-saved")
        post_delete.connect(follow_row_deleted, sender=model, dispatch_uid=f"links-{model.__name__}-gone")


_connect()
