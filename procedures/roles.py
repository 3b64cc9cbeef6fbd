"""Who works on the procedures manual."""

from accounts.roles import PROCEDURE_APPROVERS, PROCEDURE_EDITORS, Approved, Grant

MANUAL = ["procedures.ManualPage"]

GRANTS = [
    Grant(to=[PROCEDURE_EDITORS, PROCEDURE_APPROVERS], pages=MANUAL, may=["add", "change"]),
    Grant(to=[PROCEDURE_APPROVERS], pages=MANUAL, may=["publish", "lock", "unlock"]),
]
APPROVED = [Approved("Procedures", page=MANUAL[0], by=[PROCEDURE_APPROVERS])]
