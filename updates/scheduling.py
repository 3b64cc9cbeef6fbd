"""Publishing and expiry at a set time: each page (or snippet) in one transaction, at most once.

Wagtail's own command clears the schedule before it saves the page, outside a transaction: killed at the wrong moment it
loses the publication for good. Here everything about one page is committed together, and whether it is still due is
asked again under the tree lock, so that two processes at once do nothing twice.
"""

from datetime import datetime

from django.apps import apps
from wagtail.models import DraftStateMixin, Revision

from pages.models import BasePage
from pages.tree import tree_lock


def due_revisions(*, now: datetime):
    """Return the revisions whose approved time has come, earliest first."""
    return Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at", "pk")


def expired(model, *, now: datetime):
    """Return what of this model is still public past its expiry time, earliest first."""
    return model.objects.filter(live=True, expire_at__lt=now).order_by("expire_at", "pk")


def models_with_schedule() -> list:
    """Return every model that can be published and taken down at a set time; all pages count as one."""
    return [BasePage] + [
        model
        for model in apps.get_models()
        if issubclass(model, DraftStateMixin) and not issubclass(model, BasePage) and not model._meta.proxy
    ]


def publish_when_due(*, revision_id: int, now: datetime) -> bool:
    """Publish the revision if it is (still) due; return whether it was.

    What was also due to be taken down by now, because nobody ran the command in between, is taken down at once: both
    are in its history, and no reader sees it.
    """
    with tree_lock():
        revision = due_revisions(now=now).filter(pk=revision_id).first()
        if revision is None:
            return False
        revision.publish(log_action="wagtail.publish.scheduled")
        take_down_when_expired(model=type(revision.base_content_object), pk=revision.object_id, now=now)
        return True


def take_down_when_expired(*, model, pk, now: datetime) -> bool:
    """Unpublish the object if it is (still) public past its expiry time; return whether it was."""
    with tree_lock():
        found = expired(model, now=now).filter(pk=pk).first()
        if found is None:
            return False
        found.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        return True
