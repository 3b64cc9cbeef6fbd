"""The list of messages in the admin: what was told, and how far each has come."""

import django_filters
from django.urls import reverse
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.permissions import register_permission_policy

from alerts.models import Delivery, DeliveryState, Kind, Message
from alerts.staff.message_screen import SCREEN, MessageView
from alerts.staff.only_looked_at import ListAndScreen, OnlyLookedAt

# In the order in which they are named.
COUNTED = (DeliveryState.WAITING, DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.DROPPED)


class MessageFilters(WagtailFilterSet):
    """Narrows the list."""

    kind = django_filters.ChoiceFilter(label="Kind", choices=Kind, empty_label="All")
    holds = django_filters.ChoiceFilter(
        label="With some that are", choices=DeliveryState, empty_label="Whatever their state", method="keep_with"
    )
    moment = django_filters.DateFromToRangeFilter(label="When it happened", widget=DateRangePickerWidget)

    class Meta:
        model = Message
        fields = []

    def keep_with(self, messages, name, value):
        """Keep messages of which some delivery is in a state."""
        return messages.with_some(value)


class ListView(generic.IndexView):
    """The list."""

    any_permission_required = ["view"]

    def paginate_queryset(self, queryset, page_size):
        """Count the deliveries of the rows that are shown, in one query; those of all messages may be millions."""
        paginator, page, rows, has_others = super().paginate_queryset(queryset, page_size)
        rows = page.object_list = list(rows)
        found = Delivery.objects.counted([message.pk for message in rows])
        for message in rows:
            message.counts = found.get(message.pk, {})
        return paginator, page, rows, has_others


def _how_far(message: Message) -> str:
    """Return how far it has come in words: four columns of numbers leave no room for titles on a narrow screen."""
    found = [f"{number:,} {state.label.lower()}" for state in COUNTED if (number := message.counts.get(state, 0))]
    return ", ".join(found) or "Nobody"


class MessageViewSet(ListAndScreen):
    """What was told to subscribers."""

    model = Message
    name = "alert-messages"
    menu_label = "Messages"
    icon = "mail"
    index_view_class = ListView
    inspect_view_class = MessageView
    inspect_template_name = MessageView.template_name
    list_per_page = 30
    ordering = ["-moment", "-pk"]
    search_fields = ["title"]
    form_fields = ["title"]
    filterset_class = MessageFilters
    list_display = [
        TitleColumn("title", label="Title", get_url=lambda message: reverse(SCREEN, args=[message.pk])),
        Column("kind", label="Kind", accessor="get_kind_display", width="12%"),
        DateColumn("moment", label="When", sort_key="moment", width="14%"),
        Column("deliveries", label="To people", accessor=_how_far, width="24%"),
    ]


register_permission_policy(Message, OnlyLookedAt(Message), exact_class=True)
