"""Who answers what people send in."""

from accounts.roles import (
    BULLETIN_APPROVERS,
    BULLETIN_EDITORS,
    LIBRARY_APPROVERS,
    LIBRARY_EDITORS,
    PROCEDURE_APPROVERS,
    PROCEDURE_EDITORS,
    SITE_MANAGERS,
    Grant,
    to_work_with,
)


def _to_answer(kind: str) -> list[str]:
    return [f"enquiries.change_{kind}", f"enquiries.delete_{kind}"]


GRANTS = [
    Grant(to=[BULLETIN_EDITORS, BULLETIN_APPROVERS, SITE_MANAGERS], rights=_to_answer("newssubmission")),
    Grant(to=[PROCEDURE_EDITORS, PROCEDURE_APPROVERS, SITE_MANAGERS], rights=_to_answer("amendmentsuggestion")),
    Grant(to=[LIBRARY_EDITORS, LIBRARY_APPROVERS, SITE_MANAGERS], rights=_to_answer("accessibleformatrequest")),
    Grant(
        to=[SITE_MANAGERS],
        rights=[
            *_to_answer("auditquestion"),
            *_to_answer("problemreport"),
            *to_work_with("enquiries.EnquirySettings"),
        ],
    ),
]
