"""What staff see of the queues when they sign in."""

from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from enquiries.viewsets import EnquiriesViewSetGroup


class EnquiriesPanel(Component):
    """How much waits in each queue; nothing for whoever may not work on one."""

    name = "enquiries"
    order = 60
    template_name = "enquiries/admin/dashboard.html"

    def get_context_data(self, parent_context):
        """Return the queues of the person signed in in which something waits."""
        user = parent_context["request"].user
        viewsets = [viewset for viewset in EnquiriesViewSetGroup.items if viewset.model.may_be_handled_by(user)]
        return {"queues": [queue for viewset in viewsets if (queue := _queue(viewset, user))["waiting"]]}


def _queue(viewset, user) -> dict:
    waiting = viewset.model.objects.open()
    return {
        "label": viewset.menu_label,
        "url": reverse(f"{viewset.name}:index"),
        "waiting": waiting.count(),
        "mine": waiting.filter(assigned_to=user).count(),
        "overdue": waiting.overdue(now=timezone.now()).count(),
        "overdue_words": viewset.model.overdue_words(),
    }
