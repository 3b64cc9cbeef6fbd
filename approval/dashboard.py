"""What staff see of approval when they sign in."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.models import WorkflowState
from wagtail.permissions import policy_registry

from approval.models import PublishedUnapproved, SecondPairOfEyes
from approval.rights import may_see
from pages.models import BasePage

MOST_DRAFTS = 7


class DraftsPanel(Component):
    """Drafts that the person signed in changed last or handed in, the latest first, and what they wait for."""

    name = "drafts"
    order = 20
    template_name = "approval/drafts.html"

    def get_context_data(self, parent_context):
        """Ask for them; what they may not edit any more is left out."""
        user = parent_context["request"].user
        edits = policy_registry.get_by_type(BasePage).instances_user_has_permission_for(user, "change")
        handed_in = WorkflowState.objects.filter(
            object_id=Cast(OuterRef("pk"), CharField()),
            base_content_type=ContentType.objects.get_for_model(BasePage),
        )
        drafts = edits.filter(has_unpublished_changes=True).annotate(
            waits=Exists(handed_in.filter(status=WorkflowState.STATUS_IN_PROGRESS)),
            sent_back=Exists(handed_in.filter(status=WorkflowState.STATUS_NEEDS_CHANGES)),
        )
        theirs = Q(latest_revision__user=user) | Exists(handed_in.active().filter(requested_by=user))
        pages = list(drafts.filter(theirs).order_by("-latest_revision_created_at")[: MOST_DRAFTS + 1])
        return {"pages": pages[:MOST_DRAFTS], "has_more": len(pages) > MOST_DRAFTS}


class WaitingPanel(WorkflowObjectsToModeratePanel):
    """What waits for the approval of the person signed in, each with the way to what changes."""

    name = "waiting"
    order = 10
    template_name = "approval/waiting.html"

    def get_context_data(self, parent_context):
        """Ask Wagtail, and leave out what somebody may only look at because they changed it last."""
        states = super().get_context_data(parent_context)["states"]
        return {"waiting": [(each["obj"], each["task_state"], _place_of(each)) for each in states if each["actions"]]}


def _place_of(state: dict) -> str:
    """Return where somebody approves: on our screen, or, for other steps of a workflow, in the editor."""
    ours = isinstance(state["task_state"].task.specific, SecondPairOfEyes)
    return reverse("approval:look", args=[state["obj"].pk]) if ours else AdminURLFinder().get_edit_url(state["obj"])


class UnapprovedPanel(Component):
    """How much was published without approval and waits for somebody to look at it."""

    name = "unapproved"
    order = 35
    template_name = "approval/dashboard.html"

    def get_context_data(self, parent_context):
        """Count, for whoever approves something."""
        user = parent_context["request"].user
        waiting = PublishedUnapproved.objects.waiting().count() if may_see(user) else 0
        return {"waiting": waiting, "url": reverse("approval:report")}
