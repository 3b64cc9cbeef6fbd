"""Mails as mail servers send them back."""

from alerts.posting.names import message_id_of

STATUS = """Reporting-MTA: dns; mx.board.example
X-Postfix-Queue-ID: 4B1F2
Arrival-Date: Mon, 8 Jan 2035 12:00:00 +0000

Final-Recipient: rfc822; {recipient}
{original_recipient}Action: {action}
Status: {status}
Remote-MTA: dns; mx.agency.example
Diagnostic-Code: smtp; {said}
"""

BOUNCE = """Return-Path: <>
From: MAILER-DAEMON@mx.board.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: bounces@board.example
{top}MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
 boundary="4B1F2.1/mx.board.example"

This is a MIME-encapsulated message.

--4B1F2.1/mx.board.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--4B1F2.1/mx.board.example
Content-Description: Delivery report
Content-Type: message/delivery-status

{fields}
--4B1F2.1/mx.board.example
Content-Description: Undelivered Message
Content-Type: {original_type}

Return-Path: <bounces@board.example>
{original}Subject: Changed: Neglect
To: {recipient}

The mail itself.
--4B1F2.1/mx.board.example--
"""

COMPLAINT = """From: <fbl@agency.example>
To: <bounces@board.example>
Subject: FW: Changed: Neglect
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="part"
{top}
--part
Content-Type: text/plain; charset="US-ASCII"

This is an email abuse report.

--part
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: SomeGenerator/1.0
Version: 1

--part
Content-Type: message/rfc822

From: <board@board.example>
{original}Subject: Changed: Neglect

The mail itself.
--part--
"""


def bounce(
    delivery: int | None,
    *,
    recipient="a@agency.example",
    action="failed",
    status="5.1.1",
    said="550 5.1.1 <a@agency.example>: no such user",
    original_recipient="",
    original_type="message/rfc822",
    original=None,
    top="",
) -> bytes:
    """Return a mail that says what became of a delivery."""
    if original is None:
        original = f"Message-ID: {message_id_of(delivery)}\n" if delivery else ""
    fields = STATUS.format(
        recipient=recipient, action=action, status=status, said=said, original_recipient=original_recipient
    )
    return BOUNCE.format(
        fields=fields, original_type=original_type, original=original, recipient=recipient, top=top
    ).encode()


def complaint(delivery: int | None, *, kind="abuse", top="") -> bytes:
    """Return a complaint about a delivery."""
    original = f"Message-ID: {message_id_of(delivery)}\n" if delivery else ""
    return COMPLAINT.format(kind=kind, original=original, top=top).encode()
