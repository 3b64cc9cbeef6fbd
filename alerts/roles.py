"""Who sends what, and who may see who gets it."""

from accounts.roles import BULLETIN_APPROVERS, PROCEDURE_APPROVERS, SITE_MANAGERS, Grant

GRANTS = [
    Grant(
        to=[BULLETIN_APPROVERS, SITE_MANAGERS],
        rights=["alerts.view_message", "alerts.send_issue_message", "alerts.retry_message"],
    ),
    Grant(to=[PROCEDURE_APPROVERS, SITE_MANAGERS], rights=["alerts.view_message", "alerts.send_urgent_message"]),
    Grant(
        to=[SITE_MANAGERS],
        rights=[f"alerts.{action}_subscriber" for action in ("view", "export", "erase", "stop")],
    ),
]
