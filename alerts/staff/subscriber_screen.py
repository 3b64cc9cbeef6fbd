"""The screen of one subscriber, and what staff do there."""

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from alerts.forms import NOT_PUBLIC
from alerts.models import State, Subscriber
from alerts.people import erase, export, stop
from alerts.topics import named, offered

LIST = "alert-subscribers:index"
SCREEN = "alert-subscribers:inspect"
LATEST = 20


class PersonView(generic.InspectView):
    """What is stored about a subscriber, and the buttons."""

    any_permission_required = ["view"]
    page_title = "Alerts"
    template_name = "alerts/admin/person.html"

    def get_context_data(self, **kwargs):
        """Add what they have chosen, agreed to and been sent, and what the person signed in may do."""
        rows = list(self.object.subscriptions.all())
        topics = named([row.topic for row in rows], among=offered())
        may = {action: _may(self.request.user, action) for action in ("export", "erase", "stop")}
        return super().get_context_data(**kwargs) | {
            "subscriber": self.object,
            "alerts": [(topics[row.topic].title if row.topic in topics else NOT_PUBLIC, row) for row in rows],
            "consents": self.object.consents.all()[:20],
            "deliveries": self.object.deliveries.select_related("message")[:LATEST],
            "may_see_messages": self.request.user.has_perm("alerts.view_message"),
            "may_export": may["export"],
            "may_erase": may["erase"],
            "may_stop": may["stop"] and self.object.state != State.STOPPED,
        }


class _OfAPerson(View):
    """What all buttons share: whose they are, and who may press them (`action`)."""

    action = ""

    def dispatch(self, request, *args, **kwargs):
        """Turn away whoever may not do this."""
        if not _may(request.user, self.action):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def subscriber(self) -> Subscriber:
        """The subscriber."""
        return get_object_or_404(Subscriber, pk=self.kwargs["pk"])


def _may(user, action: str) -> bool:
    # What cannot be seen cannot be worked on.
    return user.has_perms(["alerts.view_subscriber", f"alerts.{action}_subscriber"])


class Export(_OfAPerson):
    """Everything about a subscriber as a file."""

    action = "export"
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        """Answer the file; nothing on the way keeps it."""
        response = JsonResponse(export(self.subscriber, user=request.user), json_dumps_params={"indent": 2})
        response["Content-Disposition"] = f'attachment; filename="subscriber-{self.subscriber.public_id.hex[:8]}.json"'
        response["Cache-Control"] = "private, no-store"
        return response


class AreYouSure(_OfAPerson, WagtailAdminTemplateMixin, TemplateView):
    """A button that needs a second thought."""

    template_name = "alerts/admin/sure.html"
    header_icon = "mail"
    done = ""

    def get_breadcrumbs_items(self):
        """Lead back to the list and the subscriber."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse(LIST), "label": "Subscribers"},
            {"url": reverse(SCREEN, args=[self.subscriber.pk]), "label": str(self.subscriber)},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs):
        """Add whom it is about."""
        back_url = reverse(SCREEN, args=[self.subscriber.pk])
        context = {"subscriber": self.subscriber, "action": self.action, "back_url": back_url}
        return super().get_context_data(**kwargs) | context

    def post(self, request, *args, **kwargs):
        """Do it, say so, and lead on."""
        self.act()
        messages.success(request, self.done)
        return redirect(self.next_url())


class Erase(AreYouSure):
    """Erases a subscriber."""

    action = "erase"
    page_title = "Erase a subscriber"
    done = "Erased. Nothing about this person is stored any more, except in backups."

    def act(self):
        """Erase."""
        erase(self.subscriber, user=self.request.user)

    def next_url(self) -> str:
        """Return the address of the list."""
        return reverse(LIST)


class Stop(AreYouSure):
    """Stops all mail to a subscriber."""

    action = "stop"
    page_title = "Stop all mail to a subscriber"
    done = "Stopped. Neither alerts nor links go to this address."

    def act(self):
        """Stop."""
        stop(self.subscriber, user=self.request.user, now=timezone.now())

    def next_url(self) -> str:
        """Return the address of the subscriber."""
        return reverse(SCREEN, args=[self.subscriber.pk])


urlpatterns = [
    path("alert-subscribers/export/<int:pk>/", Export.as_view(), name="export"),
    path("alert-subscribers/erase/<int:pk>/", Erase.as_view(), name="erase"),
    path("alert-subscribers/stop/<int:pk>/", Stop.as_view(), name="stop"),
]
