"""A server on this machine that answers as it is told, a time that passes only when somebody waits, and no network."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread

from links.asking.asker import Asker

OK = (200, {}, b"")
NOT_FOUND = (404, {}, b"")


class PassingTime:
    """Stands in for `time`: a second is over when somebody has waited for it."""

    def __init__(self):
        self._now, self._lock = 0.0, Lock()

    def monotonic(self) -> float:
        return self._now

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self._now += seconds


class Web:
    """All servers of the world, which are one: any name leads to it. `answers`: {path or (method, path): answer}.

    An answer is (status, headers, body); without one a path is not found. `asked` holds (host, method, path, moment).
    """

    def __init__(self, port: int, time: PassingTime):
        self.port, self.time = port, time
        self.answers: dict = {}
        self.asked: list[tuple] = []
        self.agents: set[str] = set()
        # Names that stand for other machines than this one.
        self.machines: dict[str, list[str]] = {}
        self.private: set[str] = set()

    def url(self, path="/", host="council.example") -> str:
        return f"http://{host}:{self.port}{path}"

    def look_up(self, host, port, **kwargs) -> list[tuple]:
        machines = self.machines.get(host, ["127.0.0.1"])
        if not machines:
            raise OSError("no such name")
        return [(None, None, None, "", (machine, port)) for machine in machines]

    def asker(self, **fields) -> Asker:
        """Return somebody who asks, and who may ask this machine."""
        given = {"look_up": self.look_up, "may_ask": lambda ip: ip not in self.private} | fields
        return Asker(monotonic=self.time.monotonic, sleep=self.time.sleep, **given)

    def pages_asked(self) -> list[tuple[str, str]]:
        return [(method, path) for _, method, path, _ in self.asked if path != "/robots.txt"]


@contextmanager
def serving() -> Iterator[Web]:
    """Serve while the block runs."""
    time = PassingTime()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self):
            host = self.headers["Host"].partition(":")[0]
            web.asked.append((host, self.command, self.path, time.monotonic()))
            web.agents.add(self.headers["User-Agent"])
            for key in ((self.command, self.path), self.path, (host, self.path)):
                if key in web.answers:
                    status, headers, body = web.answers[key]
                    break
            else:
                status, headers, body = NOT_FOUND
            if status == 0:  # Hangs up.
                self.close_connection = True
                return
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_GET = do_HEAD = _answer

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    web = Web(server.server_port, time)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
