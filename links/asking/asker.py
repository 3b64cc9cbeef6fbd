"""Finds out whether what an address of another site names is still there."""

import socket
import time
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urljoin

from django.conf import settings
from urllib3.util import Url

from links.addresses import read_web
from links.asking import verdicts
from links.asking.guard import is_public
from links.asking.pacing import Pace
from links.asking.robots import MOST_BYTES, Robots
from links.asking.sending import Answer, BadCertificate, NoAnswer, NoConnection, send
from links.asking.verdicts import Verdict, judge

NAME = "BoardLinkCheck"
MOST_REDIRECTS = 5
MOST_MACHINES = 2
SENT_ON = {301, 302, 303, 307, 308}
# With robots.txt, both ways of asking and redirects.
LONGEST_SECONDS = 60


class _Ended(Exception):
    """Nothing more can be found out."""

    def __init__(self, verdict: Verdict):
        super().__init__()
        self.verdict = verdict


def agent() -> str:
    """Return what we call ourselves: who we are, and where to read more and complain."""
    return f"{NAME}/1.0 (+{settings.WAGTAILADMIN_BASE_URL})"


class Asker:
    """Asks servers, each once a second at most. One is for one run: it remembers robots.txt and whom it asked when.

    What it does to the world is given to it, so that tests need no network: how names are looked up, which machines
    may be asked, the time and the waiting. `seconds`: how long one address may take.
    """

    def __init__(
        self,
        *,
        look_up: Callable = socket.getaddrinfo,
        may_ask: Callable[[str], bool] = is_public,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        seconds: float = LONGEST_SECONDS,
    ):
        self._look_up, self._may_ask, self.monotonic = look_up, may_ask, monotonic
        self._pace = Pace(monotonic=monotonic, sleep=sleep)
        self._robots = Robots(self._fetch_robots)
        self._seconds = seconds
        self._agent = agent()

    def ask(self, address: str, *, now: datetime) -> Verdict:
        """Return what there is at an address: first without asking for the page itself, then, in doubt, with it."""
        url = read_web(address)
        if url is None:
            return Verdict(fault=verdicts.NO_ADDRESS)
        until = self.monotonic() + self._seconds
        verdict = Verdict()
        for method in ("HEAD", "GET"):
            try:
                verdict = judge(self._follow(method, url, until), now=now)
            except _Ended as ended:
                verdict = ended.verdict
                # Some servers hang up at HEAD.
                if verdict.fault != verdicts.NO_ANSWER:
                    return verdict
            if not verdict.fault:
                return verdict
        return verdict

    def _follow(self, method: str, url: Url, until: float) -> Answer:
        """Return the answer at the end of all redirects. Raises _Ended."""
        for _ in range(1 + MOST_REDIRECTS):
            rules = self._robots.rules_for(url, until=until)
            if not rules.known:
                raise _Ended(Verdict(not_judged=verdicts.NO_RULES, reached=True))
            if not rules.allow(NAME, url.url):
                raise _Ended(Verdict(not_judged=verdicts.ASKED_NOT_TO, reached=True))
            answer = self._send(method, url, pause=rules.pause(NAME), until=until)
            if answer.status not in SENT_ON or not answer.location:
                return answer
            url = self._next(url, answer)
        raise _Ended(Verdict(fault=verdicts.ROUND_AND_ROUND, reached=True))

    def _next(self, url: Url, answer: Answer) -> Url:
        try:
            found = read_web(urljoin(url.url, answer.location))
        except ValueError:
            found = None
        if found is None:
            raise _Ended(Verdict(fault=verdicts.NO_ADDRESS))
        return found

    def _send(self, method: str, url: Url, *, pause: float, until: float, read: int = 0) -> Answer:
        machines = self._machines(url)
        self._pace.wait(url.host, seconds=pause)
        seconds = until - self.monotonic()
        if seconds <= 0:
            raise _Ended(Verdict(fault=verdicts.TOO_SLOW))
        for ip in machines:
            try:
                return send(method, url, ip=ip, agent=self._agent, seconds=seconds, read=read)
            except NoConnection:
                continue
            except BadCertificate:
                raise _Ended(Verdict(fault=verdicts.BAD_CERTIFICATE, reached=True)) from None
            except NoAnswer:
                raise _Ended(Verdict(fault=verdicts.NO_ANSWER)) from None
        raise _Ended(Verdict(fault=verdicts.NO_CONNECTION))

    def _machines(self, url: Url) -> list[str]:
        """Return the IP addresses to try, one after the other. All that the name stands for have to be public.

        Those of IPv4 first: many an office has no way out for the others. Raises _Ended.
        """
        try:
            found = self._look_up(url.host.strip("[]"), url.port or 443, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise _Ended(Verdict(fault=verdicts.NO_SERVER)) from None
        machines = [sockaddr[0] for *_, sockaddr in found]
        if not machines or not all(map(self._may_ask, machines)):
            raise _Ended(Verdict(fault=verdicts.NOT_PUBLIC))
        return sorted(dict.fromkeys(machines), key=lambda ip: ":" in ip)[:MOST_MACHINES]

    def _fetch_robots(self, url: Url, until: float) -> Answer | None:
        for _ in range(1 + MOST_REDIRECTS):
            try:
                answer = self._send("GET", url, pause=1, until=until, read=MOST_BYTES)
                if answer.status not in SENT_ON or not answer.location:
                    return answer
                url = self._next(url, answer)
            except _Ended:
                return None
        return None
