"""The roles in the board's office, and how rooms say what each may do.

A room declares it in its own `roles.py`, as jobs are declared to the clock:

    GRANTS = [Grant(to=[PROCEDURE_EDITORS], pages=["procedures.ManualPage"], may=["add", "change"])]

`accounts.granting` makes one group for each role and gives it that.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Role:
    """A role. Its name is that of its group, and means the same for ever."""

    name: str
    does: str


BULLETIN_EDITORS = Role("Bulletin editors", "write bulletins, sort what is sent in for them, and hand them in")
BULLETIN_APPROVERS = Role("Bulletin approvers", "what editors do, approve bulletins, and send them to readers")
PROCEDURE_EDITORS = Role("Procedures editors", "write chapters, answer suggestions, and hand chapters in")
PROCEDURE_APPROVERS = Role("Procedures approvers", "what editors do, approve chapters, and take them back")
LIBRARY_EDITORS = Role("Library editors", "put files and resources into the library, and hand resources in")
LIBRARY_APPROVERS = Role("Library approvers", "what editors do, approve resources, and take them back")
SITE_MANAGERS = Role("Site managers", "everything: pages, people, settings, and publishing without approval")

EDITORS = (BULLETIN_EDITORS, PROCEDURE_EDITORS, LIBRARY_EDITORS)
APPROVERS = (BULLETIN_APPROVERS, PROCEDURE_APPROVERS, LIBRARY_APPROVERS)
EVERYBODY = (*EDITORS, *APPROVERS, SITE_MANAGERS)


@dataclass(frozen=True)
class Grant:
    """What some roles may do.

    rights: permissions, as "app.codename"; pages: page types, as "app.Model": `may` holds for each page of such a type
    and all below it ("" for the whole tree): add, change, publish, lock, unlock, bulk_delete; files: permissions in all
    collections of pictures and documents, as "app.codename".
    """

    to: Sequence[Role]
    rights: Sequence[str] = ()
    pages: Sequence[str] = ()
    may: Sequence[str] = ()
    files: Sequence[str] = ()


def to_work_with(*models: str) -> list[str]:
    """Return the rights to add, change and delete rows of these models, given as "app.model"."""
    named = (model.lower().split(".") for model in models)
    return [f"{app}.{action}_{model}" for app, model in named for action in ("add", "change", "delete", "view")]


@dataclass(frozen=True)
class Approved:
    """What is public only when a second person has approved it: pages of a type and all below them.

    `name` is that of the workflow, and means the same for ever. A room declares it in `roles.py` as `APPROVED`.
    """

    name: str
    page: str
    by: Sequence[Role]
