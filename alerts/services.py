"""Verbs that change who gets alerts. No mail is sent here: `alerts.mail` sends what is owed."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from alerts import keeping
from alerts.addresses import Address
from alerts.models import Consent, DeliveryState, Leaving, LinkRequest, State, Subscriber, Subscription
from alerts.posting.taking import LEFT
from alerts.querysets import CONSENT_DAYS, LINK_DAYS, UNDO_DAYS


class AlreadyConfirmed(Exception):
    """The button behind this link has been pressed before, maybe at the same moment."""


class MailIsStopped(Exception):
    """The address gets no mail from us at all."""


class NotSubscribed(Exception):
    """They have left, or get no mail at all; there is nothing to change."""


class TooLateToUndo(Exception):
    """They did not leave, or left longer ago than that can be undone."""


def ask_for_link(*, address: Address, choices: dict[str, str], form_key, now: datetime) -> None:
    """Write down that a link is owed to an address; the same form sent twice, or twice at once, owes one.

    Nothing is looked up: it takes as long for an address that we know as for any other.
    """
    try:
        with transaction.atomic():
            LinkRequest.objects.create(
                form_key=form_key, address=address.mailbox, address_key=address.key, choices=choices, asked_at=now
            )
    except IntegrityError:
        if not LinkRequest.objects.filter(form_key=form_key).exists():
            raise


def confirm(asked: LinkRequest, *, choices: dict[str, str], words: str, now: datetime) -> Subscriber:
    """Subscribe to what was chosen: the button was pressed, below these words. Raises AlreadyConfirmed, MailIsStopped.

    `choices`: what of it was shown above the button. What the subscriber had before stays; what they left does not come
    back.
    """
    with transaction.atomic():
        subscriber = Subscriber.objects.select_for_update().get(pk=asked.subscriber_id)
        if subscriber.state == State.STOPPED:
            raise MailIsStopped
        if not LinkRequest.objects.filter(pk=asked.pk, confirmed_at=None).update(confirmed_at=now):
            raise AlreadyConfirmed
        if subscriber.state != State.ACTIVE:
            subscriber.subscriptions.all().delete()
            # The spelling that has been shown to work.
            subscriber.address = asked.address
            _put(subscriber, State.ACTIVE, now=now)
        _subscribe(subscriber, choices, words=words, now=now)
    return subscriber


def choose(subscriber: Subscriber, *, choices: dict[str, str], words: str, now: datetime) -> None:
    """Let a subscriber have exactly these; with none of them they leave. Raises NotSubscribed."""
    with transaction.atomic():
        subscriber = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
        if subscriber.state != State.ACTIVE:
            raise NotSubscribed
        if not choices:
            _put(subscriber, State.LEFT, now=now)
            return
        subscriber.subscriptions.exclude(topic__in=choices).delete()
        had = dict(subscriber.subscriptions.values_list("topic", "frequency"))
        if changed := {topic: frequency for topic, frequency in choices.items() if had.get(topic) != frequency}:
            _subscribe(subscriber, changed, words=words, now=now)


def leave(subscriber: Subscriber, *, now: datetime) -> None:
    """Stop all alerts to a subscriber; what they had stays for as long as that can be undone."""
    with transaction.atomic():
        subscriber = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
        if subscriber.state == State.ACTIVE:
            _put(subscriber, State.LEFT, now=now)


def undo(subscriber: Subscriber, *, now: datetime) -> None:
    """Let somebody who left have everything again that they had. Raises TooLateToUndo; then nothing is changed."""
    with transaction.atomic():
        subscriber = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
        if subscriber.state == State.ACTIVE:
            return
        if not may_undo(subscriber, now=now):
            raise TooLateToUndo
        # Nothing that was published while they were gone is sent afterwards.
        subscriber.subscriptions.update(since=now)
        _put(subscriber, State.ACTIVE, now=now)


def may_undo(subscriber: Subscriber, *, now: datetime) -> bool:
    """Tell whether leaving can still be undone, and there is something to have again."""
    has_something = subscriber.left_because != Leaving.NOTHING_LEFT
    return subscriber.state == State.LEFT and has_something and subscriber.left_at > now - timedelta(days=UNDO_DAYS)


def stop(subscriber: Subscriber, *, now: datetime) -> None:
    """Never write to an address again: somebody complained, or asked to be left alone. What they chose is erased."""
    with transaction.atomic():
        subscriber = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
        subscriber.subscriptions.all().delete()
        subscriber.consents.all().delete()
        subscriber.requests.all().delete()
        if subscriber.state != State.STOPPED:
            _put(subscriber, State.STOPPED, now=now)


def end_for_refusal(subscriber_id: int, *, now: datetime) -> None:
    """End the alerts of somebody whose mailbox does not exist. Whoever has it again may register again."""
    with transaction.atomic():
        subscriber = Subscriber.objects.select_for_update().filter(pk=subscriber_id).first()
        if subscriber and subscriber.state == State.ACTIVE:
            _put(subscriber, State.LEFT, now=now, because=Leaving.REFUSED)


def erase_old(*, now: datetime) -> dict[str, int]:
    """Erase what need not be kept: {what it is called: how many}. See `alerts.querysets` and `keeping` for the days."""
    keeping.end_with_nothing_left(now=now)
    erased = {"links that do not work any more": LinkRequest.objects.over(now=now).delete()[0]}
    unconfirmed = Subscriber.objects.never_confirmed(before=now - timedelta(days=LINK_DAYS))
    erased["addresses that were never confirmed"] = keeping.erase_people(unconfirmed)
    left = Subscriber.objects.left_before(now - timedelta(days=UNDO_DAYS))
    erased["addresses that left"] = keeping.erase_people(left)
    outlived = Consent.objects.filter(subscriptions=None, given_at__lt=now - timedelta(days=CONSENT_DAYS))
    erased["consents that nothing rests on"] = outlived.delete()[0]
    a_year_ago = now - timedelta(days=keeping.DELIVERY_DAYS)
    erased["deliveries"] = keeping.erase_deliveries(before=a_year_ago)
    erased["messages that nothing is left of"] = keeping.erase_messages(before=a_year_ago)
    return erased


def _put(subscriber: Subscriber, state: State, *, now: datetime, because: str = Leaving.BY_CHOICE) -> None:
    subscriber.state, subscriber.since = state, now
    subscriber.left_at, subscriber.left_because = (now, because) if state == State.LEFT else (None, "")
    subscriber.save(update_fields=["address", "state", "since", "left_at", "left_because"])
    # At once, so that nothing of it goes out when leaving is undone.
    waiting = subscriber.deliveries.waiting()
    waiting.update(state=DeliveryState.DROPPED, holder="", done_at=now, reason=LEFT)


def _subscribe(subscriber: Subscriber, choices: dict[str, str], *, words: str, now: datetime) -> None:
    """Add these to what a subscriber has, or change how often; with the consent that they rest on."""
    consent = Consent.objects.create(subscriber=subscriber, words=words, choices=choices, given_at=now)
    had = {row.topic: row for row in subscriber.subscriptions.filter(topic__in=choices)}
    new = [
        Subscription(subscriber=subscriber, topic=topic, frequency=frequency, since=now, consent=consent)
        for topic, frequency in choices.items()
        if topic not in had
    ]
    for topic, row in had.items():
        row.frequency, row.consent = choices[topic], consent
    Subscription.objects.bulk_update(had.values(), ["frequency", "consent"])
    Subscription.objects.bulk_create(new)
