"""What staff see of approval when they sign in."""

from django.urls import reverse
from wagtail.admin.ui.components import Component

from approval.models import PublishedUnapproved
from approval.rights import may_see


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
