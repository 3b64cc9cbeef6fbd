"""How often may be tried at the door. Slow enough for whoever guesses; never long for the person whose account it is.

Four things are counted, each in a window that moves on. A stranger meets three of them: one account from one network
address, all accounts from that address, one account from anywhere. In a browser in which the person has signed in
before (`accounts.browsers`) only the tries made there count. So whoever knows an address and types nonsense all day
keeps nobody out who sits at their own desk; and a passkey, and the link of a reset, are not counted at all.

Rows in the database, not in the cache: files keep 300 entries and throw others away, a Redis that is away would let
everybody in or nobody, and neither adds up exactly when many try at once. A try is written before it is judged, so a
hundred at the same moment count as a hundred.

Network addresses are those that the throttle of forms takes: behind nginx its word, otherwise the connection's
(REST_FRAMEWORK's NUM_PROXIES). What a client says of itself lifts nothing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Network, ip_address

from django.db.models import Q
from django.utils.crypto import salted_hmac
from rest_framework.throttling import BaseThrottle

from accounts.models import Attempt


@dataclass(frozen=True)
class Limit:
    """At most so many within a time."""

    most: int
    within: timedelta


@dataclass(frozen=True)
class Limits:
    """What holds for one kind of try."""

    kind: str
    here: Limit  # one account, from one network address
    network: Limit  # all accounts, from one network address
    everywhere: Limit  # one account, from anywhere
    browser: Limit  # one account, in a browser that it knows


_QUARTER = timedelta(minutes=15)
PASSWORDS = Limits(
    Attempt.Kind.PASSWORD,
    here=Limit(8, _QUARTER),
    network=Limit(40, _QUARTER),  # A whole office may share one.
    everywhere=Limit(60, timedelta(hours=1)),
    browser=Limit(10, _QUARTER),
)
# Who gets as far as this knows the password. A code has a million values, three of which fit at a time.
CODES = Limits(
    Attempt.Kind.CODE,
    here=Limit(5, _QUARTER),
    network=Limit(40, _QUARTER),
    everywhere=Limit(30, timedelta(hours=12)),
    browser=Limit(10, _QUARTER),
)
_NO_LIMIT = Limit(1_000_000, _QUARTER)
# The answer is the same for every address; how many mails one gets is decided when they are sent (accounts.letters).
RESETS = Limits(
    Attempt.Kind.RESET,
    here=_NO_LIMIT,
    network=Limit(20, timedelta(hours=1)),
    everywhere=_NO_LIMIT,
    browser=_NO_LIMIT,
)


class TooManyTries(Exception):
    """It has been tried too often. `minutes`: after so many at the latest it may be tried again."""

    def __init__(self, minutes: int):
        self.minutes = minutes


def begin(limits: Limits, *, name: str, network: str, now: datetime, browser: str = "", user_id=None) -> Attempt:
    """Count a try and return it: it is deleted when it succeeds. Raises TooManyTries.

    A try that is refused counts for nothing, so that nobody makes it longer by trying on. The work is the same for
    accounts that there are and those that there are not.
    """
    codes = {"name": _code(name.strip().lower()), "network": _code(network)}
    attempt = Attempt.objects.create(kind=limits.kind, **codes, browser=browser, user_id=user_id, at=now)
    if passed := _passed(limits, attempt):
        attempt.delete()
        raise TooManyTries(round(max(limit.within for limit in passed).total_seconds() / 60))
    return attempt


def _passed(limits: Limits, attempt: Attempt) -> list[Limit]:
    """Return the limits that this try goes beyond."""
    of_name, of_network = Q(name=attempt.name), Q(network=attempt.network)
    if attempt.browser:
        holding = {"browser": of_name & Q(browser=attempt.browser)}
    else:
        holding = {"here": of_name & of_network, "network": of_network, "everywhere": of_name}
        holding = {name: condition & Q(browser="") for name, condition in holding.items()}
    rules = {name: getattr(limits, name) for name in holding}
    conditions = {name: holding[name] & Q(at__gt=attempt.at - limit.within) for name, limit in rules.items()}
    tried = Attempt.objects.filter(of_name | of_network, kind=limits.kind).counted(**conditions)
    return [limit for name, limit in rules.items() if tried[name] > limit.most]


def network_of(request) -> str:
    """Return the network address that asks; of IPv6 the first half, because the second is the sender's to choose."""
    ident = BaseThrottle().get_ident(request) or ""
    try:
        address = ip_address(ident)
    except ValueError:
        return ident
    # As a server writes it that listens for both kinds at once; all of them together would be one half of IPv6.
    address = getattr(address, "ipv4_mapped", None) or address
    return str(IPv6Network((address, 64), strict=False)) if address.version == 6 else str(address)


def _code(value: str) -> str:
    return salted_hmac("accounts.limits", value, algorithm="sha256").hexdigest()[:32]
