"""How many mails a second a worker sends to the light mail server of this machine, beside a plain loop.

The plain loop does what one would write first: for each person render both templates, build a message of Django's, and
send it over one kept connection. It asks no database and marks nothing, so it would send everything again when killed.
All are measured in turns and compared turn by turn: whatever else the machine does meets all. A turn is long enough
that what a worker does once (connecting, making the mould, looking for more at the end) is no part of its rate.
"""

import multiprocessing
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection, connections
from django.template.loader import render_to_string
from django.test import override_settings
from django.utils import timezone
from wagtail.models import Site

from alerts import links
from alerts.mail import unsubscribe_headers
from alerts.messages.lines import lines_of
from alerts.messages.words import Places
from alerts.models import Delivery, DeliveryState, Message, Subscriber
from alerts.posting.mould import Personal
from alerts.posting.moulds import Moulds
from alerts.posting.names import message_id_of
from alerts.posting.postmen import postman
from alerts.posting.worker import Worker
from organisation.gather import gather
from tests.smtp_sink import sink

TURNS, MAILS, KEPT = 5, 1_200, 100
PLAIN = "plain loop"
NOT_WAITING = {"sqlite": "PRAGMA synchronous = OFF", "postgresql": "SET synchronous_commit = off"}
WHY = "You get this because you chose: Procedures: Every change in “Manual”."
forking = multiprocessing.get_context("fork")


@dataclass(frozen=True)
class Rate:
    """Mails a second at the median, and how many times the plain loop of the same turn."""

    a_second: float
    times_plain: float


def measured(message: Message, folder: str) -> dict[str, Rate]:
    """Measure each way of sending a message whose deliveries have been written."""
    keys = list(message.deliveries.order_by("pk").values_list("pk", flat=True)[: 2 * MAILS])
    message.deliveries.exclude(pk__in=keys).delete()
    people = list(Subscriber.objects.filter(deliveries__in=keys[:MAILS]).order_by("pk"))
    ways: dict[str, Callable[[], float]] = {
        PLAIN: lambda: _plain(message, people),
        "from a mould, no database": lambda: _from_a_mould(message, people),
        "one worker": lambda: _workers(keys[:MAILS], 1),
    }
    if connection.vendor == "postgresql":
        ways["two workers"] = lambda: _workers(keys, 2)
    ways["one worker, not waiting for the disk"] = lambda: _workers(keys[:MAILS], 1, waits_for_disk=False)
    ways["the disk alone: what it can be told to keep"] = lambda: _kept_by_the_disk(Path(folder))
    backend = "django.core.mail.backends.smtp.EmailBackend"
    with (
        sink(folder) as server,
        override_settings(EMAIL_BACKEND=backend, EMAIL_HOST="127.0.0.1", EMAIL_PORT=server.port),
    ):
        for way in ways.values():
            way()
        turns = [{name: way() for name, way in ways.items()} for _ in range(TURNS)]
    return {
        name: Rate(
            statistics.median(turn[name] for turn in turns),
            statistics.median(turn[name] / turn[PLAIN] for turn in turns),
        )
        for name in ways
    }


def _plain(message: Message, people: list[Subscriber]) -> float:
    """Send to each as one would write it first; return mails a second."""
    context = {
        "line": lines_of(Message.objects.filter(pk=message.pk))[0],
        "organisation": gather(Site.objects.get(is_default_site=True)),
        "site_url": settings.SITE_URL,
        "reply_to": settings.DEFAULT_FROM_EMAIL,
    }
    backend = get_connection()
    backend.open()
    begun = time.perf_counter()
    for person in people:
        leave_url = links.link(person.public_id, purpose=links.LEAVE)
        places = Places(WHY, links.link(person.public_id, purpose=links.MANAGE), leave_url)
        mail = EmailMultiAlternatives(
            subject=f"{context['line'].word}: {context['line'].title}",
            body=render_to_string("emails/alerts/update.txt", context | {"places": places}).strip() + "\n",
            to=[person.address],
            headers={"Auto-Submitted": "auto-generated", **unsubscribe_headers(leave_url)},
            connection=backend,
        )
        mail.attach_alternative(
            render_to_string("emails/alerts/update.html", context | {"places": places}), "text/html"
        )
        mail.send()
    spent = time.perf_counter() - begun
    backend.close()
    return len(people) / spent


def _from_a_mould(message: Message, people: list[Subscriber]) -> float:
    """Send to each from a mould that was made before, without asking or telling the database; return mails a second."""
    made = Moulds().get(message.pk, None, now=timezone.now())
    with postman() as carrier:
        begun = time.perf_counter()
        for person in people:
            personal = Personal(
                to=person.address,
                message_id=message_id_of(person.pk),
                why=WHY,
                manage_url=links.link(person.public_id, purpose=links.MANAGE),
                leave_url=links.link(person.public_id, purpose=links.LEAVE),
                sent_at=timezone.now(),
            )
            carrier.post(made.mould, personal)
        return len(people) / (time.perf_counter() - begun)


def _kept_by_the_disk(folder: Path) -> float:
    """Return how often a second a few kilobytes can be written so that a power cut does not take them."""
    file = os.open(folder / "kept", os.O_WRONLY | os.O_CREAT)
    os.write(file, bytes(2**20))
    os.fsync(file)
    begun = time.perf_counter()
    for number in range(KEPT):
        os.pwrite(file, bytes(8192), 8192 * (number % 100))
        os.fdatasync(file)
    spent = time.perf_counter() - begun
    os.close(file)
    return KEPT / spent


def _workers(keys: list[int], many: int, *, waits_for_disk: bool = True) -> float:
    """Let workers send what was sent before; return mails a second of all together.

    Each is a process of its own and ready before the clock starts; it stops with the last to end.
    """
    now = timezone.now()
    Delivery.objects.waiting().update(state=DeliveryState.SENT, done_at=now)
    Delivery.objects.filter(pk__in=keys).update(state=DeliveryState.WAITING, done_at=None, not_before=now)
    connections.close_all()
    start, sent = forking.Barrier(many + 1), forking.SimpleQueue()
    processes = [forking.Process(target=_work, args=(start, sent, waits_for_disk)) for _ in range(many)]
    for process in processes:
        process.start()
    start.wait()
    begun = time.perf_counter()
    each = [sent.get() for _ in processes]
    spent = time.perf_counter() - begun
    for process in processes:
        process.join()
    if sum(each) != len(keys):
        raise RuntimeError(f"Of {len(keys)} mails {sum(each)} were sent.")
    return len(keys) / spent


def _work(start, sent, waits_for_disk: bool):
    worker = Worker(clock=timezone.now)
    with connection.cursor() as cursor:
        if not waits_for_disk:
            cursor.execute(NOT_WAITING[connection.vendor])
    start.wait()
    sent.put(worker.work())
