"""What a mail server's answer means for the address, for the mail, and for whether it is worth trying again."""

import re
import smtplib

from alerts.posting.provider import API_ERROR, RECIPIENT_REFUSED

LONGEST_WORDS = 200
ADDRESS = re.compile(r"\S+@\S+")
ENHANCED = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})\b")
# RFC 3463: the mailbox, host or address does not exist, has moved, or is switched off.
GONE_FOR_GOOD = {(1, 0), (1, 1), (1, 2), (1, 3), (1, 6), (1, 10), (2, 1)}
# Where there is no such code (RFC 5321): no such mailbox here, not local, not allowed as a name.
MAILBOX_CODES = {550, 551, 553}


class NotTaken(Exception):
    """A mail was not taken. `for_good`: it is no use to try again; `of_address`: because the mailbox does not exist.

    `words`: the server's, without addresses, for staff.
    """

    def __init__(self, words: str, *, for_good: bool, of_address: bool = False):
        super().__init__(words)
        self.words, self.for_good, self.of_address = words, for_good, of_address


def read_reply(code: int, words: bytes, *, of: str) -> None:
    """Raise NotTaken for an answer that refuses, SMTPServerDisconnected for a good-bye (421).

    `of`: what it answers, "sender", "recipient", "begin" or "data".
    """
    if 200 <= code < 400:
        return
    said = f"{code} {words.decode('utf-8', 'replace')}"
    if code == 421 or code < 0:
        raise smtplib.SMTPServerDisconnected(said)
    raise refusal(code, said, of=of)


def refusal(code: int, said: str, *, of: str) -> NotTaken:
    """Return what an answer means.

    Only an answer about the recipient can say that the mailbox does not exist. That we may not send (5.7, relaying
    denied) is our fault or the server's, and no reason to end anybody's subscription: it is tried again, like what is
    refused for now (4xx).
    """
    enhanced = ENHANCED.search(said)
    words = spoken(said)
    if code < 500 or of == "sender":
        return NotTaken(words, for_good=False)
    if of == "data":
        return NotTaken(words, for_good=True)
    if enhanced:
        subject, detail = int(enhanced[2]), int(enhanced[3])
        of_address = (subject, detail) in GONE_FOR_GOOD
        return NotTaken(words, for_good=of_address, of_address=of_address)
    of_address = code in MAILBOX_CODES and "relay" not in said.lower()
    return NotTaken(words, for_good=of_address, of_address=of_address)


def spoken(said: str) -> str:
    """Return a server's words for staff: no addresses, not long, and nothing that a database would not take."""
    printable = "".join(letter if letter.isprintable() else " " for letter in said[:1000])
    return ADDRESS.sub("…", " ".join(printable.split()))[:LONGEST_WORDS]


def without_name(words: str, *, address: str) -> str:
    """Return a server's words without what stands before the @ of an address: some say "ash... User unknown"."""
    name = address.rpartition("@")[0].strip('"')
    return re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "…", words, flags=re.IGNORECASE)


def refusal_in(error: Exception) -> NotTaken:
    """Return what an exception of a mail backend means."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = max(error.recipients.values())
        return refusal(code, f"{code} {_text(words)}", of="recipient")
    if isinstance(error, smtplib.SMTPResponseException):
        of = "sender" if isinstance(error, smtplib.SMTPSenderRefused) else "data"
        return refusal(error.smtp_code, f"{error.smtp_code} {_text(error.smtp_error)}", of=of)
    if isinstance(error, RECIPIENT_REFUSED):
        return _refusal_by_provider(error)
    if isinstance(error, API_ERROR):
        return NotTaken(spoken(str(error)), for_good=False)
    return NotTaken(type(error).__name__, for_good=False)


def _refusal_by_provider(error: Exception) -> NotTaken:
    """Return why a provider takes no mail for somebody: there is no such address, or it does not write to it."""
    statuses = error.email_message.anymail_status.status or set()
    is_invalid = statuses == {"invalid"}
    words = "The provider says that there is no such address." if is_invalid else "The provider does not write to it."
    return NotTaken(words, for_good=True, of_address=is_invalid)


def _text(words) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
