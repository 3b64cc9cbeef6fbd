"""What a provider of mail reports, in the words of django-anymail."""

from dataclasses import replace
from datetime import datetime
from importlib.util import find_spec

from django.utils import timezone

from alerts.bounces.reading import failure
from alerts.bounces.services import note_complaint, note_failure, note_leaving
from alerts.posting.names import delivery_named

FAILED = {"bounced", "rejected", "failed"}


def listen() -> None:
    """Hear what is reported, where the package is there."""
    if find_spec("anymail"):
        from anymail.signals import tracking

        tracking.connect(follow_report, dispatch_uid="alerts-report")


def follow_report(event, **kwargs):
    """A provider reports something of a mail."""
    note_report(event=event, now=timezone.now())


def note_report(*, event, now: datetime) -> None:
    """Do what a report asks for; it has been found to be the provider's. Nothing is done for mail that is no alert."""
    delivery = _delivery_of(event)
    if delivery is None:
        return
    # A provider that takes no mail for somebody says so each time, and why that began.
    asks_for = event.reject_reason if event.event_type == "rejected" else event.event_type
    if asks_for in ("complained", "spam"):
        note_complaint(delivery=delivery, now=now)
    elif asks_for == "unsubscribed":
        note_leaving(delivery=delivery, now=now)
    elif event.event_type in FAILED:
        note_failure(delivery=delivery, failure=_failure_in(event), now=now)


def _failure_in(event):
    """Return what is said of the recipient. That it "bounced" is also said of full mailboxes: the code decides."""
    read = failure(
        status="",
        said=str(event.mta_response or event.description or ""),
        recipients={event.recipient} if event.recipient else set(),
    )
    bounced_before = event.event_type == "rejected" and event.reject_reason == "bounced"
    return replace(read, of_address=read.of_address or bounced_before or event.reject_reason == "invalid")


def _delivery_of(event) -> int | None:
    """Return the delivery by the name that went out with it, or by the Message-ID where a provider keeps ours."""
    names = (str((event.metadata or {}).get("delivery", "")), str(event.message_id or ""))
    return next((delivery for name in names if (delivery := delivery_named(name[:500]))), None)
