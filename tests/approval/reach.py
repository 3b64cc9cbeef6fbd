"""Every address of the admin, and which roles get an answer there."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import URLResolver, get_resolver

NOTHING = "999999999"
TABLE = Path(__file__).with_name("reach.txt")
HEADER = """\
# Every address of the admin, and who gets an answer to GET there: B bulletin, P procedures, L library, small letters
# editors and capitals approvers; M site managers; S somebody who may open the admin and nothing else; - nobody, or
# only who presses a button. The page in it is one that only site managers work on; what has no row here has a number
# that nothing has. Written by `WRITE_REACH=1 python -m pytest tests/approval/test_reach.py`: read what changes.
"""
# Where somebody is led who may not.
TURNED_AWAY = ("/admin/login/", "/sign-in/")
# What answers anybody, or is no screen.
LEFT_OUT = ("admin/login", "admin/logout", "admin/password_reset", "admin/jsi18n", "admin/test404", "admin/failwhale")


def routes() -> Iterator[str]:
    """Yield the admin's routes as they are declared."""
    for pattern in get_resolver().url_patterns:
        if str(pattern.pattern).startswith("admin") and isinstance(pattern, URLResolver):
            yield from _below(pattern, str(pattern.pattern))


def _below(resolver, prefix: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern).lstrip("^").rstrip("$\\Z")
        if isinstance(pattern, URLResolver):
            yield from _below(pattern, route)
        elif not route.startswith(LEFT_OUT):
            yield route


def address_of(route: str, values: dict[str, str]) -> str:
    """Return the address of a route with these values in it; a number that nothing has for what is not known."""

    def value(match) -> str:
        return str(values.get(match[2] or match[1], NOTHING))

    route = re.sub(r"\(\?P<(\w+)>[^)]*\)", lambda match: str(values.get(match[1], NOTHING)), route)
    return "/" + re.sub(r"<(?:\w+:)?(\w+)()>", value, route)


def signed_in(user) -> Client:
    """Return the browser of somebody who has signed in, and stays so: no address that is asked for signs them out."""
    client = Client()
    client.force_login(user)
    return client


def answers(client: Client, address: str) -> bool:
    """Tell whether somebody gets something there. Raises AssertionError for an error of ours."""
    response = client.get(address)
    assert SESSION_KEY in client.session, f"{address} signed somebody out."
    assert response.status_code < 500, (address, response.status_code)
    turned_away = response.status_code == 302 and (
        response["Location"] == "/admin/" or response["Location"].startswith(TURNED_AWAY)
    )
    return response.status_code in (200, 302) and not turned_away
