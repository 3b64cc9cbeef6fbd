"""The browsers in which somebody has signed in before: a cookie that only the pages of sign-in are sent.

It opens nothing. Tries made with it are counted by themselves (`accounts.limits`), so that a stranger who guesses keeps
nobody out of their own browser.
"""

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import get_random_string

COOKIE = "known_browser"
SALT = "accounts.browsers"
KNOWN_FOR_SECONDS = 180 * 24 * 60 * 60


def known_as(request, *, user_id) -> str:
    """Return the name under which a person's browser is known; "" where it is not, or is somebody else's."""
    try:
        known = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KNOWN_FOR_SECONDS)
    except signing.BadSignature:
        return ""
    return known["browser"] if user_id is not None and known["user"] == user_id else ""


def remember(response, *, user_id) -> None:
    """Let this browser be known from now on; the person who signs in last is the one it knows."""
    response.set_cookie(
        COOKIE,
        signing.dumps({"user": user_id, "browser": get_random_string(32)}, salt=SALT),
        max_age=KNOWN_FOR_SECONDS,
        path=reverse("account_login"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
