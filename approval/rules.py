"""Which pages need approval, and who gives it."""

from wagtail.models import WorkflowPage

from approval.models import SecondPairOfEyes
from pages.permissions import once_a_request


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


def may_approve(page, user) -> bool:
    """Tell whether somebody is one of those who approve a page, whoever changed it."""
    task = task_of(page)
    return task is not None and task.user_can_access_editor(page, user)


def _places() -> dict[str, bool]:
    """Return {path of a page with an active workflow: whether that has a second pair of eyes}."""
    ours = set(
        SecondPairOfEyes.objects.filter(active=True, workflow_tasks__workflow__active=True).values_list(
            "workflow_tasks__workflow", flat=True
        )
    )
    held = WorkflowPage.objects.filter(workflow__active=True).values_list("page__path", "workflow")
    return {path: workflow in ours for path, workflow in held}
