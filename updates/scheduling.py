"""Publishing and expiry at a set time: each page (or snippet) in one transaction, at most once.

Wagtail's own command clears the schedule before it saves the page, outside a transaction: killed at the wrong moment it
loses the publication for good. Here everything about one page is committed together, and whether it is still due is
asked again under the tree lock, so that two processes at once do nothing twice.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.apps import apps
from wagtail.models import DraftStateMixin, Revision

from pages.models import BasePage
from pages.tree import tree_lock

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Step:
    """One thing that is due: what it is, as the end of "Would …" or "Could not …", and what does it, if still due."""

    sentence: str
    do: Callable[[], bool]


def steps_due(*, now: datetime) -> Iterator[Step]:
    """Yield what is to be taken down and published: all expiries first."""
    for model in models_with_schedule():
        for found in expired(model, now=now).iterator():
            sentence = f'take down {model._meta.verbose_name} "{found}", expired {found.expire_at:%Y-%m-%d %H:%M}'
            yield Step(sentence, partial(take_down_when_expired, model=model, pk=found.pk, now=now))
    for pk, name, due in due_revisions(now=now).values_list("pk", "object_str", "approved_go_live_at"):
        sentence = f'publish "{name}" (revision {pk}), due {due:%Y-%m-%d %H:%M}'
        yield Step(sentence, partial(publish_when_due, revision_id=pk, now=now))


def carry_out(steps: Iterable[Step]) -> Iterator[tuple[Step, bool, Exception | None]]:
    """Do each step and yield it with whether it was still due, and why it failed. A failure ends nothing: it is logged.

    One broken page must not keep all others from going live.
    """
    for step in steps:
        try:
            yield step, step.do(), None
        except Exception as error:
            logger.exception("Could not %s", step.sentence)
            yield step, False, error


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
