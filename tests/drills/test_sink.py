"""The mail server of drills and benchmarks counts right: what it says of a worker is believed."""

import smtplib
import socket
from email.message import EmailMessage

import pytest

from tests.smtp_sink import sink

ANSWERS_TO_TWO = [b"250", b"250", b"354", b"250", b"250", b"250", b"354", b"250"]


@pytest.fixture
def server(tmp_path):
    with sink(tmp_path) as running:
        yield running


def mail(name: str) -> EmailMessage:
    message = EmailMessage()
    message["To"], message["Message-ID"] = f"{name}@agency.example", f"<{name}@board.example>"
    message.set_content(".\n..\nA line.\n")
    return message


def noted(server) -> list[tuple[str, str]]:
    return [(one.to, one.message_id) for one in server.noted()]


class TestTheSink:
    def test_notes_to_whom_a_mail_went_and_its_name(self, server):
        with smtplib.SMTP("127.0.0.1", server.port) as client:
            for name in ("ash", "bo"):
                client.send_message(mail(name), from_addr="board@board.example")
                assert noted(server)[-1] == (f"{name}@agency.example", f"<{name}@board.example>")
        assert server.count() == 2

    @pytest.mark.parametrize("piece", [1, 7, 100_000])
    def test_takes_all_in_one_go_and_in_any_pieces(self, server, piece):
        one = b"MAIL FROM:<x@x.example>\r\nRCPT TO:<%s@agency.example>\r\nDATA\r\n"
        two = one % b"ash" + b"Message-ID:\r\n <1@x.example>\r\n\r\nA.\r\n.\r\n" + one % b"bo" + b".\r\n"
        with socket.create_connection(("127.0.0.1", server.port)) as client, client.makefile("rb") as answers:
            assert answers.readline().startswith(b"220")
            for begin in range(0, len(two), piece):
                client.sendall(two[begin : begin + piece])
            assert [answers.readline()[:3] for _ in ANSWERS_TO_TWO] == ANSWERS_TO_TWO
        assert noted(server) == [("ash@agency.example", "<1@x.example>"), ("bo@agency.example", "none")]

    def test_keeps_its_notes_and_its_port_when_it_is_killed(self, server):
        for name in ("ash", "bo"):
            with smtplib.SMTP("127.0.0.1", server.port) as client:
                client.send_message(mail(name), from_addr="board@board.example")
            server.kill()
            server.start()
        assert server.count() == 2
