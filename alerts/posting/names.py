"""The name of a delivery in the mail itself, the same each time it is sent, which nobody can make up."""

import re
from email.utils import parseaddr
from functools import cache

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

NAME = re.compile(r"(\d{1,18})\.([0-9a-f]{32})")


def name_of(pk: int) -> str:
    """Return the name of a delivery, for programs that tell us what became of it."""
    return f"{pk}.{_seal(pk)}"


def message_id_of(pk: int) -> str:
    """Return its Message-ID (RFC 5322, 3.6.4), so that who gets it twice after a crash can see that it is one."""
    return f"<{name_of(pk)}@{_domain_of(settings.DEFAULT_FROM_EMAIL)}>"


@cache
def _domain_of(sender: str) -> str:
    return parseaddr(sender)[1].rpartition("@")[2]


def name_in(message_id: str) -> str:
    """Return the name that a Message-ID of ours was made of."""
    return message_id.strip("<>").partition("@")[0]


def delivery_named(text: str) -> int | None:
    """Return the key of the delivery that a name or Message-ID is of; None for one that was made up."""
    written = NAME.search(text)
    if not written or not constant_time_compare(written[2], _seal(int(written[1]))):
        return None
    return int(written[1])


def _seal(pk: int) -> str:
    return salted_hmac("alerts.delivery", str(pk), algorithm="sha256").hexdigest()[:32]
