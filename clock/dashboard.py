"""What whoever looks after the site sees when signing in, where something is wrong."""

from django.utils import timezone
from wagtail.admin.ui.components import Component

from clock.alarms import may_see, raised_alarms


class AlarmsPanel(Component):
    """A sentence for each thing that is wrong; nothing for whoever cannot do anything about it."""

    name = "alarms"
    order = 10
    template_name = "clock/admin/dashboard.html"

    def get_context_data(self, parent_context):
        """Ask all alarms, for somebody who may see them."""
        user = parent_context["request"].user
        return {"sentences": raised_alarms(now=timezone.now()) if may_see(user) else []}
