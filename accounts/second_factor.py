"""The second factor: who needs one, whether it has been shown, and how it is taken from somebody who has lost it."""

import time
from datetime import datetime

from allauth.account.authentication import get_authentication_records
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.db import transaction
from wagtail.log_actions import log

from accounts.giving import may_look_after
from accounts.letters import write_notice
from accounts.models import User
from accounts.sessions import end_sessions

OPENS_THE_ADMIN = "wagtailadmin.access_admin"
RESETS = "accounts.reset_second_factor"
RESET_LOGGED_AS = "accounts.second_factor_reset"

# What each is called in mails and in the log.
NAMES = {
    Authenticator.Type.TOTP: "an app that shows codes",
    Authenticator.Type.WEBAUTHN: "a passkey",
    Authenticator.Type.RECOVERY_CODES: "recovery codes",
}


class NotAllowed(Exception):
    """Nobody removes their own second factor this way, and only site managers that of a site manager."""


def is_owed(request) -> bool:
    """Tell whether a person who may open the admin has yet to show a second factor in this session.

    Asked of the session, not of the account: who signed in with the password alone, elsewhere, before there was a
    second factor, has not shown it.
    """
    if not settings.SECOND_FACTOR_REQUIRED or was_shown(request):
        return False
    return request.user.has_perm(OPENS_THE_ADMIN)


def was_shown(request) -> bool:
    """Tell whether this session was begun with a second factor: ours, or one that the provider vouches for."""
    methods = {record["method"] for record in get_authentication_records(request, request.user)}
    return "mfa" in methods or (settings.OIDC_SECOND_FACTOR and "socialaccount" in methods)


def has_one(user: User) -> bool:
    """Tell whether somebody has a second factor. Recovery codes alone are none."""
    return Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


def may_reset(user: User, *, by: User) -> bool:
    """Tell whether one person may remove the second factor of another."""
    if user.pk == by.pk or not by.has_perm(RESETS):
        return False
    return may_look_after(user, by=by)


def reset(user: User, *, by: User | None, reason: str, now: datetime) -> None:
    """Remove the second factor of somebody who has lost it. Their sessions end, it is logged, and they are told.

    `by` is None for whoever has the server's command line. Raises NotAllowed.
    """
    if by is not None and not may_reset(user, by=by):
        raise NotAllowed
    with transaction.atomic():
        Authenticator.objects.filter(user=user).delete()
        end_sessions(user=user)
        log(instance=user, action=RESET_LOGGED_AS, user=by, data={"reason": reason})
        write_notice(user, of="reset", by=str(by or "Whoever looks after the server"), reason=reason, now=now)


@transaction.atomic
def authenticator_that_fits(user: User, code: str) -> Authenticator | None:
    """Return the app or the recovery codes that a code is of, and use it up; None where it fits neither.

    allauth's own test remembers used codes in the cache for 30 seconds: while a Redis is away nobody could sign in,
    and a code that is taken for 90 seconds could be used twice. Here the row remembers the last one.
    """
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES]
    for authenticator in Authenticator.objects.select_for_update().filter(user=user, type__in=kinds).order_by("-type"):
        is_app = authenticator.type == Authenticator.Type.TOTP
        if _use_code_of_app(authenticator, code) if is_app else authenticator.wrap().validate_code(code):
            # Recovery codes are written by another copy of the row.
            return Authenticator.objects.get(pk=authenticator.pk)
    return None


def use_up_codes_shown(authenticator: Authenticator) -> None:
    """Let the code with which an app was set up, and those before it, open nothing."""
    authenticator.data["last_step"] = int(time.time()) // settings.MFA_TOTP_PERIOD
    authenticator.save(update_fields=["data"])


def _use_code_of_app(authenticator: Authenticator, code: str) -> bool:
    """Tell whether the app shows this code now, or did just before, and it has not been used."""
    secret, last = decrypt(authenticator.data["secret"]), authenticator.data.get("last_step", 0)
    for step in yield_hotp_counters_from_time():
        if step > last and compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            authenticator.data["last_step"] = step
            authenticator.save(update_fields=["data"])
            return True
    return False
