"""The nightly round: links to other sites, several servers at once, each of them once a second at most."""

import logging
from collections import deque
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from links.asking.asker import Asker
from links.asking.verdicts import Verdict
from links.models import Link
from links.turns import Turn, give_up, keep_turn, take_turn
from links.verdicts import write_verdict

logger = logging.getLogger(__name__)

SERVERS_AT_ONCE = 6
# The rest is asked in the next night. Less than an hour, after which the clock calls a job stuck.
LONGEST = timedelta(minutes=50)
# So many servers that do not answer, and none that does: it is our own line.
TOO_MANY_SILENT = 5
# After so many pages for which a server could not be reached, its other pages are not asked for.
UNREACHED = 2


class LineIsDown(Exception):
    """No server could be reached at all. Nothing is held against any link."""


@dataclass
class Visit:
    """A server whose turn is ours, with what is to be asked there."""

    turn: Turn
    links: deque[tuple[int, str]]
    unreached: int = 0
    last: Verdict = field(default_factory=Verdict)


def ask_after_links(*, now: datetime, asker: Asker, longest: timedelta = LONGEST) -> int:
    """Ask after all links to other sites whose time has come; return how many. Raises LineIsDown.

    Each answer is written down at once, so what a killed round had found out stays, and the next one asks for the rest.
    """
    return _Round(now, asker, longest).run()


class _Round:
    """One round. The database is asked in this thread alone, servers in others."""

    def __init__(self, now: datetime, asker: Asker, longest: timedelta):
        self._now, self._asker, self._longest = now, asker, longest
        self._begun = asker.monotonic()
        self._running: dict[Future, tuple[Visit, int]] = {}
        self._turns: dict[str, Turn] = {}
        # What was found while no server had answered yet: perhaps it is our own line.
        self._doubtful: list[tuple[int, Verdict]] = []
        self._silent_hosts: set[str] = set()
        self._anyone_answered = False
        self.asked = 0

    def run(self) -> int:
        hosts = deque(_hosts(self._now))
        with ThreadPoolExecutor(SERVERS_AT_ONCE) as pool:
            try:
                while hosts or self._running:
                    while hosts and len(self._running) < SERVERS_AT_ONCE and not self._is_over():
                        self._begin(pool, hosts.popleft())
                    if not self._running:
                        break
                    for future in wait(self._running, return_when=FIRST_COMPLETED).done:
                        self._go_on(pool, future)
            finally:
                self._give_up_all()
        self._write_doubtful()
        return self.asked

    def _is_over(self) -> bool:
        return self._time() - self._now > self._longest

    def _time(self) -> datetime:
        return self._now + timedelta(seconds=self._asker.monotonic() - self._begun)

    def _begin(self, pool, host: str) -> None:
        turn = take_turn(host=host, now=self._time())
        if turn is None:
            return
        self._turns[host] = turn
        # Looked for after the turn is ours: somebody else may just have asked them all.
        links = Link.objects.to_ask_after(now=self._now).filter(host=host).values_list("pk", "address")
        self._next(pool, Visit(turn, deque(links)))

    def _next(self, pool, visit: Visit) -> None:
        if not visit.links or self._is_over() or not keep_turn(visit.turn, now=self._time()):
            give_up(self._turns.pop(visit.turn.host), now=self._time())
            return
        key, address = visit.links.popleft()
        self._running[pool.submit(self._ask, visit, address)] = visit, key

    def _ask(self, visit: Visit, address: str) -> Verdict:
        """Runs in a thread of its own, without the database."""
        if visit.unreached >= UNREACHED:
            return replace(visit.last)
        try:
            return self._asker.ask(address, now=self._time())
        except Exception:
            # One address that we cannot cope with must not keep all others from being asked for.
            logger.exception("The check of a link to %s broke off.", visit.turn.host)
            return Verdict(not_judged="Our own check broke off at this address.")

    def _go_on(self, pool, future: Future) -> None:
        visit, key = self._running.pop(future)
        visit.last = verdict = future.result()
        visit.unreached = visit.unreached + 1 if verdict.is_of_the_server else 0
        self.asked += 1
        self._note(visit.turn.host, key, verdict)
        self._next(pool, visit)

    def _note(self, host: str, key: int, verdict: Verdict) -> None:
        if verdict.reached:
            self._anyone_answered = True
            self._write_doubtful()
        if self._anyone_answered or not verdict.is_silent:
            write_verdict(link_id=key, verdict=verdict, now=self._time())
            return
        self._doubtful.append((key, verdict))
        self._silent_hosts.add(host)
        if len(self._silent_hosts) >= TOO_MANY_SILENT:
            raise LineIsDown

    def _write_doubtful(self) -> None:
        while self._doubtful:
            key, verdict = self._doubtful.pop()
            write_verdict(link_id=key, verdict=verdict, now=self._time())

    def _give_up_all(self) -> None:
        """Let others ask, when the round breaks off."""
        for turn in self._turns.values():
            give_up(turn, now=self._time())


def _hosts(now: datetime) -> list[str]:
    """Return the servers to be asked, those first that have waited longest."""
    return list(dict.fromkeys(Link.objects.to_ask_after(now=now).values_list("host", flat=True)))
