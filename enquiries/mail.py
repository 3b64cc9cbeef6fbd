"""The mails that rows owe: an acknowledgement, word to the page's owner, and what came of it.

No request sends mail. A row owes a mail while its moment (`acknowledged_at`…) is empty, and `send_owed` runs every
minute: a mail server that is away keeps nobody waiting and loses nothing. Whoever sends a row's mails takes the row
first, by an update with a condition, so two at once send each once. Killed between sending and writing that down, a
mail goes out twice, `TAKEN_FOR` later: better than never.

Nothing that the sender wrote is in any mail. Anybody may type anybody's address into a form; what they get from us must
not be somebody else's words.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from smtplib import SMTPRecipientsRefused

from django.db.models import Q

from enquiries.letters import TAKEN_FOR, MailServerAway, is_for_good, letter, mail_server, pause_after, refusal_code
from enquiries.models import Enquiry, kinds
from enquiries.querysets import OWES_ACKNOWLEDGEMENT, OWES_ARRIVAL, OWES_OUTCOME
from enquiries.states import State

__all__ = ["TAKEN_FOR", "MailServerAway", "send_owed"]

logger = logging.getLogger(__name__)

# At the end of the subject line.
OUTCOMES = {State.ASKED: "a question", State.DECLINED: "what came of it"}


@dataclass(frozen=True)
class Mail:
    """One kind of mail: when it is owed, the field that says when it went, the end of its templates' names, its subject
    and its recipients.
    """

    owed: Q
    sent_field: str
    template: str
    subject: Callable[[Enquiry], str]
    recipients: Callable[[Enquiry], list[str]]


# In the order in which they go out. Nobody gets the first where `told_on_arrival()` names nobody.
MAILS = [
    Mail(
        OWES_ARRIVAL,
        "staff_told_at",
        "arrived",
        lambda enquiry: f"New {enquiry.noun} {enquiry.reference_display}",
        lambda enquiry: enquiry.told_on_arrival(),
    ),
    Mail(
        OWES_ACKNOWLEDGEMENT,
        "acknowledged_at",
        "acknowledged",
        lambda enquiry: f"We have your {enquiry.noun} {enquiry.reference_display}",
        lambda enquiry: [enquiry.sender_email],
    ),
    Mail(
        OWES_OUTCOME,
        "outcome_sent_at",
        "outcome",
        lambda enquiry: (
            f"Your {enquiry.noun} {enquiry.reference_display}: {OUTCOMES.get(enquiry.state, enquiry.accepted_words)}"
        ),
        lambda enquiry: [enquiry.sender_email],
    ),
]


def send_owed(*, now: datetime) -> tuple[int, int]:
    """Send every mail that is owed; return how many went and how many failed. Raises MailServerAway."""
    owing = [(kind, pk) for kind in kinds() for pk in kind.objects.owing_mail(now=now).values_list("pk", flat=True)]
    if not owing:
        return 0, 0
    with mail_server() as connection:
        results = [_send_row(kind, pk, connection=connection, now=now) for kind, pk in owing]
    return sum(sent for sent, _ in results), sum(failed for _, failed in results)


def _send_row(kind, pk, *, connection, now) -> tuple[int, int]:
    """Take a row, send what it owes, give it back; return how many mails went and failed."""
    rows = kind.objects.filter(pk=pk)
    if not rows.owing_mail(now=now).order_by().update(mail_not_before=now + TAKEN_FOR):
        return 0, 0
    sent = 0
    for mail in MAILS:
        # Asked anew each time: staff may decide while the mail before is on its way.
        if (enquiry := rows.filter(mail.owed).first()) is None:
            continue
        try:
            sent += _send(mail, enquiry, connection=connection)
        except SMTPRecipientsRefused as error:
            _note_refusal(rows, mail, error, now=now)
        except Exception as error:  # One row that cannot be sent must not keep all others waiting.
            logger.warning("A mail about %s failed (%s); tried again later.", enquiry.reference, type(error).__name__)
            _pause(rows, now=now)
            return sent, 1
        else:
            # An outcome that was changed meanwhile is owed again.
            rows.filter(outcome=enquiry.outcome, state=enquiry.state).update(**{mail.sent_field: now})
    rows.filter(mail_not_before=now + TAKEN_FOR).update(mail_not_before=None, mail_attempts=0)
    return sent, 0


def _send(mail: Mail, enquiry, *, connection) -> int:
    """Send one mail; return 1, or 0 where nobody is to get it."""
    recipients = mail.recipients(enquiry)
    if not recipients:
        return 0
    # A kind's own template, or the one for all of them.
    letter(
        templates=[f"{prefix}_{mail.template}" for prefix in (enquiry.template_prefix, "enquiry")],
        context={"enquiry": enquiry},
        subject=mail.subject(enquiry),
        to=recipients,
        connection=connection,
    ).send()
    return 1


def _note_refusal(rows, mail: Mail, error: SMTPRecipientsRefused, *, now):
    """Write down that an address takes no mail. For a passing reason (4xx) it is tried again."""
    if not is_for_good(error):
        _pause(rows, now=now)
    elif mail.sent_field == "staff_told_at":
        rows.update(staff_told_at=now)
    else:
        rows.update(mail_problem=f"The mail server does not take mail for this address ({refusal_code(error)}).")


def _pause(rows, *, now):
    """Leave a row alone for a while."""
    attempts = rows.values_list("mail_attempts", flat=True).get()
    rows.update(mail_not_before=now + pause_after(attempts), mail_attempts=min(attempts + 1, 1000))
