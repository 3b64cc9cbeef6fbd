"""Mail servers that take nothing at present, each in its own way: everything waits, and nothing is burnt."""

import socketserver
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.test import override_settings
from django.utils import timezone

from alerts.alarms import what_waits
from alerts.messages.spreading import spread_due
from alerts.models import Delivery
from alerts.posting.worker import Worker
from enquiries.letters import MailServerAway
from tests.alerts.factories import add_a_chapter, key_of, subscriber_to
from tests.once import once
from tests.procedures.factories import change

pytestmark = pytest.mark.django_db

chapter = once(add_a_chapter)
NOW = datetime(2035, 1, 8, 12, tzinfo=UTC)
ANSWERS = {"EHLO": "250 here", "HELO": "250 here", "DATA": "354 go on", "QUIT": "221 bye"}


class Answering(socketserver.StreamRequestHandler):
    """Answers each command as it was told to; "" hangs up."""

    def handle(self):
        self.say(self.server.answers.get("", "220 here"))
        while line := self.rfile.readline():
            answer = self.server.answers.get(line.split()[0].decode().upper(), "250 OK")
            if not answer:
                return
            self.say(answer)
            if answer.startswith("354"):
                while self.rfile.readline() not in (b".\r\n", b""):
                    pass
                self.server.mails += 1
                self.say(self.server.answers.get(".", "250 OK"))

    def say(self, answer):
        self.wfile.write(answer.encode() + b"\r\n")


@contextmanager
def server_that_says(**answers):
    """Run a server that answers commands with these words, and yield it; "greeting" and "end" are no commands."""
    named = {{"greeting": "", "end": "."}.get(name, name): words for name, words in answers.items()}
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Answering) as server:
        server.daemon_threads, server.answers, server.mails = True, ANSWERS | named, 0
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        backend = "django.core.mail.backends.smtp.EmailBackend"
        host, port = server.server_address
        try:
            with override_settings(EMAIL_BACKEND=backend, EMAIL_HOST=host, EMAIL_PORT=port, EMAIL_TIMEOUT=2):
                yield server
        finally:
            server.shutdown()


@pytest.fixture
def told(chapter):
    """Let three people have something on its way."""
    spread_due(now=timezone.now())
    for letter in "abc":
        subscriber_to({key_of(chapter): "at_once"}, address=f"{letter}@agency.example")
    change(chapter, note="A new form.", search_description="How to see neglect.")
    spread_due(now=NOW)
    Delivery.objects.update(made_at=NOW, not_before=NOW)


def worker(now=NOW):
    return Worker(clock=lambda: now)


class TestAServer:
    @pytest.mark.parametrize(
        "answers",
        [
            {"EHLO": ""},
            {"EHLO": "550 5.7.1 not you", "HELO": "550 5.7.1 not you"},
            {"EHLO": "421 4.3.2 shutting down", "HELO": "421 4.3.2 shutting down"},
            {"MAIL": "530 5.7.0 Must issue a STARTTLS command first"},
            {"MAIL": "530 5.7.0 Authentication required"},
            {"MAIL": "452 4.3.1 Insufficient system storage"},
        ],
        ids=["hangs up", "refuses us", "shuts down", "wants TLS", "wants a password", "is full"],
    )
    def test_that_takes_nothing_from_us_burns_no_tries(self, told, answers):
        with server_that_says(**answers) as server:
            with pytest.raises(MailServerAway):
                worker().work()
            assert server.mails == 0
        assert set(Delivery.objects.values_list("state", "attempts", "holder")) == {("waiting", 0, "")}

    def test_that_takes_nothing_for_days_raises_an_alarm_and_loses_nothing(self, told):
        later = NOW + timedelta(days=4)
        with server_that_says(MAIL="530 5.7.0 Authentication required"), pytest.raises(MailServerAway):
            worker(later).work()
        assert what_waits(now=later) == "3 alerts by e-mail have waited for over an hour."
        with server_that_says() as server:
            assert worker(later).work() == 3
        assert server.mails == 3
