"""What stands under "Send it to readers" on the mail screen of an issue."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.admin.ui.components import Component

from alerts.issues import issue_message
from alerts.messages.audience import will_hear
from alerts.models import Delivery, DeliveryState, Message
from alerts.staff import rights
from alerts.staff.message_screen import SCREEN
from bulletins.models import BulletinPage


class IssuePanel(Component):
    """Whom the issue goes to, how far that has come, and the form that sends it."""

    template_name = "alerts/admin/issue_panel.html"

    def __init__(self, request, issue: BulletinPage):
        self.request, self.issue = request, issue

    def get_context_data(self, parent_context):
        """Ask how many get it, and where it is."""
        now, user = timezone.now(), self.request.user
        message = issue_message(self.issue)
        counts = Delivery.objects.counted([message.pk]).get(message.pk, {}) if message else {}
        at_once, digests = will_hear(self.issue, moment=now)
        is_public = BulletinPage.objects.visible().filter(pk=self.issue.pk).exists()
        is_open = message is None or message.release_at is None or _went_to_nobody(message, counts)
        return {
            "at_once": at_once,
            "digests": digests,
            "is_to_come": is_open or _is_planned(message),
            "is_public": is_public,
            "standing": standing(message, counts, now=now),
            "not_told": message.not_told if message else "",
            "can_send": is_public and is_open and rights.may_send_issues(user),
            "can_cancel": _is_planned(message) and rights.may_send_issues(user),
            "message_url": reverse(SCREEN, args=[message.pk]) if counts and rights.may_see(user) else "",
            "send_url": reverse("alerts_staff:send_issue", args=[self.issue.pk]),
            "cancel_url": reverse("alerts_staff:cancel_issue", args=[self.issue.pk]),
            # A component is rendered without the request.
            "csrf_token": get_token(self.request),
        }


def standing(message: Message | None, counts: dict[str, int], *, now: datetime) -> str:
    """Return in a sentence how far the sending of an issue has come. `counts`: its deliveries, by state."""
    if message is None or message.release_at is None:
        return "It has not been sent."
    if message.spread_at is None:
        by = f" by {message.released_by}" if message.released_by else ""
        return (
            f"It {'goes out' if message.release_at > now else 'was to go out'} on {here(message.release_at)}, set{by}."
        )
    if message.not_told:
        return f"It was to go out on {here(message.release_at)}, and went to nobody."
    every, waiting = sum(counts.values()), counts.get(DeliveryState.WAITING, 0)
    failed = f" {counts[DeliveryState.FAILED]} failed." if counts.get(DeliveryState.FAILED) else ""
    if waiting:
        return f"It is being sent: {every - waiting} of {every} are done.{failed}"
    return f"It was sent to {counts.get(DeliveryState.SENT, 0)} on {here(message.spread_at)}.{failed}"


def here(moment: datetime) -> str:
    """Return a moment as clocks in London show it, whatever zone the person signed in has chosen."""
    return date_format(moment.astimezone(ZoneInfo(settings.TIME_ZONE)), "j F Y, H:i")


def _is_planned(message: Message | None) -> bool:
    return message is not None and message.release_at is not None and message.spread_at is None


def _went_to_nobody(message: Message, counts: dict[str, int]) -> bool:
    return bool(message.spread_at and message.not_told and not counts)
