"""What staff see of the queues when they sign in."""

from django.db.models import Count, Q
from django.urls import reverse

from enquiries.models import EnquirySettings
from enquiries.viewsets import EnquiriesViewSetGroup
from pages.numbers import InOneRow, NumbersPanel, in_one_row
from pages.permissions import once_a_request
from pages.prepared import Day, Moment


class EnquiriesPanel(NumbersPanel):
    """How much waits in each queue, for whoever may work on it: one query more than the numbers, for the settings."""

    name = "enquiries"
    order = 60
    template_name = "enquiries/admin/dashboard.html"

    def depends_on(self, user):
        """Return after how many days something is overdue."""
        return _settings(user).answer_within_days if _queues_of(user) else None

    def counted(self, user):
        """Count what is open in each queue of theirs."""
        return [_counted(queue.model, user) for queue in _queues_of(user)]

    def get_context_data(self, parent_context):
        """Return the queues of the person signed in in which something waits."""
        user = parent_context["request"].user
        return {
            "queues": [
                numbers
                | {
                    "label": queue.menu_label,
                    "url": reverse(f"{queue.name}:index"),
                    "overdue_words": queue.model.overdue_words(_settings(user)),
                }
                for queue, numbers in zip(_queues_of(user), self.numbers, strict=True)
                if numbers["waiting"]
            ]
        }


def _queues_of(user) -> list:
    return [queue for queue in EnquiriesViewSetGroup.items if queue.model.may_be_handled_by(user)]


def _settings(user) -> EnquirySettings:
    return once_a_request(user, "settings of enquiries", EnquirySettings.load)


def _counted(model, user) -> InOneRow:
    """Count the rows of a queue that are open."""
    overdue = model.overdue_condition(now=Moment(), today=Day(), settings=_settings(user))
    return in_one_row(
        model.objects.open(),
        waiting=Count("pk"),
        mine=Count("pk", filter=Q(assigned_to=user)),
        overdue=Count("pk", filter=overdue),
    )
