"""A site with a hundred thousand subscribers: what it costs to tell all of them, and to register.

What is told is measured in a process of its own: `python -m tests.bench.alerts PART`, started by this module.
"""

import json
import os
import re
import statistics
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from unittest import mock
from urllib.parse import urlsplit

import django

if __name__ == "__main__":
    django.setup()

from django.core import signing
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alerts.messages.digests import make_digest
from alerts.messages.spreading import spread, spread_due
from alerts.messages.times import last_due
from alerts.models import Delivery, Frequency, Message, Subscription
from enquiries.guards import new_key
from home.models import HomePage
from procedures.models import ChapterPage
from tests.alerts.crowd import add_crowd
from tests.bench.library import let_the_database_look
from tests.procedures.factories import add_chapter, add_manual, change

PEOPLE, UPDATES, CHAPTERS = 100_000, 100, 20
REPEATS = 60


@dataclass(frozen=True)
class Cost:
    """What telling everybody costs: seconds, megabytes at most beyond those when idle, and deliveries written."""

    seconds: float
    megabytes: float
    written: int


@dataclass(frozen=True)
class Request:
    """What a request costs: queries, and processor milliseconds at the median."""

    queries: int
    median: float


def build() -> list[ChapterPage]:
    """Make a manual, and people who each hear at once of the whole of it, of the library and of one chapter."""
    manual = add_manual(HomePage.objects.first(), title="Manual", slug="manual")
    chapters = [add_chapter(manual, title=f"Chapter {n}", slug=f"chapter-{n}") for n in range(CHAPTERS)]
    _spread_one_by_one()
    with transaction.atomic():
        add_crowd(PEOPLE, common=[f"manual:{manual.pk}", "library"], some=[f"page:{page.pk}" for page in chapters])
    let_the_database_look()
    return chapters


def _spread_one_by_one() -> None:
    """Spread what is waiting as if it had not been published all at once, which would be told together."""
    ago = timezone.now() - timedelta(days=1)
    waiting = Message.objects.filter(spread_at=None)
    keys = list(waiting.values_list("pk", flat=True))
    waiting.update(moment=ago, release_at=ago)
    for key in keys:
        spread(key, now=timezone.now())


def fan_out(chapter: ChapterPage) -> Cost:
    """Publish a change that everybody hears of at once, and measure the spreading of it."""
    change(chapter, note="A new form is used from now on.", search_description="How to see neglect, and what to do.")
    return _alone("spread")


def digest(chapters: list[ChapterPage]) -> Cost:
    """Let everybody hear of things once a day, publish a hundred changes, and measure the making of the digest."""
    Delivery.objects.all().delete()
    Subscription.objects.update(frequency=Frequency.DAILY)
    for number in range(UPDATES):
        change(chapters[number % CHAPTERS], note=f"Change {number}.", search_description=f"Summary {number}.")
    _spread_one_by_one()
    let_the_database_look()
    return _alone("digest")


def _alone(part: str) -> Cost:
    """Do a part in a new process, whose memory holds nothing else."""
    address = os.environ["DATABASE_URL"]
    if connection.vendor == "postgresql":
        address = urlsplit(address)._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    command = [sys.executable, "-m", "tests.bench.alerts", part]
    environment = os.environ | {"DATABASE_URL": address}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return Cost(**json.loads(done.stdout))


def _measured(part: str) -> Cost:
    now = timezone.now()
    # The digest after the updates, whenever this runs.
    due = last_due(Frequency.DAILY, now=now + timedelta(days=1))
    work = {"spread": lambda: spread_due(now=now), "digest": lambda: make_digest(Frequency.DAILY, now=due)}[part]
    # Idle: connected, and all modules that a worker has.
    Message.objects.to_be_spread(now=now).first()
    idle, begun = _megabytes(), time.perf_counter()
    written = work()
    return Cost(time.perf_counter() - begun, _megabytes() - idle, written)


def _megabytes() -> float:
    """Return the most memory that this process ever held; `getrusage` would begin with what its parent held."""
    return int(re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())[1]) / 1024


def registering(chapter: ChapterPage) -> dict[str, Request]:
    """Measure the page on which people choose, and sending it in."""
    topic = f"topic-manual-{chapter.get_parent().pk}"
    address = reverse("alerts:choose")
    client = Client()
    with mock.patch.object(signing.time, "time", return_value=time.time() - 60):
        keys = [new_key() for _ in range(REPEATS + 1)]

    def post(number: int):
        filled_in = {"address": f"new-{number}@agency.example", topic: "daily", "website": "", "key": keys[number]}
        # From many places: one sender may not send so many.
        return client.post(address, filled_in, REMOTE_ADDR=f"10.9.0.{number}")

    with override_settings(ALERTS_OPEN=True, ALLOWED_HOSTS=["*"]):
        return {
            "page": _request(lambda number: client.get(address), answer=200),
            "page, from a chapter": _request(
                lambda number: client.get(f"{address}?topic=page:{chapter.pk}"), answer=200
            ),
            "sending it in": _request(post, answer=302),
        }


def _request(ask, *, answer: int) -> Request:
    spent = []
    for number in range(REPEATS):
        begun = time.process_time()
        response = ask(number)
        spent.append(1000 * (time.process_time() - begun))
        if response.status_code != answer:
            raise RuntimeError(f"{response.status_code} instead of {answer}")
    with CaptureQueriesContext(connection) as captured:
        ask(REPEATS)
    return Request(len(captured), statistics.median(spent))


if __name__ == "__main__":
    print(json.dumps(asdict(_measured(sys.argv[1]))))
