"""How long somebody stays signed in, and how it ends everywhere at once."""

from datetime import datetime, timedelta

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.utils.crypto import get_random_string

from accounts.models import User

LONGEST = timedelta(seconds=settings.SESSION_COOKIE_AGE)


def end_sessions(*, user: User, but=None) -> None:
    """End all sessions of a person at once; `but`: the request whose own session goes on, under a new key."""
    user.session_stamp = get_random_string(32)
    user.save(update_fields=["session_stamp"])
    if but is not None and but.user == user:
        but.user.session_stamp = user.session_stamp
        update_session_auth_hash(but, user)


def is_over(request, *, now: datetime) -> bool:
    """Tell whether somebody signed in too long ago, whatever they have done since.

    The cookie alone would not say: its time begins again whenever something is written into the session.
    """
    records = get_authentication_records(request, request.user)
    return bool(records) and now.timestamp() - records[0]["at"] > LONGEST.total_seconds()
