"""Links as tests need them, without publishing a page for each."""

from datetime import UTC, datetime

from links.addresses import Kind
from links.models import Link, LinkUse

NIGHT = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


def make_link(address, *, page=None, contact=None, place="", words="", **fields) -> Link:
    """Make a link to another site that is due, used on a page or in a contact if one is given."""
    host = address.partition("//")[2].partition("/")[0].partition(":")[0]
    values = {"kind": Kind.WEB, "host": host, "first_seen": NIGHT, "next_at": NIGHT} | fields
    link = Link.objects.create(address=address, **values)
    if page:
        LinkUse.objects.create(link=link, page=page, place=place, words=words)
    if contact:
        LinkUse.objects.create(link=link, subject=contact, place=place, words=words)
    return link


def make_broken(address="https://gone.example/", **fields) -> Link:
    """Make a link that has been broken for three nights."""
    values = {"nights": 3, "fault": "The page is not there any more (404).", "failing_since": NIGHT}
    return make_link(address, **values | fields)
