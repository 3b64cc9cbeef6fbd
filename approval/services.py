"""Approving a draft or sending it back; publishing without approval, and looking at that afterwards."""

from datetime import datetime

from django.db import transaction
from django.utils.text import get_text_list
from wagtail.log_actions import log

from approval.comparing import seen_as
from approval.complete import what_is_missing
from approval.models import PublishedUnapproved
from approval.rules import may_approve, step_waiting_at, why_not_approve
from pages.models import BasePage
from pages.tree import tree_lock
from updates.questions import needs_answer

UNAPPROVED = "approval.publish_unapproved"
LOOKED_AT = "approval.approve_afterwards"
NOT_WAITING = "It is not waiting for approval: somebody has approved it, sent it back or taken it back."


class CannotPublish(Exception):
    """It cannot be published without approval; the sentence says why."""


class CannotApprove(Exception):
    """Somebody may not approve it; the sentence says why."""


def approve(*, page, seen: str, user, comment: str = "") -> None:
    """Approve the latest draft of a page that waits, which publishes it; `seen`: what the person has (`seen_as`).

    The step of the workflow and the log keep which draft it was. Raises CannotApprove.
    """
    with tree_lock():
        page = _locked(page)
        state = _waiting_state(page, user)
        revision = page.get_latest_revision()
        if seen_as(revision) != seen:
            raise CannotApprove(
                f"Nothing was approved: {revision.user or 'Somebody'} has changed this page since you opened it. Look "
                "at it again."
            )
        if faults := _faults_of(page, revision):
            raise CannotApprove(f"{faults} Send it back, or change it yourself; then somebody else approves it.")
        state.revision = revision
        state.approve(user=user, comment=comment)


def send_back(*, page, user, comment: str) -> None:
    """Send the draft of a page back, with a word on why. Raises CannotApprove."""
    with tree_lock():
        _waiting_state(_locked(page), user).reject(user=user, comment=comment)


def publish_unapproved(*, page, seen: str, reason: str, user, now: datetime) -> PublishedUnapproved:
    """Publish the latest draft of a page without a second pair of eyes; `seen`: what the person has (`seen_as`).

    Raises CannotPublish. The workflow that it is in ends; the reason is in the history of the page.
    """
    with tree_lock():
        page = _locked(page)
        revision = page.get_latest_revision()
        if revision is None or seen_as(revision) != seen:
            raise CannotPublish("Somebody has changed the draft meanwhile. Look at it again.")
        if not page.has_unpublished_changes:
            raise CannotPublish("There is nothing to publish: the draft is public already.")
        if faults := _faults_of(page, revision):
            raise CannotPublish(f"{faults} Open the page and submit it for approval: that asks. Then come back.")
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
        if why := why_not_approve_afterwards(published, user):
            raise CannotApprove(why)
        if published.approved_at:
            return
        published.approved_by, published.approved_at = user, now
        published.save(update_fields=["approved_by", "approved_at"])
        log(instance=page, action=LOOKED_AT, user=user, revision=published.revision)


def why_not_approve_afterwards(published: PublishedUnapproved, user) -> str:
    """Return in a sentence why somebody may not say that they have looked at it; "" when nothing is in the way."""
    if not may_approve(published.page.specific, user):
        return "You are not one of those who approve this page."
    if user.pk == published.by_id or (published.revision and published.revision.user_id == user.pk):
        return "You wrote or published it yourself: somebody else has to look at it."
    return ""


def _locked(page) -> BasePage:
    return BasePage.objects.select_for_update().get(pk=page.pk).specific


def _waiting_state(page, user):
    """Return the step that a page waits at. Raises CannotApprove for whoever may not take it."""
    state = step_waiting_at(page)
    if state is None:
        raise CannotApprove(NOT_WAITING)
    if why := why_not_approve(page, user, task=state.task.specific):
        raise CannotApprove(why)
    return state


def _faults_of(page, revision) -> str:
    """Return in a sentence what keeps a draft from being published by whomever; "" for nothing."""
    if page.is_tracked and needs_answer(page):
        return "Nobody has said yet whether people need to know what changed."
    if missing := what_is_missing(revision.as_object()):
        return f"The draft is not finished. Something is missing or wrong under {get_text_list(missing, 'and')}."
    return ""
