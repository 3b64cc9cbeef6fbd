"""What the queues in the admin have in common. A kind of enquiry extends `EnquiryViewSet` and `EnquiryFilters`."""

import django_filters
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from enquiries.queue_views import EnquiryView, QueueView
from enquiries.states import State


class NobodyAdds(ModelPermissionPolicy):
    """People send these in; a site manager, who may do everything, cannot make one either."""

    def user_has_permission(self, user, action):
        """Tell whether somebody may; adding, nobody may."""
        return action != "add" and super().user_has_permission(user, action)


class QueueMenuItem(MenuItem):
    """The way to a queue, for those who may work on it."""

    def __init__(self, *args, model, **kwargs):
        super().__init__(*args, **kwargs)
        self.model = model

    def is_shown(self, request):
        """Tell whether the person signed in may see the queue."""
        return self.model.may_be_handled_by(request.user)


class EnquiryFilters(WagtailFilterSet):
    """Narrows a queue."""

    state = django_filters.ChoiceFilter(
        label="State", choices=[("open", "Open"), *State.choices], empty_label="All", method="keep_state"
    )
    whose = django_filters.ChoiceFilter(
        label="Assigned to", choices=[("me", "Me"), ("nobody", "Nobody")], empty_label="All", method="keep_whose"
    )
    overdue = django_filters.ChoiceFilter(
        label="Overdue", choices=[("yes", "Open for too long")], empty_label="All", method="keep_overdue"
    )

    def keep_state(self, queryset, name, value):
        """Keep one state, or those in which somebody has to do something."""
        return queryset.open() if value == "open" else queryset.filter(state=value)

    def keep_whose(self, queryset, name, value):
        """Keep what is assigned to the person signed in, or to nobody."""
        return queryset.filter(assigned_to=self.request.user if value == "me" else None)

    def keep_overdue(self, queryset, name, value):
        """Keep what has been open for longer than its kind allows."""
        return queryset.overdue(now=timezone.now())


REFERENCE = Column("reference", label="Reference", accessor="reference_display")
RECEIVED = DateColumn("received_at", label="Received", sort_key="received_at")
STATE = StatusTagColumn(
    "state",
    label="State",
    accessor="get_state_display",
    sort_key="state",
    primary=lambda enquiry: enquiry.is_open,
)
ASSIGNED = Column("assigned_to", label="Assigned to", accessor=lambda enquiry: enquiry.assigned_to or "Nobody")
LOOK_FIRST = StatusTagColumn(
    "warning",
    label="Look first",
    accessor=lambda enquiry: enquiry.look_first(),
    primary=lambda enquiry: bool(enquiry.look_first()),
)


class EnquiryViewSet(ModelViewSet):
    """A queue. A kind gives `model`, `form_class`, `filterset_class`, a template, and columns of its own."""

    icon = "mail"
    index_view_class = QueueView
    edit_view_class = EnquiryView
    edit_template_name = "enquiries/admin/enquiry.html"
    copy_view_enabled = False
    add_to_reference_index = False
    list_per_page = 50
    ordering = ["-received_at"]
    search_fields = ["reference", "sender_name", "sender_agency", "sender_email"]
    search_backend_name = None
    form_class = None
    list_display = ["subject", REFERENCE, RECEIVED, STATE, ASSIGNED, LOOK_FIRST]

    def get_form_class(self, for_update=False):
        """Return the form of the screen."""
        return self.form_class

    def get_menu_item(self, order=None):
        """Return the entry of the menu."""
        return QueueMenuItem(
            self.menu_label,
            self.menu_url,
            name=self.menu_name,
            icon_name=self.menu_icon,
            order=order or self.menu_order,
            model=self.model,
        )

    def get_urlpatterns(self):
        """Leave out the addresses of what nobody does here: adding one, and looking for its uses."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name not in ("add", "usage")]

    def get_common_view_kwargs(self, **kwargs):
        """Leave out the ways to them, too."""
        return super().get_common_view_kwargs(**kwargs) | {"add_url_name": None, "usage_url_name": None}
