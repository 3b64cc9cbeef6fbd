"""What staff see of approval when they sign in."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.models import WorkflowState
from wagtail.permissions import policy_registry

from approval.models import PublishedUnapproved
from approval.rights import may_see
from pages.models import BasePage

MOST_DRAFTS = 7


class DraftsPanel(Component):
    """Drafts that the person signed in changed last, the latest first, and which of them wait for approval."""

    name = "drafts"
    order = 20
    template_name = "approval/drafts.html"

    def get_context_data(self, parent_context):
        """Ask for them; what they may not edit any more is left out."""
        user = parent_context["request"].user
        mine = policy_registry.get_by_type(BasePage).instances_user_has_permission_for(user, "change")
        mine = mine.filter(has_unpublished_changes=True, latest_revision__user=user)
        under_way = WorkflowState.objects.active().filter(object_id=Cast(OuterRef("pk"), CharField()))
        pages = list(
            mine.annotate(
                waits=Exists(under_way.filter(base_content_type=ContentType.objects.get_for_model(BasePage)))
            ).order_by("-latest_revision_created_at")[: MOST_DRAFTS + 1]
        )
        return {"pages": pages[:MOST_DRAFTS], "has_more": len(pages) > MOST_DRAFTS}


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
