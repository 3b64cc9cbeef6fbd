"""What stands in the way of publishing a page of a bundle, in a sentence each."""

from dataclasses import dataclass

from django.utils.text import get_text_list
from wagtail.locks import ScheduledForPublishLock

from approval.complete import what_is_missing
from bundles.models import Bundle, BundledPage
from updates.questions import needs_answer


@dataclass(frozen=True)
class Obstacle:
    """Something that has to be put right first."""

    title: str
    why: str

    def __str__(self):
        return f"“{self.title}”: {self.why}"


def obstacles(bundle: Bundle) -> list[Obstacle]:
    """Return everything that keeps a bundle from being published, page by page."""
    rows = list(bundle.bundled.select_related("page"))
    if not rows:
        return [Obstacle(bundle.title, "there is no page in it yet.")]
    paths = {row.page.path for row in rows if row.page}
    return [Obstacle(row.title, why) for row in rows for why in _of(row, bundle, paths)]


def _of(row: BundledPage, bundle: Bundle, paths: set[str]):
    if row.page is None:
        yield "it was deleted. Take it out of the bundle."
        return
    page = row.page.specific
    if not page.has_unpublished_changes:
        yield "there is nothing new in it. Change it, or take it out of the bundle."
    draft = page.get_latest_revision()
    if page.scheduled_revision or isinstance(page.get_lock(), ScheduledForPublishLock):
        yield "it is set to be published at a time of its own. Cancel that first."
    elif draft and draft.as_object().go_live_at:
        yield "its draft has a time of its own to go live. Empty that: the bundle has one for all."
    if page.is_tracked and needs_answer(page):
        yield "say below its title whether people need to know what changed."
    if draft and (missing := what_is_missing(draft.as_object())):
        yield f"the draft is not finished. Something is missing or wrong under {get_text_list(missing, 'and')}."
    parent = page.get_parent()
    if parent and not parent.live and parent.path not in paths:
        yield f"it stands below “{parent.title}”, which is not public. Put that into the bundle, too."
    others = BundledPage.objects.filter(page=row.page, bundle__in=Bundle.objects.unfinished()).exclude(bundle=bundle)
    if other := others.select_related("bundle").first():
        yield f"it is in another bundle, “{other.bundle}”, too."
