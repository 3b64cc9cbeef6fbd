"""A mail server that takes everything and notes one line a mail: `python -m tests.smtp_sink FILE [PORT]`.

A process of its own, so that drills can kill it, and light, so that in a benchmark it is not what is measured. It says
its port once it listens. A mail is noted before it is answered: a sink that is killed has noted all that was promised.
"""

import asyncio
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

END_OF_MAIL = b"\r\n.\r\n"
MESSAGE_ID = re.compile(rb"^message-id:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
ANSWERS = {
    b"MAIL": b"250 OK\r\n",
    b"RCPT": b"250 OK\r\n",
    b"RSET": b"250 OK\r\n",
    b"NOOP": b"250 OK\r\n",
    b"HELO": b"250 sink\r\n",
    b"EHLO": b"250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n",
    b"DATA": b"354 Go on\r\n",
    b"QUIT": b"221 Bye\r\n",
}


class Conversation(asyncio.Protocol):
    """One connection; commands may come in one go (RFC 2920)."""

    def __init__(self, note):
        self.note, self.pending, self.in_mail, self.to = note, b"", False, b""

    def connection_made(self, transport):
        """Greet."""
        self.transport = transport
        transport.write(b"220 sink\r\n")

    def data_received(self, data):
        """Answer all that is complete, in one go too."""
        self.pending += data
        answers = []
        while (answer := self.next_answer()) is not None:
            answers.append(answer)
        if answers:
            self.transport.write(b"".join(answers))
        if ANSWERS[b"QUIT"] in answers:
            self.transport.close()

    def next_answer(self) -> bytes | None:
        """Take the next mail or command off what has come; None while it is not complete."""
        mail_or_line, end, rest = self.pending.partition(END_OF_MAIL if self.in_mail else b"\r\n")
        if not end:
            return None
        self.pending = rest
        if self.in_mail:
            self.in_mail = False
            self.note(self.to, mail_or_line)
            return b"250 OK\r\n"
        command = mail_or_line[:4].upper()
        if command == b"RCPT":
            self.to = mail_or_line.partition(b"<")[2].partition(b">")[0]
        if command == b"DATA":
            # So that the end of an empty mail looks like any other.
            self.in_mail, self.pending = True, b"\r\n" + rest
        return ANSWERS.get(command, b"502 Not known\r\n")


async def _serve(path: str, port: int):
    # Appended by one system call a mail: what was noted is in the file, however the process ends.
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def note(to: bytes, mail: bytes):
        named = MESSAGE_ID.search(mail)
        os.write(file, b"%.3f %s %s\n" % (time.time(), to, named[1] if named else b"none"))

    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Conversation(note), "127.0.0.1", port)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    ended = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, ended.set)
    await ended.wait()


@dataclass(frozen=True)
class Noted:
    """A mail that the sink took: when (seconds since 1970), to whom, and its Message-ID."""

    at: float
    to: str
    message_id: str


class Sink:
    """A sink as the programs see it that use one."""

    def __init__(self, path: Path):
        self.path = path
        self.path.touch()
        self.port = 0
        self._process = None
        self._read = self._lines = 0

    def start(self) -> None:
        """Listen, on the same port as before."""
        command = [sys.executable, "-m", "tests.smtp_sink", str(self.path), str(self.port)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).resolve().parent.parent)
        self.port = int(self._process.stdout.readline())

    def kill(self) -> None:
        """Go away at once, in the midst of whatever it is."""
        self._process.kill()
        self._process.wait()
        self._process.stdout.close()

    def count(self) -> int:
        """Return how many mails it has taken; quick, however many there are."""
        with self.path.open("rb") as file:
            file.seek(self._read)
            new = file.read()
        self._read += len(new)
        self._lines += new.count(b"\n")
        return self._lines

    def noted(self) -> list[Noted]:
        """Return all mails that it has taken."""
        lines = (line.split() for line in self.path.read_text().splitlines())
        return [Noted(float(at), to, message_id) for at, to, message_id in lines]


@contextmanager
def sink(folder):
    """Run a sink that notes its mails in a folder, and yield it."""
    running = Sink(Path(folder) / "mails.txt")
    running.start()
    try:
        yield running
    finally:
        running.kill()


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0))
