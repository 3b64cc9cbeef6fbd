"""What the lists of pages can be narrowed by.

Each filter keeps pages by their keys: the admin's search takes no other condition on what is not in its index.
"""

import django_filters
from django.db.models import Q
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.utils import timezone
from wagtail.admin.filters import DateRangePickerWidget, MultipleContentTypeFilter, WagtailFilterSet
from wagtail.models import get_page_content_types
from wagtail.permissions import policy_registry

from accounts.models import User
from explorer.rows import edited_between
from explorer.states import State, in_state
from pages.models import Audience, BasePage, Topic
from review_dates.due import CHOICES, narrow

NOBODY, LEFT = "nobody", "left"


def explorable(request):
    """Return the pages that the person may see in the lists."""
    return policy_registry.get_by_type(BasePage).explorable_instances(request.user).order_by()


def owners(request) -> list[tuple[str, str]]:
    """Return the choices of owners: nobody, those who have left, and everybody else who owns a page that is seen."""
    people = User.objects.filter(pk__in=explorable(request).values("owner"), is_active=True)
    named = [(str(person.pk), str(person)) for person in people.order_by("first_name", "last_name", "email")]
    return [(NOBODY, "Nobody"), (LEFT, "Somebody who has left"), *named]


def types_in_use(request):
    """Return the types of the pages that the person may see."""
    types = get_page_content_types(include_base_page_type=False)
    return types.filter(pk__in=explorable(request).values("content_type"))


class PageFilters(WagtailFilterSet):
    """State, owner, review, type, last edition, topic, audience."""

    state = django_filters.MultipleChoiceFilter(
        label="State", choices=State.choices, widget=CheckboxSelectMultiple, method="keep_states"
    )
    owner = django_filters.MultipleChoiceFilter(
        label="Owner", choices=[], widget=CheckboxSelectMultiple, method="keep_owned"
    )
    review = django_filters.ChoiceFilter(
        label="Review due",
        choices=[(name, label) for name, label in CHOICES.items() if name != "all"],
        empty_label="All",
        widget=RadioSelect,
        method="keep_due",
    )
    content_type = MultipleContentTypeFilter(label="Type", queryset=types_in_use, widget=CheckboxSelectMultiple)
    last_edition = django_filters.DateFromToRangeFilter(
        label="Last edition", widget=DateRangePickerWidget, method="keep_edited"
    )
    topic = django_filters.ModelMultipleChoiceFilter(
        label="Topic", queryset=Topic.objects.all(), widget=CheckboxSelectMultiple, method="keep_about"
    )
    audience = django_filters.ModelMultipleChoiceFilter(
        label="Audience", queryset=Audience.objects.all(), widget=CheckboxSelectMultiple, method="keep_for"
    )

    class Meta:
        model = BasePage
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["owner"].extra["choices"] = owners(self.request)

    def keep_owned(self, queryset, name, chosen):
        """Keep pages of any of the people chosen."""
        owned = Q(owner__in=[key for key in chosen if key not in (NOBODY, LEFT)])
        if NOBODY in chosen:
            owned |= Q(owner=None)
        if LEFT in chosen:
            owned |= Q(owner__is_active=False)
        return _keep(queryset, BasePage.objects.filter(owned)) if chosen else queryset

    def keep_states(self, queryset, name, states):
        """Keep pages in any of the states."""
        return _keep(queryset, BasePage.objects.filter(in_state(*states))) if states else queryset

    def keep_due(self, queryset, name, which):
        """Keep public pages that are to be looked at then."""
        return _keep(queryset, narrow(BasePage.objects.all(), which=which, today=timezone.localdate()))

    def keep_edited(self, queryset, name, between):
        """Keep pages whose newest edition is of those days."""
        return queryset.filter(pk__in=edited_between(between.start, between.stop))

    def keep_about(self, queryset, name, topics):
        """Keep pages that carry any of the topics, as they were last published."""
        return _keep(queryset, BasePage.objects.filter(topics__in=topics)) if topics else queryset

    def keep_for(self, queryset, name, audiences):
        """Keep pages that are for any of the audiences, as they were last published."""
        return _keep(queryset, BasePage.objects.filter(audiences__in=audiences)) if audiences else queryset


def _keep(queryset, pages):
    return queryset.filter(pk__in=pages.order_by().values("pk"))
