"""One request a second to each server, however many threads ask."""

from collections.abc import Callable
from threading import Lock


class Pace:
    """Says when it is one's turn to ask a server. `monotonic` and `sleep` are those of `time`, or a test's."""

    def __init__(self, *, monotonic: Callable[[], float], sleep: Callable[[float], None]):
        self._monotonic, self._sleep = monotonic, sleep
        self._free_at: dict[str, float] = {}
        self._lock = Lock()

    def wait(self, host: str, *, seconds: float) -> None:
        """Wait until the server may be asked, and let nobody else ask it for so many seconds."""
        with self._lock:
            now = self._monotonic()
            turn = max(now, self._free_at.get(host, now))
            self._free_at[host] = turn + seconds
        if turn > now:
            self._sleep(turn - now)
