"""What the lists say of the pages that they show: asked for all of them together, and for no others."""

from django.db.models import Max, prefetch_related_objects
from django.utils import timezone
from wagtail.models import WorkflowState

from approval.models import PublishedUnapproved
from explorer.states import State, scheduled_drafts
from pages.models import BasePage
from updates.models import Edition


def tell_rows(pages: list[BasePage]) -> None:
    """Give each page what the columns show: `last_edition` (a time or None), `notes` and its owner.

    At most four queries, however many pages there are.
    """
    keys = [page.pk for page in pages]
    prefetch_related_objects(pages, "owner")
    editions = dict(_newest_editions().filter(page__in=keys).values_list("page", "last_edition"))
    unapproved = set(PublishedUnapproved.objects.waiting().filter(page__in=keys).values_list("page", flat=True))
    go_live = _go_live_times([page for page in pages if page.approved_schedule])
    for page in pages:
        page.last_edition = editions.get(page.pk)
        page.notes = _notes(page, go_live=go_live.get(page.pk), is_unapproved=page.pk in unapproved)


def edited_between(first, last):
    """Return the keys of pages whose newest edition came into force between two times (None: without an end)."""
    rows = _newest_editions()
    if first:
        rows = rows.filter(last_edition__gte=first)
    if last:
        rows = rows.filter(last_edition__lte=last)
    return rows.values("page")


def _newest_editions():
    return Edition.objects.order_by().values("page").annotate(last_edition=Max("in_force_from"))


def _go_live_times(pages) -> dict[int, object]:
    if not pages:
        return {}
    drafts = scheduled_drafts().filter(object_id__in=[str(page.pk) for page in pages])
    return {int(key): moment for key, moment in drafts.values_list("object_id", "approved_go_live_at")}


def _notes(page, *, go_live, is_unapproved) -> list[str]:
    """Return what is to be said of a page beside the one word for its state."""
    workflow = page.current_workflow_state
    notes = []
    if workflow and workflow.status == WorkflowState.STATUS_NEEDS_CHANGES:
        notes.append(State.SENT_BACK.label)
    if go_live:
        notes.append(f"Goes live {_moment(go_live)}")
    if page.live and page.expire_at:
        notes.append(f"Until {_moment(page.expire_at)}")
    if is_unapproved:
        notes.append(State.UNAPPROVED.label)
    return notes


def _moment(moment) -> str:
    local = timezone.localtime(moment)
    return f"{local.day} {local:%B %Y, %H:%M}"
