"""What happens when a workflow has approved something. Named by WAGTAIL_FINISH_WORKFLOW_ACTION.

Wagtail reads this file while its own models are made: whatever needs models is imported when it is used.
"""


def publish_approved(workflow_state, user=None) -> None:
    """Publish what a workflow has approved.

    Whoever approves need not have the right to publish: to approve is what publishes. What was published without
    approval before is looked at with it.
    """
    from django.utils import timezone

    from approval.models import PublishedUnapproved
    from pages.models import BasePage
    from pages.tree import tree_lock

    page = workflow_state.content_object
    with tree_lock():
        page.get_latest_revision().publish(user=user, skip_permission_checks=True)
        if isinstance(page, BasePage):
            waiting = PublishedUnapproved.objects.waiting().filter(page=page.pk)
            waiting.update(approved_by=user, approved_at=timezone.now())
