"""Leaving, by a button or by the one click that mail programs offer, taking it back, and being left alone for good."""

from contextlib import suppress

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import TemplateView, View

from alerts import links
from alerts.link_views import FromAMail
from alerts.models import State, Subscriber
from alerts.querysets import UNDO_DAYS
from alerts.services import TooLateToUndo, leave, may_undo, stop, undo


@method_decorator(csrf_exempt, name="dispatch")
class Leave(FromAMail, TemplateView):
    """The button that stops all alerts; afterwards it says so, and offers to take it back.

    The same address takes the "one click" of mail programs (RFC 8058): a POST, answered at once and without a redirect,
    whoever sends it and however often.
    """

    template_name = "alerts/leave.html"
    purpose = links.LEAVE

    def get_context_data(self, **kwargs):
        """Add how it stands."""
        subscriber = self.subscriber
        return super().get_context_data(**kwargs) | {
            "state": subscriber.state if subscriber else "",
            "may_undo": bool(subscriber) and may_undo(subscriber, now=timezone.now()),
            "undo_days": UNDO_DAYS,
            "is_back": self.request.GET.get("done") == "back",
            "token": self.kwargs["token"],
        }

    def post(self, request, *args, **kwargs):
        """Stop all alerts."""
        if self.subscriber:
            with suppress(Subscriber.DoesNotExist):
                leave(self.subscriber, now=timezone.now())
        if _is_one_click(request):
            return HttpResponse("You get no more alerts from us.\n", content_type="text/plain; charset=utf-8")
        return redirect("alerts:leave", token=self.kwargs["token"])


def _is_one_click(request) -> bool:
    """Tell whether a mail program asks; what cannot be read is no reason to refuse what has been done."""
    try:
        return request.POST.get("List-Unsubscribe") == "One-Click"
    except (BadRequest, SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        return False


@method_decorator(csrf_exempt, name="dispatch")
class Undo(FromAMail, View):
    """Gives somebody who left everything back that they had."""

    purpose = links.LEAVE

    def get(self, request, *args, **kwargs):
        """Lead to the page with the button."""
        return redirect("alerts:leave", token=self.kwargs["token"])

    def post(self, request, *args, **kwargs):
        """Take leaving back; the page says how it stands then."""
        response = redirect("alerts:leave", token=self.kwargs["token"])
        if self.subscriber:
            with suppress(TooLateToUndo, Subscriber.DoesNotExist):
                undo(self.subscriber, now=timezone.now())
                response["Location"] += "?done=back"
        return response


@method_decorator(csrf_exempt, name="dispatch")
class Never(FromAMail, TemplateView):
    """The button for people whose address somebody else typed: we never write to it again."""

    template_name = "alerts/never.html"
    purpose = links.NEVER

    def get_context_data(self, **kwargs):
        """Add whether that is so already."""
        is_stopped = self.subscriber is not None and self.subscriber.state == State.STOPPED
        return super().get_context_data(**kwargs) | {"is_known": self.subscriber is not None, "is_stopped": is_stopped}

    def post(self, request, *args, **kwargs):
        """Stop all mail to the address."""
        if self.subscriber:
            with suppress(Subscriber.DoesNotExist):
                stop(self.subscriber, now=timezone.now())
        return redirect("alerts:never", token=self.kwargs["token"])
