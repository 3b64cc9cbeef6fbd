"""Who sees what readers look for, and does something about it."""

from accounts.roles import (
    LIBRARY_APPROVERS,
    LIBRARY_EDITORS,
    PROCEDURE_APPROVERS,
    PROCEDURE_EDITORS,
    SITE_MANAGERS,
    Grant,
    to_work_with,
)

GRANTS = [
    Grant(
        to=[PROCEDURE_EDITORS, PROCEDURE_APPROVERS, LIBRARY_EDITORS, LIBRARY_APPROVERS, SITE_MANAGERS],
        rights=["search.view_lookedfor", *to_work_with("search.SameWords")],
    ),
    Grant(to=[SITE_MANAGERS], rights=to_work_with("search.PromotedAnswer", "search.EmergencyPhrase")),
]
