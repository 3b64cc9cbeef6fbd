"""Who is counted: people who read, and not robots, browsers that fetch in advance, or staff."""

from django.conf import settings

from counting.robots import is_robot


def is_reader(request) -> bool:
    """Tell whether a request is counted. Nothing but what this asks is looked at, and nothing of it is written down."""
    return (
        not _is_in_advance(request.headers)
        and not is_robot(request.headers.get("User-Agent", ""))
        and not _is_staff(request)
    )


def _is_in_advance(headers) -> bool:
    """Whether the browser fetches it in case it is wanted (https://wicg.github.io/nav-speculation/prefetch.html)."""
    return any("prefetch" in headers.get(name, "").lower() for name in ("Sec-Purpose", "Purpose", "X-Moz"))


def _is_staff(request) -> bool:
    # Without the cookie nobody is signed in: the session is not even looked for.
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return request.user.is_active and request.user.has_perm("wagtailadmin.access_admin")
