"""What the form under "Send it to readers" does."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import View
from wagtail.admin import messages

from alerts.issues import CannotSend, cancel, send_issue
from alerts.staff import rights
from alerts.staff.issue_panel import here
from bulletins.models import BulletinPage


class SendForm(forms.Form):
    """Now or at a time, and a box to tick. `moment()`: when, for a form that is valid."""

    sure = forms.BooleanField(error_messages={"required": "Tick the box if you are sure. Nothing was sent."})
    when = forms.ChoiceField(
        choices=[("now", "Now"), ("at", "At a time")], error_messages={"required": "Choose now or a time."}
    )
    # As it was typed: Django would read it in the zone that the person signed in has chosen.
    at = forms.CharField(required=False, max_length=30)

    def clean(self):
        """Read the time as clocks in London show it."""
        cleaned = super().clean()
        cleaned["moment"] = None
        if cleaned.get("when") == "at":
            cleaned["moment"] = _read(cleaned.get("at", ""))
            if cleaned["moment"] is None:
                self.add_error("at", "Give a day and a time that there is. Nothing was sent.")
        return cleaned


def _read(typed: str) -> datetime | None:
    """Return the moment that was typed; None where there is none, as when clocks go forward."""
    try:
        moment = datetime.fromisoformat(typed)
    except ValueError:
        return None
    if moment.tzinfo is not None or not 2000 < moment.year < 9000:
        return None
    zone = ZoneInfo(settings.TIME_ZONE)
    moment = moment.replace(tzinfo=zone)
    # Clocks skip an hour in spring.
    is_there = moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == moment.replace(tzinfo=None)
    return moment if is_there else None


class _OfAnIssue(rights.Needs, View):
    """A button of the screen: who may send, and may open that screen, may press it."""

    right = staticmethod(rights.may_send_issues)
    http_method_names = ["post"]

    @cached_property
    def issue(self) -> BulletinPage:
        """The issue. Raises PermissionDenied for whoever may not open its screen."""
        issue = get_object_or_404(BulletinPage, pk=self.kwargs["pk"])
        if not issue.permissions_for_user(self.request.user).can_edit():
            raise PermissionDenied
        return issue

    def post(self, request, *args, **kwargs):
        """Do it, and say what became of it."""
        try:
            messages.success(request, self.act(self.issue))
        except CannotSend as refusal:
            messages.error(request, str(refusal))
        return redirect("bulletins_mail:screen", self.issue.pk)


class SendIssue(_OfAnIssue):
    """Sends an issue, now or at a time."""

    def act(self, issue: BulletinPage) -> str:
        """Do it, and return what is said."""
        form = SendForm(self.request.POST)
        if not form.is_valid():
            raise CannotSend(" ".join(words for errors in form.errors.values() for words in errors))
        now = timezone.now()
        moment = form.cleaned_data["moment"]
        send_issue(issue, at=moment or now, user=self.request.user, now=now)
        return f"It goes out on {here(moment)}." if moment else "It goes out now."


class CancelIssue(_OfAnIssue):
    """Takes back that an issue is to be sent."""

    def act(self, issue: BulletinPage) -> str:
        """Do it, and return what is said."""
        cancel(issue, user=self.request.user)
        return "Cancelled. Nobody has got this issue."


urlpatterns = [
    path("alert-messages/issue/<int:pk>/send/", SendIssue.as_view(), name="send_issue"),
    path("alert-messages/issue/<int:pk>/cancel/", CancelIssue.as_view(), name="cancel_issue"),
]
