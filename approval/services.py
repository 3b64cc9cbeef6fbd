"""Publishing without approval, and looking at that afterwards."""

from datetime import datetime

from django.db import transaction
from wagtail.log_actions import log

from approval.models import PublishedUnapproved
from approval.rules import may_approve
from pages.models import BasePage
from pages.tree import tree_lock
from updates.questions import needs_answer

UNAPPROVED = "approval.publish_unapproved"
LOOKED_AT = "approval.approve_afterwards"


class CannotPublish(Exception):
    """It cannot be published without approval; the sentence says why."""


class CannotApprove(Exception):
    """Somebody may not approve it; the sentence says why."""


def publish_unapproved(*, page, revision_id: int, reason: str, user, now: datetime) -> PublishedUnapproved:
    """Publish the latest draft of a page without a second pair of eyes; `revision_id`: what the person has seen.

    Raises CannotPublish. The workflow that it is in ends; the reason is in the history of the page.
    """
    with tree_lock():
        page = BasePage.objects.select_for_update().get(pk=page.pk).specific
        revision = page.get_latest_revision()
        if revision is None or revision.pk != revision_id:
            raise CannotPublish("Somebody has changed the draft meanwhile. Look at it again.")
        if not page.has_unpublished_changes:
            raise CannotPublish("There is nothing to publish: the draft is public already.")
        if page.is_tracked and needs_answer(page):
            raise CannotPublish(
                "Nobody has said yet whether people need to know what changed. Open the page and submit it for "
                "approval: that asks. Then come back."
            )
        if state := page.current_workflow_state:
            state.cancel(user=user)
        revision.publish(user=user, skip_permission_checks=True)
        log(instance=page, action=UNAPPROVED, user=user, revision=revision, data={"reason": reason})
        return PublishedUnapproved.objects.create(page=page, revision=revision, reason=reason, by=user, at=now)


def approve_afterwards(*, published: PublishedUnapproved, user, now: datetime) -> None:
    """Say that somebody else has looked at what was published without approval. Raises CannotApprove."""
    with transaction.atomic():
        published = PublishedUnapproved.objects.select_for_update().get(pk=published.pk)
        page = published.page.specific
        if not may_approve(page, user):
            raise CannotApprove("You are not one of those who approve this page.")
        if user.pk == published.by_id or (published.revision and published.revision.user_id == user.pk):
            raise CannotApprove("You wrote or published it yourself: somebody else has to look at it.")
        if published.approved_at:
            return
        published.approved_by, published.approved_at = user, now
        published.save(update_fields=["approved_by", "approved_at"])
        log(instance=page, action=LOOKED_AT, user=user, revision=published.revision)
