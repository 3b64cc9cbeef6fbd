"""The buttons that send again what failed."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from alerts.models import Delivery, Message, Subscriber
from alerts.retrying import HasLeft, HasNotFailed, retry, retry_all
from alerts.staff import rights
from alerts.staff.message_screen import SCREEN


class Retry(rights.Needs, View):
    """Lets one delivery be tried again."""

    right = staticmethod(rights.may_retry)
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        """Do it, and say what became of it."""
        delivery = get_object_or_404(Delivery.objects.select_related("message"), pk=self.kwargs["pk"])
        try:
            retry(delivery, user=request.user, now=timezone.now())
        except HasLeft:
            messages.error(request, "Not sent again: this person has left, or gets no mail any more.")
        except HasNotFailed:
            messages.info(request, "This one has not failed any more; somebody may have had it sent again just now.")
        else:
            messages.success(request, "It is sent again within a minute or two.")
        return redirect(SCREEN, delivery.message_id)


class RetryAll(rights.Needs, WagtailAdminTemplateMixin, TemplateView):
    """Lets everything of a message that failed be tried again, after a second thought."""

    right = staticmethod(rights.may_retry)
    template_name = "alerts/admin/retry_all.html"
    page_title = "Send again what failed"
    header_icon = "mail"

    @cached_property
    def message(self) -> Message:
        """The message."""
        return get_object_or_404(Message, pk=self.kwargs["pk"])

    def get_breadcrumbs_items(self):
        """Lead back to the message."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("alert-messages:index"), "label": "Messages"},
            {"url": reverse(SCREEN, args=[self.message.pk]), "label": self.message.title},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs):
        """Add how many there are, and how many of them have left."""
        failed = self.message.deliveries.failed()
        wanted = failed.filter(subscriber__in=Subscriber.objects.active()).count()
        return super().get_context_data(**kwargs) | {
            "message": self.message,
            "wanted": wanted,
            "left": failed.count() - wanted,
            "back_url": reverse(SCREEN, args=[self.message.pk]),
        }

    def post(self, request, *args, **kwargs):
        """Do it, and say how many wait again and how many do not."""
        done = retry_all(self.message, user=request.user, now=timezone.now())
        said = messages.success if done.waiting else messages.warning
        said(request, words_for(waiting=done.waiting, left=done.left))
        return redirect(SCREEN, self.message.pk)


def words_for(*, waiting: int, left: int) -> str:
    """Return what staff are told who had all that failed sent again."""
    words = [f"{waiting} sent again within a few minutes." if waiting else "Nothing is sent again."]
    if left:
        words.append(f"{left} not: {'this person has' if left == 1 else 'these people have'} left.")
    return " ".join(words)


urlpatterns = [
    path("alert-messages/retry/<int:pk>/", Retry.as_view(), name="retry"),
    path("alert-messages/retry-all/<int:pk>/", RetryAll.as_view(), name="retry_all"),
]
