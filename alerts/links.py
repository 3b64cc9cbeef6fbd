"""The links in our mails: signed, so that nobody can make one up, and no row's own number in them."""

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from alerts.querysets import LINK_DAYS

DAY_SECONDS = 24 * 60 * 60
CONFIRM, MANAGE, LEAVE, NEVER = "alerts.confirm", "alerts.manage", "alerts.leave", "alerts.never"
# How long each works. To leave, and to be left alone, any mail of ours is enough, however old.
WORKS_FOR = {CONFIRM: LINK_DAYS * DAY_SECONDS, MANAGE: 28 * DAY_SECONDS, LEAVE: None, NEVER: None}


class NoSuchLink(Exception):
    """It was made up, changed, or made for something else."""


class LinkExpired(Exception):
    """It was right, and is too old."""


def token(public_id: UUID, *, purpose: str) -> str:
    """Return the signed part of a link."""
    return signing.dumps(public_id.hex, salt=purpose)


def read_token(signed: str, *, purpose: str) -> UUID:
    """Return what a link is for. Raises NoSuchLink or LinkExpired."""
    try:
        return UUID(hex=signing.loads(signed, salt=purpose, max_age=WORKS_FOR[purpose]))
    except signing.SignatureExpired as error:
        raise LinkExpired from error
    except signing.BadSignature as error:
        raise NoSuchLink from error


def link(public_id: UUID, *, purpose: str) -> str:
    """Return the whole address for a mail."""
    name = purpose.replace(".", ":")
    return settings.SITE_URL + reverse(name, args=[token(public_id, purpose=purpose)])


def choose_url() -> str:
    """Return the whole address of the page on which people choose."""
    return settings.SITE_URL + reverse("alerts:choose")
