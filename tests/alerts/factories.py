"""Forms, links and subscribers for tests of alerts."""

import re
from datetime import UTC, datetime, timedelta
from unittest import mock
from uuid import uuid4

from django.core import mail, signing
from django.urls import reverse
from django.utils import timezone

from alerts import links
from alerts.addresses import read_address
from alerts.mail import send_owed
from alerts.messages.spreading import spread_due
from alerts.models import Consent, LinkRequest, Message, State, Subscriber, Subscription
from alerts.services import ask_for_link, confirm
from tests.enquiries.factories import aged_key
from tests.factories import add_home
from tests.procedures.factories import add_chapter, add_manual, change

NOW = datetime(2030, 1, 8, 12, tzinfo=UTC)
ADDRESS = "ash@agency.example"
CHOOSE = "/alerts/"
LINK = "/alerts/link/"
WORDS = "I agree."


def add_a_chapter():
    """Return a public chapter in a manual, on a site with a home page."""
    return add_chapter(add_manual(add_home(), title="Manual", slug="manual"), title="Neglect", slug="neglect")


def key_of(page) -> str:
    """Return the key of a single page."""
    return f"page:{page.pk}"


def filled_in(address=ADDRESS, **topics) -> dict:
    """Return what a person sends who took a minute to choose: by the end of the field's name, how often."""
    named = {f"topic-{name.replace('_', '-')}": frequency for name, frequency in topics.items()}
    return {"address": address, "website": "", "key": aged_key(), **named}


def asked(choices=None, *, address=ADDRESS, now=NOW) -> LinkRequest:
    """Let somebody have asked for a link: to confirm choices, or without any to manage alerts."""
    before = set(LinkRequest.objects.values_list("pk", flat=True))
    ask_for_link(address=read_address(address), choices=choices or {}, form_key=uuid4(), now=now)
    return LinkRequest.objects.exclude(pk__in=before).get()


def subscribed(choices, *, address=ADDRESS, now=NOW) -> Subscriber:
    """Let somebody have confirmed choices."""
    request = asked(choices, address=address, now=now)
    send_owed(now=now)
    mail.outbox.clear()
    request.refresh_from_db()
    return confirm(request, choices=choices, words=WORDS, now=now)


def waiting(address=ADDRESS, *, now=NOW) -> Subscriber:
    """Let a link have been sent to an address that nobody has confirmed."""
    asked({"library": "daily"}, address=address, now=now)
    send_owed(now=now)
    mail.outbox.clear()
    return Subscriber.objects.get(address_key=read_address(address).key, state=State.WAITING)


def address_of(public_id, purpose) -> str:
    """Return the address of a page behind a link."""
    return reverse(purpose.replace(".", ":"), args=[links.token(public_id, purpose=purpose)])


def aged_address_of(public_id, purpose, *, days) -> str:
    """Return the address of a page behind a link that was mailed so many days ago."""
    ago = timedelta(days=days, minutes=1).total_seconds()
    with mock.patch.object(signing.time, "time", return_value=signing.time.time() - ago):
        return address_of(public_id, purpose)


def mailed(purpose, message=None) -> str:
    """Return the address behind the link for a purpose in a mail, the last one that went out."""
    text = (message or mail.outbox[-1]).body
    return re.search(rf"http://[^/\s]+(/{purpose.replace('.', '/')}/\S+)", text)[1]


def subscriber_to(choices, *, address=ADDRESS, since=None) -> Subscriber:
    """Make a subscriber who has chosen these, for some time or since a moment."""
    since = since or timezone.now() - timedelta(days=100)
    read = read_address(address)
    subscriber = Subscriber.objects.create(address=read.mailbox, address_key=read.key, state=State.ACTIVE, since=since)
    consent = Consent.objects.create(subscriber=subscriber, words=WORDS, choices=choices, given_at=since)
    Subscription.objects.bulk_create(
        Subscription(subscriber=subscriber, topic=topic, frequency=frequency, since=since, consent=consent)
        for topic, frequency in choices.items()
    )
    return subscriber


def happens(chapter, note, *, at: datetime, **fields) -> Message:
    """Let a change have been published, and told to those who hear of it at once, at a moment; return its message."""
    edition = change(chapter, note=note, search_description=note, at=at, **fields)
    Message.objects.filter(edition=edition).update(moment=at, release_at=at)
    spread_due(now=at)
    return Message.objects.get(edition=edition)


def forget_what_was_told() -> None:
    """Let all that was published to begin with have been told long ago."""
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    Message.objects.update(moment=long_ago, release_at=long_ago, spread_at=long_ago)
