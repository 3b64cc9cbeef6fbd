"""The links that are owed, mailed. No request sends mail; see `enquiries.mail` for why and how.

Nobody can be flooded: an address gets at most three such mails a day, however many people type it in, and none once it
asked for none. What is not sent for that is never sent, and the page says the same to whoever typed the address.

Nothing in a mail was written by a stranger. Choices are keys, and only what the site offers and may name is in it.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from alerts import links
from alerts.choices import described
from alerts.models import LinkRequest, State, Subscriber
from alerts.posting.refusals import refusal_in
from enquiries.letters import TAKEN_FOR, MailServerAway, letter, mail_server, pause_after

__all__ = ["MailServerAway", "send_owed"]

logger = logging.getLogger(__name__)

MOST_A_DAY = 3
DAY = timedelta(hours=24)


def send_owed(*, now: datetime) -> tuple[int, int]:
    """Send every link that is owed; return how many went and how many failed. Raises MailServerAway."""
    owing = list(LinkRequest.objects.owing(now=now).values_list("pk", flat=True))
    if not owing:
        return 0, 0
    with mail_server() as connection:
        results = [_send(pk, connection=connection, now=now) for pk in owing]
    return results.count("sent"), results.count("failed")


def _send(pk: int, *, connection, now: datetime) -> str:
    """Take a request and send its mail; return "sent", "failed", or "" where none is to go out."""
    if (asked := _take(pk, now=now)) is None:
        return ""
    rows = LinkRequest.objects.filter(pk=pk)
    try:
        _letter_for(asked, connection=connection).send()
    except Exception as error:  # One that cannot be sent must not keep all others waiting.
        logger.warning("A link to alerts could not be mailed (%s).", type(error).__name__)
        if refusal_in(error).of_address:
            rows.update(refused_at=now)
            return ""
        pause = pause_after(asked.mail_attempts)
        rows.update(mail_not_before=now + pause, mail_attempts=min(asked.mail_attempts + 1, 1000))
        return "failed"
    rows.update(sent_at=now, mail_not_before=None)
    return "sent"


def _take(pk: int, *, now: datetime) -> LinkRequest | None:
    """Take a request, find or make its subscriber, and return it; None where somebody else has it or no mail may go."""
    with transaction.atomic():
        asked = LinkRequest.objects.filter(pk=pk).first()
        if asked is None:
            return None
        subscriber = _subscriber_for(asked, now=now)
        rows = LinkRequest.objects.owing(now=now).filter(pk=pk).order_by()
        if not _may_be_mailed(subscriber, but=asked, now=now):
            rows.update(refused_at=now, subscriber=subscriber)
            return None
        if not rows.update(mail_not_before=now + TAKEN_FOR, subscriber=subscriber):
            return None
        asked.subscriber = subscriber
        return asked


def _subscriber_for(asked: LinkRequest, *, now: datetime) -> Subscriber:
    """Return the subscriber with that address, locked: two who send at once then count one after the other."""
    new = {"address": asked.address, "since": now}
    subscriber, _ = Subscriber.objects.get_or_create(address_key=asked.address_key, defaults=new)
    return Subscriber.objects.select_for_update().get(pk=subscriber.pk)


def _may_be_mailed(subscriber: Subscriber, *, but: LinkRequest, now: datetime) -> bool:
    if subscriber.state == State.STOPPED:
        return False
    of_today = LinkRequest.objects.mailed_since(now - DAY, now=now).exclude(pk=but.pk)
    return of_today.filter(subscriber=subscriber).count() < MOST_A_DAY


def _letter_for(asked: LinkRequest, *, connection):
    """Return the mail: to confirm choices, to manage alerts, or to say that there are none."""
    subscriber = asked.subscriber
    context = {"asked_at": asked.asked_at, "never_url": links.link(subscriber.public_id, purpose=links.NEVER)}
    headers = {}
    if asked.choices:
        template, subject = "alerts_confirm", "Please confirm the alerts that you asked for"
        confirm_url = links.link(asked.form_key, purpose=links.CONFIRM)
        context |= {"confirm_url": confirm_url, "choices": described(asked.choices)}
    elif subscriber.state == State.ACTIVE:
        template, subject = "alerts_manage", "Your link to change or stop your alerts"
        leave_url = links.link(subscriber.public_id, purpose=links.LEAVE)
        context |= {"manage_url": links.link(subscriber.public_id, purpose=links.MANAGE), "leave_url": leave_url}
        headers = unsubscribe_headers(leave_url)
    else:
        template, subject = "alerts_none", "There are no alerts to this address"
        context |= {"choose_url": links.choose_url()}
    return letter(
        templates=[template],
        context=context,
        subject=subject,
        to=[_mailbox(asked)],
        headers=headers,
        connection=connection,
    )


def _mailbox(asked: LinkRequest) -> str:
    """Return where the mail goes: for who gets alerts, there too, and not to another spelling that somebody typed."""
    return asked.subscriber.address if asked.subscriber.state == State.ACTIVE else asked.address


def unsubscribe_headers(leave_url: str) -> dict[str, str]:
    """Return what lets mail programs offer "Unsubscribe" and do it with one click (RFC 2369, RFC 8058)."""
    return {"List-Unsubscribe": f"<{leave_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
