"""Who carries a mail away: an SMTP server, spoken to directly, or whatever backend Django is set to use."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend

from alerts.posting.mould import Mould, Personal
from alerts.posting.names import name_in
from alerts.posting.provider import API_ERROR
from alerts.posting.refusals import NotTaken, read_reply, refusal_in
from enquiries.letters import MailServerAway

GONE = (OSError, smtplib.SMTPServerDisconnected)
# The web interface of a provider: our key is wrong, may not send, or sends too much.
NOBODY_NOW = {401, 403, 429}
# What begins a mail, as `read_reply` calls it.
STEPS = ("sender", "recipient", "begin")


class Away(MailServerAway):
    """The mail server is gone. `may_have_gone`: the mail under way may have been taken before that."""

    def __init__(self, words: str, *, may_have_gone: bool = False):
        super().__init__(words)
        self.may_have_gone = may_have_gone


class ByBackend:
    """Carries mail by Django's backend, whatever it is."""

    def __init__(self, backend):
        self._backend = backend

    def post(self, mould: Mould, personal: Personal, *, then: str = "") -> None:
        """Hand over one mail. Raises NotTaken, or Away when nothing can be handed over at present."""
        try:
            message = mould.message(personal, connection=self._backend)
            # A provider of mail says it again in its reports; other backends do not look at it.
            message.metadata = {"delivery": name_in(personal.message_id)}
            self._backend.send_messages([message])
        except Exception as error:
            raise _meaning_of(error) from error

    def let_go(self) -> None:
        """Leave nothing begun; a mail goes as a whole."""


def _meaning_of(error: Exception) -> NotTaken | Away:
    """Return what an exception of a backend says: of this mail, or of all of them at present."""
    # First, because those of most providers are an OSError too, also where one mail alone is wrong.
    if isinstance(error, API_ERROR):
        if error.status_code in NOBODY_NOW:
            return Away(f"{type(error).__name__} {error.status_code}")
        is_of_this_mail = error.status_code < 500 if error.status_code else not isinstance(error, OSError)
        return refusal_in(error) if is_of_this_mail else Away(type(error).__name__, may_have_gone=True)
    if isinstance(error, GONE):
        return Away(type(error).__name__, may_have_gone=True)
    return refusal_in(error)


class BySmtp:
    """Carries mail over one kept SMTP connection, in one go where the server lets us (RFC 2920).

    Then the end of a mail and the beginning of the next, up to DATA, go together, so that the server has dealt with
    them while we write down what became of the first: one wait a mail. Nothing of the next mail itself is sent before.

    Between the last byte of a mail and the server's answer nobody knows whether it was taken; what is sent again then
    has the same Message-ID.
    """

    def __init__(self, backend: EmailBackend, *, sender: str):
        self._backend = backend
        self._from = f"MAIL FROM:{smtplib.quoteaddr(sender)}\r\n"
        # Whom the mail is for that has been begun and whose answers have not been read.
        self._begun_for = ""
        self._greet()

    def post(self, mould: Mould, personal: Personal, *, then: str = "") -> None:
        """Hand over one mail; `then`: to whom the next one goes, most likely.

        Raises NotTaken, or Away when nothing can be handed over at present.
        """
        try:
            mail = mould.filled(personal)
        except ValueError as error:
            raise NotTaken(str(error), for_good=True, of_address=True) from error
        is_under_way = False
        try:
            self._begin(personal.to)
            is_under_way = True
            self._end(mail, then if self._in_one_go else "")
        except NotTaken:
            self._begin_again()
            raise
        except GONE as error:
            raise Away(type(error).__name__, may_have_gone=is_under_way) from error

    def let_go(self) -> None:
        """Leave a mail that was begun: a server that waits for one takes nothing but that, not even good-bye."""
        if self._begun_for:
            self._begun_for = ""
            self._backend.connection.close()

    def _greet(self) -> None:
        self._smtp = self._backend.connection
        self._smtp.ehlo_or_helo_if_needed()
        self._in_one_go = self._smtp.has_extn("pipelining")

    def _begin(self, to: str) -> None:
        """Name sender and recipient, and ask to send the mail itself."""
        if self._begun_for and self._begun_for != to:
            # Its reader has just left.
            self.let_go()
            self._backend.close()
            self._backend.open()
            self._greet()
        if self._in_one_go:
            if not self._begun_for:
                self._smtp.send("".join(self._beginning(to)))
            self._begun_for = ""
            self._read_beginning()
            return
        for step, line in zip(STEPS, self._beginning(to), strict=True):
            self._smtp.send(line)
            _read_answer(step, *self._smtp.getreply())

    def _beginning(self, to: str) -> tuple[str, str, str]:
        return self._from, f"RCPT TO:{smtplib.quoteaddr(to)}\r\n", "DATA\r\n"

    def _read_beginning(self) -> None:
        replies = [(step, *self._smtp.getreply()) for step in STEPS]
        refused = [reply for reply in replies if not 200 <= reply[1] < 400]
        if refused and replies[-1][1] == 354:
            # It waits for a mail that nobody is to get: an empty one is refused.
            self._smtp.send(".\r\n")
            self._smtp.getreply()
        for reply in replies:
            _read_answer(*reply)

    def _end(self, mail: bytes, then: str) -> None:
        """Send the mail itself and, together with its end, what begins the next."""
        self._smtp.send(mail + b".\r\n" + "".join(self._beginning(then) if then else ()).encode("ascii"))
        self._begun_for = then
        read_reply(*self._smtp.getreply(), of="data")

    def _begin_again(self) -> None:
        if self._begun_for:
            # The next mail has been begun already.
            return
        try:
            self._smtp.rset()
        except GONE as error:
            raise Away(type(error).__name__) from error


def _read_answer(step: str, code: int, words: bytes) -> None:
    """Raise what an answer to the beginning of a mail says; all have one sender, so who refuses that refuses all."""
    try:
        read_reply(code, words, of=step)
    except NotTaken as refused:
        if step == "sender":
            raise Away(refused.words) from refused
        raise


@contextmanager
def postman() -> Iterator:
    """Keep one connection open and yield who carries mail over it. Raises Away when there is none."""
    backend = get_connection()
    try:
        carrier = _carrier_over(backend)
        try:
            yield carrier
        finally:
            carrier.let_go()
    finally:
        backend.close()


def _carrier_over(backend):
    """Open a connection, up to the greeting, and return who carries mail over it. Raises Away."""
    try:
        backend.open()
        return BySmtp(backend, sender=_envelope_sender()) if isinstance(backend, EmailBackend) else ByBackend(backend)
    except (OSError, smtplib.SMTPException) as error:
        raise Away(type(error).__name__) from error


def _envelope_sender() -> str:
    """Return where mail servers say that a mail could not be delivered."""
    return settings.BOUNCES_TO or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
