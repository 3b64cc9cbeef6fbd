"""A database that is away: 503 and when to come back, then all is well by itself. The site is a process of its own."""

import os
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]

# Reads one address a line, asks the site as a server does, and answers with status, Retry-After and length of the body.
SITE = """
import logging, sys
from django.test.client import RequestFactory
from board_site.wsgi import application
from django.db import connection
logging.disable(logging.CRITICAL)
connection.settings_dict["CONN_MAX_AGE"] = 60  # as in production: the connection is kept between requests
for address in sys.stdin:
    response = application(RequestFactory().get(address.strip()).environ, lambda status, headers: None)
    print(response.status_code, response.get("Retry-After"), len(response.content), len(response.cookies), flush=True)
    response.close()
"""


@contextmanager
def site(database_url):
    """A site in a process of its own; yields a function that asks it for an address."""
    environment = {**os.environ, "DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    process = subprocess.Popen(
        [sys.executable, "-c", SITE],
        cwd=ROOT,
        env=environment,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )

    def ask(address):
        process.stdin.write(address + "\n")
        process.stdin.flush()
        return process.stdout.readline().split()

    try:
        yield ask
    finally:
        process.stdin.close()
        process.wait(timeout=20)


def closed_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class TestADatabaseThatIsAway:
    def test_is_answered_by_503_and_when_to_come_back(self):
        with site(f"postgres://nobody@127.0.0.1:{closed_port()}/none") as ask:
            for address in ("/", "/bulletins/", "/health/ready", "/sign-in/"):
                status, retry, length, cookies = ask(address)
                if address != "/sign-in/":
                    assert (status, retry, cookies) == ("503", "30", "0"), address
                assert int(status) != 500
                assert int(length) > 5
            assert ask("/health/live")[0] == "200"
            assert ask("/robots.txt")[0] == "200"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
class TestADatabaseThatComesBack:
    def test_is_used_again_without_a_restart(self):
        database = connection.settings_dict
        door = Door(database["HOST"] or "127.0.0.1", int(database["PORT"] or 5432))
        user = f"{database['USER']}:{database['PASSWORD']}" if database["PASSWORD"] else database["USER"]
        with site(f"postgres://{user}@127.0.0.1:{door.port}/{database['NAME']}") as ask:
            door.open()
            assert ask("/health/ready")[0] == "200"
            door.shut()
            assert ask("/health/ready")[0] == "503"
            assert ask("/nowhere/")[0] == "503"
            door.open()
            assert ask("/health/ready")[0] == "200"
            assert ask("/nowhere/")[0] == "404"
            door.shut()


class Door:
    """Passes connections on to a server while it is open; shutting it cuts those that there are."""

    def __init__(self, host, port):
        self.target = (host, port)
        self.port = closed_port()
        self.sockets = []

    def open(self):
        """Begin to listen."""
        listener = socket.create_server(("127.0.0.1", self.port))
        self.sockets = [listener]
        threading.Thread(target=self._admit, args=[listener], daemon=True).start()

    def shut(self):
        """Cut every connection and listen no more."""
        for each in self.sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _admit(self, listener):
        while True:
            try:
                inside = listener.accept()[0]
                outside = socket.create_connection(self.target)
            except OSError:
                return
            self.sockets += [inside, outside]
            for pair in ((inside, outside), (outside, inside)):
                threading.Thread(target=self._pass_on, args=pair, daemon=True).start()

    def _pass_on(self, source, target):
        try:
            while data := source.recv(65536):
                target.sendall(data)
        except OSError:
            return
