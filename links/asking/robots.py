"""What a server's robots.txt says (RFC 9309), read once for each server and kept as long as the asker."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.robotparser import RobotFileParser

from urllib3.util import Url

from links.asking.sending import Answer

# RFC 9309 asks for at least that much.
MOST_BYTES = 512 * 1024
LONGEST_PAUSE = 30


@dataclass(frozen=True)
class Rules:
    """What one server asks of us. `known`: whether it could say."""

    parser: RobotFileParser | None
    known: bool = True

    def allow(self, agent: str, url: str) -> bool:
        """Tell whether a page may be asked for."""
        return self.parser is None or self.parser.can_fetch(agent, url)

    def pause(self, agent: str) -> float:
        """Return how many seconds to leave between two requests: one at least."""
        asked = (self.parser.crawl_delay(agent) if self.parser else None) or 0
        return min(max(1.0, float(asked)), LONGEST_PAUSE)


EVERYTHING = Rules(None)


class Robots:
    """The rules of each server.

    `fetch(url, until)` gets its robots.txt, sent on where it is sent on, before that moment; None for no answer.
    """

    def __init__(self, fetch: Callable[[Url, float], Answer | None]):
        self._fetch = fetch
        self._rules: dict[str, Rules] = {}

    def rules_for(self, url: Url, *, until: float) -> Rules:
        """Return the rules of the server of a URL. Only one thread at a time asks about a server."""
        origin = f"{url.scheme}://{url.netloc}"
        if origin not in self._rules:
            robots = Url(url.scheme, None, url.host, url.port, "/robots.txt")
            self._rules[origin] = self._read(self._fetch(robots, until))
        return self._rules[origin]

    def _read(self, answer: Answer | None) -> Rules:
        # A server that does not answer at all will not answer for the page either, and that is what we say then.
        if answer is None or 400 <= answer.status < 500 and answer.status != 429:
            return EVERYTHING
        if not 200 <= answer.status < 300:
            return Rules(None, known=False)
        parser = RobotFileParser()
        parser.parse(answer.body.decode("utf-8", "replace").splitlines())
        return Rules(parser)
