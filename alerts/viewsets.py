"""The list of subscribers in the admin."""

import django_filters
from django.db.models import Count
from django.urls import reverse
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import DateColumn, NumberColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from alerts.models import State, Subscriber
from alerts.staff_views import SCREEN, PersonView
from alerts.topics import offered


class PeopleDoItThemselves(ModelPermissionPolicy):
    """Nobody subscribes somebody else, nor changes what they chose; not even a site manager."""

    def user_has_permission(self, user, action):
        """Tell whether somebody may."""
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        """Tell whether somebody may do one of these."""
        return any(self.user_has_permission(user, action) for action in actions)


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


class SubscriberViewSet(ModelViewSet):
    """Who gets alerts."""

    model = Subscriber
    name = "alert-subscribers"
    menu_label = "Subscribers"
    icon = "user"
    index_view_class = ListView
    inspect_view_enabled = True
    inspect_view_class = PersonView
    inspect_template_name = PersonView.template_name
    copy_view_enabled = False
    add_to_reference_index = False
    list_per_page = 50
    ordering = ["-since", "-pk"]
    search_fields = ["address_key"]
    search_backend_name = None
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

    def get_urlpatterns(self):
        """Offer the list and the screen of one; people do the rest themselves."""
        offered_here = ("index", "index_results", "inspect")
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in offered_here]

    def get_common_view_kwargs(self, **kwargs):
        """Leave out the ways to the others, too."""
        others = ("add", "edit", "delete", "usage", "copy", "history")
        return super().get_common_view_kwargs(**kwargs) | {f"{name}_url_name": None for name in others}


register_permission_policy(Subscriber, PeopleDoItThemselves(Subscriber), exact_class=True)
