"""A real SMTP server for tests, which may be told to refuse, and to hang up."""

import email
import socket
from contextlib import contextmanager
from email import policy

from aiosmtpd.controller import Controller
from django.test import override_settings


class Server:
    """What it got, and how it answers. `refuse`: {address: the answer to RCPT}; `answer`: the answer to a mail."""

    def __init__(self, *, in_one_go: bool = True):
        self.in_one_go = in_one_go
        self.raw: list[bytes] = []
        self.recipients: list[str] = []
        self.refuse: dict[str, str] = {}
        self.answer = "250 OK"
        self.hang_up_after = None
        self.when_taken = lambda: None

    @property
    def mails(self) -> list:
        """What it got, as messages."""
        return [email.message_from_bytes(raw, policy=policy.default) for raw in self.raw]

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        """Say whether it takes several commands in one go, as most servers do."""
        session.host_name = hostname
        return [*responses[:-1], *(["250-PIPELINING"] if self.in_one_go else []), responses[-1]]

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        """Take a recipient, or refuse it."""
        if answer := self.refuse.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        """Take a mail; hang up after so many of them, without an answer to the last."""
        if not self.answer.startswith("250"):
            return self.answer
        self.raw.append(envelope.original_content)
        self.recipients += envelope.rcpt_tos
        self.when_taken()
        if self.hang_up_after == len(self.raw):
            server.transport.abort()
        return self.answer


@contextmanager
def smtp_server(*, in_one_go: bool = True):
    """Run a server on this machine, let Django's mail go there, and yield it."""
    server = Server(in_one_go=in_one_go)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(server, hostname="127.0.0.1", port=port, enable_SMTPUTF8=True)
    controller.start()
    backend = "django.core.mail.backends.smtp.EmailBackend"
    try:
        with override_settings(EMAIL_BACKEND=backend, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port):
            yield server
    finally:
        controller.stop()
