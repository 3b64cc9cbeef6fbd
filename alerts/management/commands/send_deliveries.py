"""`manage.py send_deliveries`: sends alerts, digests and bulletins; with --watch, for as long as it runs."""

import logging
import signal
import threading

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from alerts.posting.worker import Worker
from enquiries.letters import MailServerAway

logger = logging.getLogger(__name__)

IDLE_SECONDS = 2
LONGEST_PAUSE_SECONDS = 60


class Command(BaseCommand):
    """A worker. Run as many as there is work for; on SQLite one is enough."""

    help = (
        "Send what people are to hear of. Without --watch it sends what is due and ends; the exit status is 1 while "
        "the mail server is away, and everything waits."
    )

    def add_arguments(self, parser):
        """Take --watch."""
        parser.add_argument("--watch", action="store_true", help="go on until it is stopped (SIGTERM or Ctrl-C)")

    def handle(self, *args, watch, **options):
        """Work once, or until stopped."""
        stopping = threading.Event()
        worker = Worker(clock=timezone.now, is_stopping=stopping.is_set)
        if watch:
            for name in (signal.SIGTERM, signal.SIGINT):
                signal.signal(name, lambda *_: stopping.set())
            self._watch(worker, stopping)
            return
        try:
            sent = worker.work()
        except MailServerAway as error:
            raise CommandError(f"The mail server takes nothing now ({error}). Everything waits.") from error
        if sent:
            self.stdout.write(f"{sent} sent.")

    def _watch(self, worker: Worker, stopping: threading.Event):
        """Work again and again; what is away is waited for, longer each time."""
        pause = IDLE_SECONDS
        while not stopping.is_set():
            try:
                worker.work()
                pause = IDLE_SECONDS
            except MailServerAway as error:
                pause = self._longer(pause, f"The mail server takes nothing now ({error})")
            except (DatabaseError, InterfaceError) as error:
                connection.close()
                pause = self._longer(pause, f"The database is away or busy ({type(error).__name__})")
            stopping.wait(pause)

    def _longer(self, pause: int, what: str) -> int:
        logger.warning("%s: deliveries wait.", what)
        return min(pause * 2, LONGEST_PAUSE_SECONDS)
