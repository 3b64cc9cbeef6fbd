"""What people do at the door, in tests: sign in, set up a second factor, read their mail."""

import re
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.letters import send_owed
from accounts.models import User
from tests.factories import make_manager

PASSWORD = "a long enough password"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
DOOR, SECOND_STEP, SECOND_FACTORS = "/sign-in/", "/sign-in/code/", "/sign-in/second-factor/"


def make_person(email="rowan@board.example", *, second_factor=False, **fields) -> User:
    """Make a site manager with a password; with an app that shows codes and ten recovery codes, if asked for."""
    user = make_manager(email, PASSWORD)
    for name, value in fields.items():
        setattr(user, name, value)
    user.save()
    if second_factor:
        TOTP.activate(user, SECRET)
        RecoveryCodes.activate(user)
    return user


def sign_in(client: Client, user_or_email, password: str = PASSWORD, **extra):
    """Send the form; returns the answer. `next` is where somebody wanted to go."""
    email = getattr(user_or_email, "email", user_or_email)
    wanted = {"next": extra.pop("next")} if "next" in extra else {}
    return client.post(DOOR, {"login": email, "password": password, **wanted}, **extra)


def sign_in_fully(client: Client, user: User) -> Client:
    """Sign in with password and a recovery code, which unlike a code of the app has no time; returns the client."""
    sign_in(client, user)
    answer = client.post(SECOND_STEP, {"code": recovery_codes(user)[0]})
    assert answer.url == "/admin/", answer
    return client


def set_up_app(client: Client):
    """Set up an app that shows codes; returns the answer. It is told after the commit, so the test has to commit."""
    client.get(f"{SECOND_FACTORS}app/")
    secret = client.session["mfa.totp.secret"]
    return client.post(f"{SECOND_FACTORS}app/", {"code": code_at(timezone.now(), secret=secret)})


def code_at(moment: datetime, *, secret: str = SECRET) -> str:
    """Return what the app shows at a moment."""
    return format_hotp_value(hotp_value(secret, int(moment.timestamp()) // 30))


def recovery_codes(user: User) -> list[str]:
    """Return the recovery codes that were not used."""
    return Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()


def letters(*, now: datetime) -> list:
    """Have the mail that is owed sent; return it."""
    mail.outbox.clear()
    send_owed(now=now)
    return list(mail.outbox)


def path_in(message) -> str:
    """Return the address of the link in a mail, without the site's name."""
    return re.search(r"https?://[^/\s]+(/sign-in/password/choose/\S+)", message.body)[1]
