"""The look for viruses, against a small stand-in for clamd that speaks its protocol."""

import io
import socket
import struct
from contextlib import contextmanager
from threading import Thread

import pytest

from files import scanning
from files.refusals import Refused
from files.scanning import Infected, NotScanned, ScannerAway, scan

VIRUS = b"stands for a virus"


class Clamd:
    """Takes one connection after the other; remembers what was sent, and finds VIRUS in it."""

    def __init__(self, listener, *, most=10_000_000, answer=None):
        self.listener, self.most, self.answer, self.received = listener, most, answer, []

    def serve(self):
        """Answer until the socket is closed."""
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as file:
                reply = self.answer if self.answer is not None else self.judged(file)
                if reply:
                    connection.sendall(reply)

    def judged(self, file) -> bytes:
        """What clamd says to INSTREAM."""
        assert file.read(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack(">I", file.read(4))[0]:
            if len(content) + length > self.most:
                return b"INSTREAM size limit exceeded. ERROR\0"
            content += file.read(length)
        self.received.append(content)
        return b"stream: Eicar-Signature FOUND\0" if VIRUS in content else b"stream: OK\0"


@contextmanager
def clamd(listener, **how):
    """Serve on a listening socket."""
    server = Clamd(listener, **how)
    thread = Thread(target=server.serve)
    thread.start()
    try:
        yield server
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


@contextmanager
def on_this_machine(**how):
    """Serve on a port; yield the server and its address."""
    listener = socket.create_server(("127.0.0.1", 0))
    with clamd(listener, **how) as server:
        yield server, f"tcp:127.0.0.1:{listener.getsockname()[1]}"


class TestScanning:
    @pytest.mark.parametrize("size", [0, 1, 64 * 1024, 64 * 1024 + 1, 1_000_000])
    def test_sends_the_whole_file_and_lets_a_clean_one_pass(self, size):
        file = io.BytesIO(b"a" * size)
        file.seek(size // 2)
        with on_this_machine() as (server, address):
            assert scan(file, address=address) is None
        assert server.received == [b"a" * size]
        assert file.tell() == 0

    def test_speaks_to_a_socket_too(self, tmp_path, monkeypatch):
        # Addresses of sockets are short.
        monkeypatch.chdir(tmp_path)
        listener = socket.socket(socket.AF_UNIX)
        listener.bind("clamd")
        listener.listen()
        with clamd(listener), pytest.raises(Infected):
            scan(io.BytesIO(VIRUS), address="unix:clamd")

    def test_names_what_was_found(self):
        file = io.BytesIO(b"a" * 100_000 + VIRUS)
        with on_this_machine() as (_, address), pytest.raises(Infected, match="“Eicar-Signature”"):
            scan(file, address=address)
        assert file.tell() == 0

    def test_finds_something_again_after_a_clean_file(self):
        with on_this_machine() as (_, address):
            scan(io.BytesIO(b"clean"), address=address)
            with pytest.raises(Infected):
                scan(io.BytesIO(VIRUS), address=address)

    @pytest.mark.parametrize("size", [20_001, 30_000_000])
    def test_does_not_let_pass_what_is_larger_than_the_scanner_takes(self, size):
        with on_this_machine(most=20_000) as (_, address), pytest.raises(NotScanned, match="larger than our"):
            scan(io.BytesIO(b"a" * size), address=address)

    def test_has_refusals_for_the_file_and_none_for_the_machine(self):
        assert issubclass(Infected, Refused)
        assert issubclass(NotScanned, Refused)
        assert not issubclass(ScannerAway, Refused)


class TestAScannerThatIsAway:
    @pytest.mark.parametrize("address", ["tcp:127.0.0.1:1", "unix:no-such-socket", "tcp:nowhere.invalid:3310"])
    def test_is_said_to_be_away(self, address):
        with pytest.raises(ScannerAway, match="does not answer"):
            scan(io.BytesIO(b"x"), address=address)

    @pytest.mark.parametrize(
        "answer",
        [b"", b"\0", b"stream: OK but not really\0", b"UNKNOWN COMMAND\0", b"stream: Can't allocate memory ERROR\0"],
    )
    def test_is_not_believed_when_it_talks_nonsense(self, answer):
        with on_this_machine(answer=answer) as (_, address), pytest.raises(ScannerAway):
            scan(io.BytesIO(b"x"), address=address)

    def test_is_not_waited_for_without_end(self, monkeypatch):
        monkeypatch.setattr(scanning, "SECONDS", 0.2)
        with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(ScannerAway):
            scan(io.BytesIO(b"x"), address=f"tcp:127.0.0.1:{silent.getsockname()[1]}")

    @pytest.mark.parametrize(
        "address", ["", "clamd", "tcp:host", "tcp::3310", "unix:", "http://host:1", "tcp:host:port"]
    )
    def test_needs_an_address(self, address):
        with pytest.raises(ValueError, match="is no address of a scanner"):
            scan(io.BytesIO(b"x"), address=address)
