"""What whoever looks after the site sees when signing in, where something is wrong."""

from django.core.cache import cache
from django.utils import timezone
from wagtail.admin.ui.components import Component

from clock.alarms import may_see, raised_alarms

# Alarms are of hours and days, ask several rooms, and are the same for everybody.
REMEMBERED_SECONDS = 60


class AlarmsPanel(Component):
    """A sentence for each thing that is wrong; nothing for whoever cannot do anything about it.

    Asked once a minute, whoever signs in; a health check asks anew.
    """

    name = "alarms"
    order = 10
    template_name = "clock/admin/dashboard.html"

    def get_context_data(self, parent_context):
        """Ask all alarms, for somebody who may see them."""
        if not may_see(parent_context["request"].user):
            return {"sentences": []}
        return {"sentences": cache.get_or_set("alarms", _sentences, REMEMBERED_SECONDS)}


def _sentences() -> list[str]:
    return raised_alarms(now=timezone.now())
