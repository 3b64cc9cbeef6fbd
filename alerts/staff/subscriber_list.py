"""The list of subscribers in the admin."""

import django_filters
from django.db.models import Count
from django.urls import reverse
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import DateColumn, NumberColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.permissions import register_permission_policy

from alerts.models import State, Subscriber
from alerts.staff.only_looked_at import ListAndScreen, OnlyLookedAt
from alerts.staff.subscriber_screen import SCREEN, PersonView
from alerts.topics import offered


class SubscriberFilters(WagtailFilterSet):
    """Narrows the list."""

    state = django_filters.ChoiceFilter(label="State", choices=State, empty_label="All")
    topic = django_filters.ChoiceFilter(
        label="Hears of",
        choices=lambda: [(topic.key, f"{topic.group}: {topic.title}") for topic in offered()],
        empty_label="Anything",
        field_name="subscriptions__topic",
    )

    class Meta:
        model = Subscriber
        fields = []


class ListView(generic.IndexView):
    """The list, for those who may see addresses."""

    any_permission_required = ["view"]

    def get_base_queryset(self):
        """Count together with the rows what each has chosen."""
        return super().get_base_queryset().annotate(alerts=Count("subscriptions"))


class SubscriberViewSet(ListAndScreen):
    """Who gets alerts."""

    model = Subscriber
    name = "alert-subscribers"
    menu_label = "Subscribers"
    icon = "user"
    index_view_class = ListView
    inspect_view_class = PersonView
    inspect_template_name = PersonView.template_name
    list_per_page = 50
    ordering = ["-since", "-pk"]
    search_fields = ["address_key"]
    form_fields = ["state"]
    filterset_class = SubscriberFilters
    list_display = [
        TitleColumn(
            "address",
            label="Address",
            sort_key="address_key",
            get_url=lambda subscriber: reverse(SCREEN, args=[subscriber.pk]),
        ),
        StatusTagColumn(
            "state",
            label="State",
            accessor="get_state_display",
            sort_key="state",
            primary=lambda subscriber: subscriber.state == State.ACTIVE,
        ),
        NumberColumn("alerts", label="Alerts", width="12%"),
        DateColumn("since", label="Since", sort_key="since", width="18%"),
    ]


register_permission_policy(Subscriber, OnlyLookedAt(Subscriber), exact_class=True)
