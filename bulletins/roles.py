"""Who works on bulletins."""

from accounts.roles import BULLETIN_APPROVERS, BULLETIN_EDITORS, SITE_MANAGERS, Approved, Grant, to_work_with

ARCHIVE = ["bulletins.BulletinIndexPage"]

GRANTS = [
    Grant(to=[BULLETIN_EDITORS, BULLETIN_APPROVERS], pages=ARCHIVE, may=["add", "change"]),
    Grant(to=[BULLETIN_APPROVERS], pages=ARCHIVE, may=["publish", "lock", "unlock"]),
    Grant(to=[SITE_MANAGERS], rights=to_work_with("bulletins.BulletinSettings")),
]
APPROVED = [Approved("Bulletins", page=ARCHIVE[0], by=[BULLETIN_APPROVERS])]
