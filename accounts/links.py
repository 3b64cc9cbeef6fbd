"""The links in mails to staff with which a password is chosen: signed, for one purpose, good once."""

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import User

RESET, INVITATION = "reset", "invitation"
HOUR_SECONDS = 60 * 60
INVITATION_DAYS = 7
WORKS_FOR = {RESET: HOUR_SECONDS, INVITATION: INVITATION_DAYS * 24 * HOUR_SECONDS}


def link(user: User, *, purpose: str) -> str:
    """Return the whole address for a mail."""
    return settings.SITE_URL + reverse("account_reset_password_from_key", args=[purpose, token(user, purpose=purpose)])


def token(user: User, *, purpose: str) -> str:
    """Return the signed part of a link. It is of no use once the person has chosen a password or signed in."""
    return signing.dumps({"user": user.pk, "state": _state(user)}, salt=f"accounts.{purpose}")


def person_behind(signed: str, *, purpose: str) -> User | None:
    """Return whose link it is; None for one that is too old, was used, was made up, or is of a deactivated account."""
    if purpose not in WORKS_FOR:
        return None
    try:
        said = signing.loads(signed, salt=f"accounts.{purpose}", max_age=WORKS_FOR[purpose])
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=said["user"], is_active=True).first()
    if user is None or not constant_time_compare(said["state"], _state(user)):
        return None
    return user if purpose == RESET or user.is_invited() else None


def _state(user: User) -> str:
    """Return a code that changes with whatever must end a link."""
    parts = (user.email, user.password, user.last_login and user.last_login.isoformat(), user.session_stamp)
    return salted_hmac("accounts.links", repr(parts), algorithm="sha256").hexdigest()[:32]
