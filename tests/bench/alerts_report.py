"""The figures of alerts, beside what they may be: a hundred thousand told, mails a second, and registering."""

import tempfile

from django.db import connection

from alerts.models import Message
from tests.bench import alerts, posting
from tests.bench.__main__ import mark, table

SECONDS_OF_FAN_OUT = {"postgresql": 3, "sqlite": 10}
MEGABYTES_OF_FAN_OUT = 64
TIMES_PLAIN = {"one worker": 1.0, "two workers": 1.6, "from a mould, no database": 3.0}


def report() -> None:
    """Build a site with very many subscribers, measure it, and print."""
    print(f"Registering {alerts.PEOPLE:,} subscribers ...", flush=True)
    chapters = alerts.build()
    fan_out = alerts.fan_out(chapters[0])
    with tempfile.TemporaryDirectory() as folder:
        rates = posting.measured(Message.objects.latest("pk"), folder)
    requests = alerts.registering(chapters[0])
    digest = alerts.digest(chapters)
    print()
    report_telling(fan_out, digest)
    report_rates(rates)
    table(
        [f"registering, on {connection.vendor}", "queries", "ms median"],
        [[name, request.queries, f"{request.median:.1f}"] for name, request in requests.items()],
    )


def report_telling(fan_out: alerts.Cost, digest: alerts.Cost) -> None:
    """Print what telling everybody costs."""
    seconds = SECONDS_OF_FAN_OUT[connection.vendor]
    good = fan_out.seconds <= seconds and fan_out.megabytes <= MEGABYTES_OF_FAN_OUT
    table(
        [f"to {alerts.PEOPLE:,}, on {connection.vendor}", "rows written", "seconds", "may be", "MB over idle"]
        + ["may be", "good"],
        [
            ["one update at once", fan_out.written, f"{fan_out.seconds:.2f}", seconds, f"{fan_out.megabytes:.1f}"]
            + [MEGABYTES_OF_FAN_OUT, mark(good)],
            [f"digest of {alerts.UPDATES} updates", digest.written, f"{digest.seconds:.2f}", ""]
            + [f"{digest.megabytes:.1f}", "", ""],
        ],
    )


def report_rates(rates: dict[str, posting.Rate]) -> None:
    """Print how fast mails go out, beside the plain loop of the same turns."""
    table(
        [f"mails to a local server, on {connection.vendor}", "a second", "x plain loop", "at least", "good"],
        [
            [name, f"{rate.a_second:.0f}", f"{rate.times_plain:.2f}", TIMES_PLAIN.get(name, "")]
            + [mark(rate.times_plain >= TIMES_PLAIN[name]) if name in TIMES_PLAIN else ""]
            for name, rate in rates.items()
        ],
    )
    print("The plain loop renders, builds and sends a message of Django's for each person, and writes nothing down. A")
    print("worker asks before each mail whether it is still wanted, and goes on when the disk says that it is written")
    print("down; what that alone costs on this machine says the line on the disk. Medians of the turns.\n")
