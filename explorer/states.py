"""The states of a page, in the words of the lists."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Q, TextChoices
from django.db.models.functions import Cast
from wagtail.models import Revision, WorkflowState

from approval.models import PublishedUnapproved
from pages.models import BasePage


class State(TextChoices):
    """What staff ask for. A page can be in several: public with a draft, and that draft waiting for approval."""

    DRAFT = "draft", "Draft"
    WAITING = "waiting", "Waiting for approval"
    SENT_BACK = "sent-back", "Changes asked for"
    SCHEDULED = "scheduled", "Scheduled"
    LIVE = "live", "Live"
    LIVE_DRAFT = "live-draft", "Live + draft"
    UNAPPROVED = "unapproved", "Published without approval"
    WITHDRAWN = "withdrawn", "Withdrawn"
    EXPIRED = "expired", "Expired"


def in_state(*states: str) -> Q:
    """Return the condition for pages that are in one of these states (values of State)."""
    asked = Q()
    for state in states:
        asked |= _CONDITIONS[state]()
    return asked


def scheduled_drafts():
    """Return the drafts that are to be published at a time."""
    return Revision.page_revisions.exclude(approved_go_live_at=None)


def _keys_of(rows):
    """Return the keys of the pages that these rows are about; Wagtail keeps them as text."""
    return rows.order_by().values_list(Cast("object_id", BigIntegerField()), flat=True)


def _not_public(**more) -> Q:
    return Q(live=False, withdrawn_as="", **more) & ~_scheduled()


def _public(**more) -> Q:
    return Q(live=True, **more) & ~_scheduled()


def _scheduled() -> Q:
    return Q(pk__in=_keys_of(scheduled_drafts()))


def _under_way(status: str) -> Q:
    of_pages = WorkflowState.objects.filter(base_content_type=ContentType.objects.get_for_model(BasePage))
    return Q(pk__in=_keys_of(of_pages.filter(status=status)))


_CONDITIONS = {
    State.DRAFT: lambda: _not_public(expired=False),
    State.WAITING: lambda: _under_way(WorkflowState.STATUS_IN_PROGRESS),
    State.SENT_BACK: lambda: _under_way(WorkflowState.STATUS_NEEDS_CHANGES),
    State.SCHEDULED: _scheduled,
    State.LIVE: lambda: _public(has_unpublished_changes=False),
    State.LIVE_DRAFT: lambda: _public(has_unpublished_changes=True),
    State.UNAPPROVED: lambda: Q(pk__in=PublishedUnapproved.objects.waiting().order_by().values("page")),
    State.WITHDRAWN: lambda: ~Q(withdrawn_as=""),
    State.EXPIRED: lambda: _not_public(expired=True),
}
