"""Another e-mail address for an account: whoever has the old one hears of it, and so does whoever has the new one."""

from datetime import datetime

from wagtail.log_actions import log

from accounts.invitations import invite
from accounts.letters import write_notice
from accounts.models import User

ADDRESS_CHANGED = "accounts.address_changed"


def tell_of_new_address(user: User, *, before: str, by: User, now: datetime) -> None:
    """Owe both addresses word of the change, and log it; nothing where the address is the same but for capitals.

    Who has not chosen a password yet is asked in again instead: the link that they have works no more, and the old
    address may have been somebody else's by mistake.
    """
    if before.casefold() == user.email.casefold():
        return
    log(instance=user, action=ADDRESS_CHANGED, user=by, data={"before": before, "after": user.email})
    if user.is_invited():
        invite(user, by=by, now=now)
        return
    who = "You" if by == user else str(by)
    details = {"by": who, "before": before, "after": user.email}
    write_notice(user, of="address left", to=before, now=now, **details)
    write_notice(user, of="address", now=now, **details)
