"""The parts of the drill of alerts, on one scratch database: `python -m tests.drills.sending deliver PEOPLE KILLS …`.

A worker is `manage.py send_deliveries --watch`, forked, because starting Django takes longer than sending a batch.
"""

import json
import os
import random
import signal
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable

import django

from tests.drills.cluster import Cluster
from tests.smtp_sink import Noted, Sink, sink

# So short that what a dead worker held is free again soon. On a site it is two minutes.
STARTING_SECONDS = 8
LEASE_SECONDS = 6
# What was under way when the mail server went is tried again after one minute, then two.
LONGEST_END_SECONDS = 300


def deliver(people: str, kills: str, workers: str, cluster: str = "", port: str = "0") -> dict:
    """Send one update to all people, with kills and outages on the way, and return what came of it.

    `cluster`: the folder of the PostgreSQL whose power may be cut, and its port.
    """
    from django.test import override_settings

    prepare(int(people))
    database = Cluster(cluster, int(port)) if cluster else None
    with sink(os.environ["TMPDIR"]) as server:
        backend = "django.core.mail.backends.smtp.EmailBackend"
        mail = {"EMAIL_BACKEND": backend, "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": server.port, "EMAIL_TIMEOUT": 2}
        with override_settings(**mail, ALERTS_LEASE_SECONDS=LEASE_SECONDS):
            drill = Drill(server, database, workers=int(workers))
            begun = time.monotonic()
            try:
                drill.run(int(people), int(kills))
            finally:
                drill.end()
    seconds = round(time.monotonic() - begun)
    return {**drill.done, "seconds": seconds} | what_came(server.noted(), workers=int(workers), done=drill.done)


def prepare(people: int) -> None:
    """Let people have chosen a page that has just changed; nobody has been told yet."""
    from django.utils import timezone

    from alerts.messages.spreading import spread_due
    from tests.alerts.crowd import add_crowd
    from tests.alerts.factories import add_a_chapter, key_of
    from tests.procedures.factories import change

    chapter = add_a_chapter()
    spread_due(now=timezone.now())
    add_crowd(people, common=[key_of(chapter)])
    change(chapter, note="A new form is used from now on.", search_description="How to see neglect, and what to do.")


class Drill:
    """Workers that send, and what is done to them."""

    def __init__(self, server: Sink, database: Cluster | None, *, workers: int):
        self.server, self.database = server, database
        # The same moments every time, as far as the machine allows.
        self.chance = random.Random(7)
        self.done = Counter(kills=0, outages=0, cuts=0, errors=0)
        self.workers = [_worker() for _ in range(workers)]

    def run(self, people: int, kills: int) -> None:
        """Kill the workers in turns; after every eighth kill the mail server goes, after every tenth the database."""
        most = max(2, 2 * people // (kills + 5))
        for number in range(kills):
            self.wait_for(self.chance.randint(0, most))
            self.kill(number % len(self.workers))
            if number % 8 == 3:
                self.take_mail_server_away(number)
            if number % 10 == 6 and self.database:
                self.cut_database()
        end = time.monotonic() + LONGEST_END_SECONDS
        while _waiting() and time.monotonic() < end:
            time.sleep(0.5)

    def wait_for(self, mails: int, *, seconds: float = 8) -> None:
        """Wait until so many more mails have gone, and a little; not for ever, since dead workers hold some."""
        enough, end = self.server.count() + mails, time.monotonic() + seconds
        while self.server.count() < enough and time.monotonic() < end:
            time.sleep(0.001)
        time.sleep(self.chance.random() * 0.05)

    def kill(self, place: int) -> None:
        """End a worker by SIGKILL, and start another at once."""
        killed = self.workers[place]
        killed.kill()
        killed.join()
        self.done["kills"] += 1
        self.expect(killed.exitcode, -signal.SIGKILL)
        self.workers[place] = _worker()

    def take_mail_server_away(self, number: int) -> None:
        """Let the mail server go while mails are under way, for a moment; every second time a worker is killed, too."""
        self.wait_for(20)
        self.server.kill()
        self.done["outages"] += 1
        time.sleep(self.chance.random())
        if number % 16 == 3:
            self.kill(number % len(self.workers))
        self.server.start()
        self.wait_for(1, seconds=15)

    def cut_database(self) -> None:
        """Cut the database's power while mails are under way, and let it find its way back from its log."""
        self.wait_for(20)
        self.database.cut_the_power()
        self.done["cuts"] += 1
        time.sleep(self.chance.random())
        self.database.start()
        self.wait_for(1, seconds=15)

    def expect(self, status: int | None, expected: int) -> None:
        """Count a worker that ended by itself, or did not end."""
        if status != expected:
            self.done["errors"] += 1
            sys.stderr.write(f"A worker ended with {status} instead of {expected}.\n")

    def end(self) -> None:
        """Stop the workers as an administrator does.

        One that was started a moment ago is still looking at its settings, and ends as any program does.
        """
        time.sleep(STARTING_SECONDS)
        for worker in self.workers:
            worker.terminate()
            worker.join(20)
            self.expect(worker.exitcode, 0)
            worker.kill()


def _worker():
    from tests.drills.work import forked

    return forked(_send)


def _send():
    from django.core.management import call_command

    call_command("send_deliveries", watch=True)


def _waiting() -> bool:
    from django.db import connection

    from alerts.models import Delivery

    waiting = Delivery.objects.waiting().exists() or not Delivery.objects.exists()
    connection.close()
    return waiting


def what_came(noted: list[Noted], *, workers: int, done: Counter) -> dict:
    """Count what was lost or doubled; each kill, and each outage for each worker, may double one mail."""
    from alerts.models import Delivery, DeliveryState
    from alerts.posting.names import delivery_named

    addresses = dict(Delivery.objects.values_list("pk", "subscriber__address"))
    got = defaultdict(list)
    for mail in noted:
        got[mail.to].append(mail.message_id)
    return {
        "deliveries": len(addresses),
        "sent": Delivery.objects.filter(state=DeliveryState.SENT).count(),
        "lost": sum(address not in got for address in addresses.values()),
        "doubled": sum(len(names) - 1 for names in got.values()),
        "may be": done["kills"] + (done["outages"] + done["cuts"]) * workers,
        "another name": sum(addresses.get(delivery_named(mail.message_id)) != mail.to for mail in noted)
        + sum(len(set(names)) > 1 for names in got.values()),
    }


PARTS: dict[str, Callable[..., dict]] = {"deliver": deliver}

if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(PARTS[sys.argv[1]](*sys.argv[2:])))
