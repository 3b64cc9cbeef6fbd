"""What staff see of the queues when they sign in."""

from django.db.models import Count, Q, Value
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from enquiries.models import EnquirySettings
from enquiries.viewsets import EnquiriesViewSetGroup


class EnquiriesPanel(Component):
    """How much waits in each queue, for whoever may work on it: two queries, however many queues there are."""

    name = "enquiries"
    order = 60
    template_name = "enquiries/admin/dashboard.html"

    def get_context_data(self, parent_context):
        """Return the queues of the person signed in in which something waits."""
        user = parent_context["request"].user
        viewsets = [viewset for viewset in EnquiriesViewSetGroup.items if viewset.model.may_be_handled_by(user)]
        if not viewsets:
            return {"queues": []}
        settings, now = EnquirySettings.load(), timezone.now()
        counted = [_counted(viewset, user, settings=settings, now=now) for viewset in viewsets]
        waiting = {row["queue"]: row for row in counted[0].union(*counted[1:], all=True)}
        return {
            "queues": [
                waiting[viewset.name]
                | {
                    "label": viewset.menu_label,
                    "url": reverse(f"{viewset.name}:index"),
                    "overdue_words": viewset.model.overdue_words(settings),
                }
                for viewset in viewsets
                if waiting[viewset.name]["waiting"]
            ]
        }


def _counted(viewset, user, *, settings: EnquirySettings, now):
    """Return a row with the numbers of a queue."""
    overdue = viewset.model.overdue_condition(now=now, settings=settings)
    rows = viewset.model.objects.open().order_by().values(queue=Value(viewset.name))
    return rows.annotate(
        waiting=Count("pk"), mine=Count("pk", filter=Q(assigned_to=user)), overdue=Count("pk", filter=overdue)
    )
