"""What staff see of approval when they sign in."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Count, Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.home import LockedPagesPanel, WorkflowObjectsToModeratePanel
from wagtail.models import TaskState, WorkflowState
from wagtail.permissions import policy_registry

from approval.models import PublishedUnapproved, SecondPairOfEyes
from approval.rights import may_see
from pages.models import BasePage
from pages.numbers import NumbersPanel, in_one_row

MOST_DRAFTS = 7


class DraftsPanel(NumbersPanel):
    """Drafts that the person signed in changed last or handed in, the latest first, and what they wait for."""

    name = "drafts"
    order = 20
    template_name = "approval/drafts.html"

    def counted(self, user):
        """Count them."""
        return [in_one_row(_drafts_of(user), drafts=Count("pk"))]

    def get_context_data(self, parent_context):
        """Ask for the latest, and how it stands with them."""
        handed_in = _handed_in()
        drafts = _drafts_of(parent_context["request"].user).annotate(
            waits=Exists(handed_in.filter(status=WorkflowState.STATUS_IN_PROGRESS)),
            sent_back=Exists(handed_in.filter(status=WorkflowState.STATUS_NEEDS_CHANGES)),
        )
        pages = drafts.order_by("-latest_revision_created_at")[:MOST_DRAFTS]
        return {"pages": pages, "has_more": self.numbers[0]["drafts"] > MOST_DRAFTS}


def _drafts_of(user):
    """Return the drafts of somebody; what they may not edit any more is left out."""
    edits = policy_registry.get_by_type(BasePage).instances_user_has_permission_for(user, "change")
    theirs = Q(latest_revision__user=user) | Exists(_handed_in().active().filter(requested_by=user))
    # In this order: SQLite asks of each page first what stands first, and few are drafts.
    return (BasePage.objects.filter(has_unpublished_changes=True) & edits).filter(theirs)


def _handed_in():
    """Return how it stood and stands with the approval of a page, in a question about it."""
    return WorkflowState.objects.filter(
        object_id=Cast(OuterRef("pk"), CharField()),
        base_content_type=ContentType.objects.get_for_model(BasePage),
    )


class WaitingPanel(NumbersPanel, WorkflowObjectsToModeratePanel):
    """What waits for the approval of the person signed in, each with the way to what changes."""

    name = "waiting"
    order = 10
    template_name = "approval/waiting.html"

    def counted(self, user):
        """Count what may be for them: what waits for somebody like them, or for another step than ours."""
        ours = Q(task__content_type=ContentType.objects.get_for_model(SecondPairOfEyes))
        theirs = Q(task__in=SecondPairOfEyes.objects.filter(groups__user=user).values("pk"))
        steps = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task__active=True)
        return [in_one_row(steps if user.is_superuser else steps.filter(theirs | ~ours), steps=Count("pk"))]

    def get_context_data(self, parent_context):
        """Ask Wagtail, and leave out what somebody may only look at because they changed it last."""
        states = super().get_context_data(parent_context)["states"]
        return {"waiting": [(each["obj"], each["task_state"], _place_of(each)) for each in states if each["actions"]]}


def _place_of(state: dict) -> str:
    """Return where somebody approves: on our screen, or, for other steps of a workflow, in the editor."""
    ours = isinstance(state["task_state"].task.specific, SecondPairOfEyes)
    return reverse("approval:look", args=[state["obj"].pk]) if ours else AdminURLFinder().get_edit_url(state["obj"])


class LockedPanel(NumbersPanel, LockedPagesPanel):
    """Pages that the person signed in has locked."""

    def counted(self, user):
        """Count them."""
        return [in_one_row(BasePage.objects.filter(locked=True, locked_by=user), locked=Count("pk"))]


class UnapprovedPanel(NumbersPanel):
    """How much was published without approval and waits for somebody to look at it."""

    name = "unapproved"
    order = 35
    template_name = "approval/dashboard.html"

    def depends_on(self, user):
        """Return whether they approve something."""
        return may_see(user)

    def counted(self, user):
        """Count, for whoever approves something."""
        return [in_one_row(PublishedUnapproved.objects.waiting(), waiting=Count("pk"))] if may_see(user) else []

    def get_context_data(self, parent_context):
        """Give the number."""
        return self.numbers[0] | {"url": reverse("approval:report")}
