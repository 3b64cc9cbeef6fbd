"""What staff see of alerts when they sign in."""

from django.core.cache import cache
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from alerts.alarms import failed_lately, what_waits
from alerts.issues import not_sent_yet
from alerts.messages.audience import will_hear
from alerts.staff import rights
from clock.alarms import may_see
from clock.dashboard import REMEMBERED_SECONDS
from pages.numbers import NumbersPanel, in_one_row
from pages.prepared import Day, Moment

ISSUES_SHOWN = 3


class AlertsPanel(NumbersPanel):
    """What waits for too long or has failed, and issues that nobody has sent; each for those who may act on it."""

    name = "alerts"
    order = 55
    template_name = "alerts/admin/dashboard.html"
    # Not a number, and remembered by itself: what waits.
    is_empty = False

    def counted(self, user):
        """Count what failed, and issues, each for those who may see them."""
        failed, issues = failed_lately(now=Moment()), not_sent_yet(now=Moment(), today=Day())
        return [
            *([in_one_row(failed, failed=Count("pk"))] if rights.may_see(user) else []),
            *([in_one_row(issues, issues=Count("pk"))] if rights.may_send_issues(user) else []),
        ]

    def get_context_data(self, parent_context):
        """Ask for the issues, and for what waits."""
        user, now = parent_context["request"].user, timezone.now()
        numbers = {name: number for row in self.numbers for name, number in row.items()}
        return {
            # Who is told of alarms has it among them.
            "waits": _what_waits() if rights.may_see(user) and not may_see(user) else "",
            "failed": numbers.get("failed", 0),
            "issues": _issues(user, now=now) if numbers.get("issues") else [],
        }


def _what_waits() -> str:
    # The same for everybody, and a matter of hours.
    return cache.get_or_set("alerts-that-wait", lambda: what_waits(now=timezone.now()), REMEMBERED_SECONDS)


def _issues(user, *, now) -> list[dict]:
    issues = not_sent_yet(now=now, today=timezone.localdate(now)).defer("items", "introduction")[:ISSUES_SHOWN]
    return [_reminder(issue, now=now) for issue in issues if issue.permissions_for_user(user).can_edit()]


def _reminder(issue, *, now) -> dict:
    url = reverse("bulletins_mail:screen", args=[issue.pk])
    return {"title": issue.title, "url": url, "people": sum(will_hear(issue, moment=now))}
