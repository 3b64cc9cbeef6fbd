"""One request to one server, with limits to its time and to what is read of the answer."""

import http.client
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from socket import SHUT_RDWR
from threading import Timer

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.util import Url

# To connect, and for each part of the answer.
TIMEOUT_SECONDS = 10
# For the whole of it: a server that sends a letter every nine seconds would keep us for ever.
LONGEST_SECONDS = 20


class NoConnection(Exception):
    """The server could not be reached, for whatever page."""


class NoAnswer(Exception):
    """The server did not answer for this page, or not in HTTP."""


class BadCertificate(Exception):
    """The server could not show that it is the one of that name."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    location: str
    retry_after: str
    body: bytes


def send(method: str, url: Url, *, ip: str, agent: str, seconds: float, read: int = 0) -> Answer:
    """Ask the machine with that IP address for what the URL names, and read so many bytes of the answer.

    All of it takes no longer than so many seconds, and never longer than LONGEST_SECONDS. The name is still the one
    that is asked for and that the certificate has to be of. Raises NoConnection, NoAnswer, BadCertificate.
    """
    headers = {"Host": url.netloc, "User-Agent": agent, "Accept": "*/*", "Connection": "close"}
    try:
        with _connected(url, ip, min(seconds, LONGEST_SECONDS)) as connection:
            _connect(connection)
            connection.request(method, url.request_uri, headers=headers, preload_content=False)
            answer = connection.getresponse()
            body = answer.read(read, decode_content=False) if read else b""
    except ssl.SSLCertVerificationError as error:
        raise BadCertificate from error
    except (HTTPError, OSError, http.client.HTTPException, ValueError) as error:
        raise NoAnswer(type(error).__name__) from error
    found = answer.headers
    return Answer(answer.status, found.get("Location", ""), found.get("Retry-After", ""), body)


def _connect(connection: HTTPConnection) -> None:
    try:
        connection.connect()
    except ssl.SSLCertVerificationError:
        raise
    except (HTTPError, OSError) as error:
        raise NoConnection(type(error).__name__) from error


@contextmanager
def _connected(url: Url, ip: str, seconds: float) -> Iterator[HTTPConnection]:
    connection = _connection(url, ip, min(seconds, TIMEOUT_SECONDS))
    timer = Timer(seconds, _cut_off, [connection])
    timer.daemon = True
    timer.start()
    try:
        yield connection
    finally:
        timer.cancel()
        connection.close()


def _connection(url: Url, ip: str, timeout: float) -> HTTPConnection:
    if url.scheme == "https":
        return HTTPSConnection(
            ip,
            url.port or 443,
            timeout=timeout,
            server_hostname=url.host.strip("[]"),
            cert_reqs=ssl.CERT_REQUIRED,
        )
    return HTTPConnection(ip, url.port or 80, timeout=timeout)


def _cut_off(connection: HTTPConnection) -> None:
    with suppress(OSError, AttributeError):  # Closed already, or never connected.
        connection.sock.shutdown(SHUT_RDWR)
