"""What happens at the door is written into Wagtail's log, under the account that it is about; sessions end with it."""

from allauth.account import signals as account
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import signals as second_factor_signals
from allauth.mfa.models import Authenticator
from django.dispatch import receiver
from django.utils import timezone
from wagtail.log_actions import log

from accounts.letters import write_notice
from accounts.second_factor import NAMES, has_one, use_up_codes_shown
from accounts.sessions import end_sessions

SIGNED_IN = "accounts.signed_in"
PASSWORD_CHANGED = "accounts.password_changed"  # noqa: S105  (the name of an event)
ADDED, REMOVED = "accounts.second_factor_added", "accounts.second_factor_removed"
CODE_USED, CODES_MADE = "accounts.recovery_code_used", "accounts.recovery_codes_made"
# How somebody signed in, as the log says it.
WAYS = {"password": "a password", "password_reset": "a link in a mail", "socialaccount": "the provider"}
CODE = {Authenticator.Type.RECOVERY_CODES: "a recovery code", Authenticator.Type.TOTP: "a code of an app"}


@receiver(account.user_logged_in)
def log_sign_in(request, user, **kwargs):
    """Log that somebody has signed in, and with what."""
    ways = dict.fromkeys(_way(record) for record in _records(request, user))
    log(instance=user, action=SIGNED_IN, user=user, data={"with": list(ways)})


def _way(record: dict) -> str:
    kind = record.get("type")
    return CODE.get(kind) or NAMES.get(kind) or WAYS.get(record["method"], record["method"])


def _records(request, user) -> list[dict]:
    return get_authentication_records(request, user)


@receiver([account.password_changed, account.password_set, account.password_reset])
def log_password(request, user, **kwargs):
    """Log a new password. Other sessions have ended with the old one."""
    log(instance=user, action=PASSWORD_CHANGED, user=user)


@receiver(second_factor_signals.authenticator_added)
def take_second_factor(request, user, authenticator, **kwargs):
    """Log it. With the first one all other sessions end: they were begun by whoever knew the password alone."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return
    log(instance=user, action=ADDED, user=user, data={"what": NAMES[authenticator.type]})
    if authenticator.type == Authenticator.Type.TOTP:
        use_up_codes_shown(authenticator)
    others = Authenticator.objects.filter(user=user).exclude(pk=authenticator.pk)
    if not others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
        end_sessions(user=user, but=request)
    record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type, reauthenticated=True)


@receiver(second_factor_signals.authenticator_removed)
def end_sessions_with_second_factor(request, user, authenticator, **kwargs):
    """Log it, and end all other sessions. Without any left this one is asked for another before it may do more."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return
    log(instance=user, action=REMOVED, user=user, data={"what": NAMES[authenticator.type]})
    end_sessions(user=user, but=request)
    if not has_one(user):
        kept = [record for record in _records(request, user) if record["method"] != "mfa"]
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = kept


@receiver(second_factor_signals.authenticator_reset)
def log_new_codes(request, user, **kwargs):
    """Log that recovery codes were made again."""
    log(instance=user, action=CODES_MADE, user=user)


@receiver(second_factor_signals.authenticator_used)
def log_recovery_code(request, user, authenticator, **kwargs):
    """Log a recovery code that was used, and tell the person: whoever finds the list may be somebody else."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        log(instance=user, action=CODE_USED, user=user, data={"left": len(authenticator.wrap().get_unused_codes())})
        write_notice(user, of="code used", now=timezone.now())
