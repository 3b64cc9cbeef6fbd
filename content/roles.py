"""Who looks after the words of the glossary."""

from accounts.roles import PROCEDURE_APPROVERS, PROCEDURE_EDITORS, SITE_MANAGERS, Grant, to_work_with

GRANTS = [
    Grant(to=[PROCEDURE_EDITORS, PROCEDURE_APPROVERS, SITE_MANAGERS], rights=to_work_with("content.GlossaryTerm")),
]
