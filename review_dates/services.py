"""“Reviewed, no change”: the date moves on, and what the page says stays as it is."""

from datetime import date, datetime

from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Revision

from pages.caching import forget_public_pages
from pages.models import BasePage
from pages.tree import tree_lock

REVIEWED = "review_dates.reviewed"


class CannotReview(Exception):
    """The date cannot be moved on; the sentence says why."""


def mark_reviewed(*, page, note: str, next_due: date, user, now: datetime) -> None:
    """Say that a page was looked at and needs no change, and when it is looked at again. Raises CannotReview.

    Public at once and without an edition: nothing that readers are told has changed. A draft under way goes on with the
    new dates, or publishing it would bring the old ones back; editions keep theirs, because a revision is never
    changed: it is followed by another one.
    """
    today = timezone.localdate(now)
    if next_due <= today:
        raise CannotReview("Choose a day in the future.")
    with tree_lock():
        page = BasePage.objects.select_for_update().get(pk=page.pk)
        if page.scheduled_revision:
            raise CannotReview("A publication is scheduled, which has its own dates. Cancel it or wait for it.")
        dates = {"reviewed_on": today, "review_due": next_due}
        revision = _followed(page, dates, now)
        BasePage.objects.filter(pk=page.pk).update(**dates, **revision)
        specific = BasePage.objects.get(pk=page.pk).specific
        data = {"note": note, "next_due": next_due.isoformat()}
        log(instance=specific, action=REVIEWED, user=user, data=data)
        forget_public_pages()


def _followed(page, dates: dict, now: datetime) -> dict:
    """Let the latest draft be followed by one with other dates; return what the page's row says of it."""
    latest = page.get_latest_revision()
    if latest is None:
        return {}
    content = latest.content | {name: day.isoformat() for name, day in dates.items()}
    revision = Revision.objects.create(
        content_type_id=latest.content_type_id,
        base_content_type_id=latest.base_content_type_id,
        object_id=latest.object_id,
        # Whoever wrote the draft is still who wrote it: somebody else has to approve it.
        user_id=latest.user_id,
        created_at=now,
        object_str=latest.object_str,
        content=content,
    )
    said = {"latest_revision": revision, "latest_revision_created_at": now}
    return said if page.has_unpublished_changes else said | {"live_revision": revision}
