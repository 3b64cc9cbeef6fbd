"""What staff see of alerts when they sign in."""

from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from alerts.alarms import failed_lately, what_waits
from alerts.issues import not_sent_yet
from alerts.messages.audience import will_hear
from alerts.staff import rights
from clock.alarms import may_see

ISSUES_SHOWN = 3


class AlertsPanel(Component):
    """What waits for too long or has failed, and issues that nobody has sent; each for those who may act on it."""

    name = "alerts"
    order = 55
    template_name = "alerts/admin/dashboard.html"

    def get_context_data(self, parent_context):
        """Ask for what the person signed in may see."""
        user, now = parent_context["request"].user, timezone.now()
        sees = rights.may_see(user)
        return {
            # Who is told of alarms has it among them.
            "waits": what_waits(now=now) if sees and not may_see(user) else "",
            "failed": failed_lately(now=now) if sees else 0,
            "issues": _issues(user, now=now) if rights.may_send_issues(user) else [],
        }


def _issues(user, *, now) -> list[dict]:
    issues = not_sent_yet(now=now).defer("items", "introduction")[:ISSUES_SHOWN]
    return [_reminder(issue, now=now) for issue in issues if issue.permissions_for_user(user).can_edit()]


def _reminder(issue, *, now) -> dict:
    url = reverse("bulletins_mail:screen", args=[issue.pk])
    return {"title": issue.title, "url": url, "people": sum(will_hear(issue, moment=now))}
