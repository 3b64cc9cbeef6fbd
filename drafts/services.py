"""Verbs that change links and comments. No mail is sent here: see `drafts.mail`."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from wagtail.log_actions import log

from drafts.models import DraftComment, DraftLink, SharedDraft
from drafts.rights import may_share
from drafts.tokens import hash_of

# How long a link can be made to work, in days.
DAYS = (1, 7, 30)
MOST_COMMENTS = 100
KEPT_DAYS = 90
LOG_SHARE, LOG_REVOKE = "drafts.share", "drafts.revoke"
# Every look at a draft would be a write.
NOTED_EVERY = timedelta(minutes=1)


class MayNotShare(Exception):
    """Somebody may not edit one of the pages."""


class NoSuchLink(Exception):
    """It was made up, is over, was stopped, or its maker may not edit the page any more: nobody is told which."""


class TooManyComments(Exception):
    """The link has as many comments as one can have."""


def make_link(*, pages: Sequence, user, days: int, now: datetime, about: str = "") -> DraftLink:
    """Return a new link to the latest drafts of pages, in this order. Raises MayNotShare; nothing is made then."""
    if not pages or not all(may_share(page, user) for page in pages):
        raise MayNotShare
    with transaction.atomic():
        ends_at = now + timedelta(days=days)
        link = DraftLink.objects.create(made_by=user, made_at=now, ends_at=ends_at, about=about)
        SharedDraft.objects.bulk_create(
            SharedDraft(link=link, page_id=page.pk, place=place) for place, page in enumerate(pages)
        )
        for page in pages:
            log(page, LOG_SHARE, user=user, data={"days": days})
    return link


def revoke_link(link: DraftLink, *, user, now: datetime) -> bool:
    """Stop a link; return False where somebody had stopped it already."""
    with transaction.atomic():
        if not DraftLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=now):
            return False
        for page in link.pages.all():
            log(page, LOG_REVOKE, user=user)
    return True


def open_link(token: str, *, now: datetime) -> DraftLink:
    """Return the link with this secret part, with its maker. Raises NoSuchLink."""
    link = DraftLink.objects.select_related("made_by").open(now=now).filter(token_hash=hash_of(token)).first()
    if link is None:
        raise NoSuchLink
    return link


def note_opening(link: DraftLink, *, now: datetime) -> None:
    """Note that a link was used."""
    before = Q(last_opened_at=None) | Q(last_opened_at__lte=now - NOTED_EVERY)
    DraftLink.objects.filter(before, pk=link.pk).update(last_opened_at=now)


def pages_of(link: DraftLink) -> list:
    """Return the latest draft of each page that the link shows, in order: those that its maker may still edit."""
    pages = [shared.page.specific for shared in link.shared.select_related("page")]
    return [page.get_latest_revision_as_object() for page in pages if may_share(page, link.made_by)]


def draft_of(link: DraftLink, key: int):
    """Return the latest draft of one page of a link. Raises NoSuchLink where the link does not show it."""
    shared = link.shared.select_related("page").filter(page_id=key).first()
    if shared is None or not may_share(shared.page, link.made_by):
        raise NoSuchLink
    return shared.page.get_latest_revision_as_object()


def add_comment(*, link: DraftLink, page, form_key: UUID, now: datetime, **fields) -> DraftComment:
    """Store a comment; the same form sent twice, or twice at once, makes one.

    Raises TooManyComments, and NoSuchLink where the link was erased meanwhile.
    """
    try:
        with transaction.atomic():
            if DraftLink.objects.select_for_update().filter(pk=link.pk).first() is None:
                raise NoSuchLink
            if link.comments.count() >= MOST_COMMENTS:
                raise TooManyComments
            return DraftComment.objects.create(link=link, page_id=page.pk, form_key=form_key, received_at=now, **fields)
    except IntegrityError:
        if sent_before := DraftComment.objects.filter(form_key=form_key).first():
            return sent_before
        raise


def deal_with(comment: DraftComment, *, user, now: datetime) -> None:
    """Mark a comment as dealt with, once."""
    DraftComment.objects.open().filter(pk=comment.pk).update(dealt_with_at=now, dealt_with_by=user)


def reopen(comment: DraftComment) -> None:
    """Put a comment back among those to be dealt with."""
    DraftComment.objects.filter(pk=comment.pk).update(dealt_with_at=None, dealt_with_by=None)


def erase_old(*, now: datetime) -> None:
    """Erase links that ended long ago, with what was said of their drafts."""
    DraftLink.objects.ended_before(now - timedelta(days=KEPT_DAYS)).delete()
