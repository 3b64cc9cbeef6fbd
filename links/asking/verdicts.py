"""What an answer means, in words for the office."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from links.asking.sending import Answer

# Nobody is believed who asks us to come back in a year.
LONGEST_WAIT = timedelta(days=14)

NO_ADDRESS = "Browsers cannot follow this address."
NO_SERVER = "There is no server of this name."
NO_CONNECTION = "The server cannot be reached."
NO_ANSWER = "The server does not answer."
BAD_CERTIFICATE = "Browsers warn of this address: its certificate is not right."
NOT_PUBLIC = "It leads into a private network, which readers cannot reach."
ROUND_AND_ROUND = "It sends readers on and on, and never arrives."
TOO_SLOW = "It takes so long that readers give up."
ASKED_NOT_TO = "Its server asks programs not to look at this page (robots.txt)."
NO_RULES = "Its server could not say whether programs may look at this page (robots.txt)."
BUSY = "Its server asked us to come back later."

SILENT = (NO_SERVER, NO_CONNECTION, NO_ANSWER, TOO_SLOW)


@dataclass(frozen=True)
class Verdict:
    """What we know of a link after asking.

    `fault` says what is wrong, `not_judged` why we cannot tell; both empty: it is good. `reached`: a server has
    answered, so our own line is not the reason. `wait`: how long the server asked us to stay away.
    """

    fault: str = ""
    not_judged: str = ""
    reached: bool = False
    wait: timedelta = timedelta(0)

    @property
    def is_good(self) -> bool:
        """Whether readers get something at the address."""
        return not (self.fault or self.not_judged)

    @property
    def is_silent(self) -> bool:
        """Whether nobody answered, for which our own line may be the reason."""
        return self.fault in SILENT

    @property
    def is_of_the_server(self) -> bool:
        """Whether it would be the same for any other page of that server."""
        return self.fault in (NO_SERVER, NO_CONNECTION)


def judge(answer: Answer, *, now: datetime) -> Verdict:
    """Say what the last answer means: one that does not send us on."""
    if 200 <= answer.status < 300:
        return Verdict(reached=True)
    wait = _wait_of(answer.retry_after, now)
    if answer.status == 429 or (answer.status == 503 and wait is not None):
        return Verdict(not_judged=BUSY, reached=True, wait=wait or timedelta(0))
    return Verdict(fault=_words_for(answer.status), reached=True)


def _words_for(status: int) -> str:
    if status == 404:
        return "The page is not there any more (404)."
    if status == 410:
        return "The page was taken away for good (410)."
    if status in (401, 403, 407, 451):
        return f"The server refuses to show it ({status}). Open it yourself: some servers refuse programs only."
    if 500 <= status < 600:
        return f"The server has a fault ({status})."
    return f"The server answers with an error ({status})."


def _wait_of(header: str, now: datetime) -> timedelta | None:
    """Read Retry-After (RFC 9110): seconds, or a date; None for neither."""
    header = header.strip()
    if header.isascii() and header.isdigit():
        return min(timedelta(seconds=int(header[:9])), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(header)
    except (TypeError, ValueError, IndexError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max(until - now, timedelta(0)), LONGEST_WAIT)
