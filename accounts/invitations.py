"""Asking somebody in. Nobody chooses a password for another: the person does, by a link in a mail."""

from datetime import datetime

from wagtail.log_actions import log

from accounts.letters import write_invitation
from accounts.models import User

INVITED = "accounts.invited"


class NotInvited(Exception):
    """The account has a password already, or is switched off."""


def invite(user: User, *, by: User | None, now: datetime) -> None:
    """Owe somebody who has no password yet the mail with the link. May be done again: each link works for 7 days.

    Raises NotInvited.
    """
    if not user.is_invited():
        raise NotInvited
    write_invitation(user, by=by, now=now)
    log(instance=user, action=INVITED, user=by)
