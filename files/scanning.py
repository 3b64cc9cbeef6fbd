"""An optional look for viruses, by a ClamAV daemon (clamd) on this or another machine.

The protocol is that of clamd(8), command INSTREAM, and takes fewer lines than using a library would:
clamav-client is under the GPL, and clamd (its Python package) is no longer looked after.
"""

import socket
import struct
from contextlib import suppress
from typing import BinaryIO

from files.refusals import Refused

SECONDS = 30
CHUNK = 64 * 1024
LONGEST_ANSWER = 4096
LONGEST_NAME = 100


class Infected(Refused):
    """The scanner found something in the file."""


class NotScanned(Refused):
    """The file is larger than the scanner takes, so nobody knows what is in it."""


class ScannerAway(Exception):
    """The scanner cannot be reached, or gives no answer that makes sense. Try again later."""


def scan(file: BinaryIO, *, address: str):
    """Send a file to the scanner at “unix:/path” or “tcp:host:port”; return when nothing was found in it.

    The whole file is read; its position is 0 after that. Raises Infected, naming what was found; NotScanned when
    clamd's StreamMaxLength is less than the file; ScannerAway for all that is not the file's fault.
    """
    file.seek(0)
    try:
        with _connected(address) as connection:
            _send(file, connection)
            answer = _received(connection)
    except OSError as error:
        raise ScannerAway(f"The virus scanner at {address} does not answer: {error}") from error
    finally:
        file.seek(0)
    _judge(answer)


def _connected(address: str) -> socket.socket:
    scheme, _, place = address.partition(":")
    if scheme == "unix" and place:
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(SECONDS)
        connection.connect(place)
        return connection
    host, _, port = place.rpartition(":")
    if scheme == "tcp" and host and port.isdigit():
        return socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS)
    raise ValueError(f"“{address}” is no address of a scanner: write unix:/path or tcp:host:port.")


def _send(file: BinaryIO, connection: socket.socket):
    # clamd stops listening when a file is too large, and has said so then.
    with suppress(BrokenPipeError, ConnectionResetError):
        connection.sendall(b"zINSTREAM\0")
        while chunk := file.read(CHUNK):
            connection.sendall(struct.pack(">I", len(chunk)) + chunk)
        connection.sendall(struct.pack(">I", 0))


def _received(connection: socket.socket) -> str:
    answer = b""
    while b"\0" not in answer and len(answer) < LONGEST_ANSWER and (data := connection.recv(LONGEST_ANSWER)):
        answer += data
    return answer.partition(b"\0")[0].decode("utf-8", errors="replace").strip()


def _judge(answer: str):
    if answer == "stream: OK":
        return
    if answer.endswith(" FOUND"):
        found = answer.removeprefix("stream: ").removesuffix(" FOUND")[:LONGEST_NAME]
        raise Infected(
            f"Our virus scanner found “{found}” in this file. Do not open it, and tell whoever looks after your "
            "computer."
        )
    if "size limit exceeded" in answer:
        raise NotScanned(
            "This file is larger than our virus scanner takes. Make it smaller, or ask whoever runs the site to raise "
            "the scanner’s limit."
        )
    raise ScannerAway(f"The virus scanner gave an answer that makes no sense: {answer[:200]!r}")
