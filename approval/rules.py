"""Which pages need approval, and who gives it."""

from wagtail.models import WorkflowPage, WorkflowState

from approval.models import SecondPairOfEyes, changed_last
from pages.permissions import once_a_request


def step_waiting_at(page):
    """Return the state of the second pair of eyes that the draft of a page waits for; None where it waits for none."""
    state = page.current_workflow_task_state
    return state if state and isinstance(state.task.specific, SecondPairOfEyes) else None


def sent_back_by(page):
    """Return the state of the step at which a draft was sent back, and not handed in again since; None for none."""
    state = page.current_workflow_state
    return state.current_task_state if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES else None


def needs_approval(page, user) -> bool:
    """Tell whether a page is published by approval alone: the workflow that holds there has a second pair of eyes.

    One query for each user object, that is for each request, however many pages are asked about.
    """
    places = once_a_request(user, "places that need approval", _places)
    above = [path for path in places if page.path.startswith(path)]
    return bool(above) and places[max(above, key=len)]


def task_of(page) -> SecondPairOfEyes | None:
    """Return the step that the approval of a page is; None where none is needed."""
    workflow = page.get_workflow()
    if workflow is None:
        return None
    return SecondPairOfEyes.objects.filter(active=True, workflow_tasks__workflow=workflow).first()


def may_approve(page, user, *, task: SecondPairOfEyes | None = None) -> bool:
    """Tell whether somebody is one of those who approve a page, whoever changed it; `task`: the step it waits at."""
    task = task or task_of(page)
    return task is not None and task.user_can_access_editor(page, user)


def why_not_approve(page, user, *, task: SecondPairOfEyes | None = None) -> str:
    """Return in a sentence why somebody may not approve the latest draft of a page; "" when nothing is in the way."""
    if not may_approve(page, user, task=task):
        return f"You are not one of those who approve “{page.get_admin_display_title()}”."
    if changed_last(page, user):
        return f"You changed “{page.get_admin_display_title()}” last: somebody else has to approve it."
    return ""


def _places() -> dict[str, bool]:
    """Return {path of a page with an active workflow: whether that has a second pair of eyes}."""
    ours = set(
        SecondPairOfEyes.objects.filter(active=True, workflow_tasks__workflow__active=True).values_list(
            "workflow_tasks__workflow", flat=True
        )
    )
    held = WorkflowPage.objects.filter(workflow__active=True).values_list("page__path", "workflow")
    return {path: workflow in ours for path, workflow in held}
