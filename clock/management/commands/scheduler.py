"""`manage.py scheduler`: does what is due, at its time, until it is stopped."""

import signal
import socket

from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from clock.finding import all_jobs
from clock.scheduler import Scheduler


class Command(BaseCommand):
    """Carries out the jobs of all rooms. Run it on each machine; several at once do each thing once."""

    help = (
        "Do what is due at its time: publish, send mail, count, erase. Ends after the jobs under way on SIGTERM or "
        "Ctrl-C (a second one ends it at once)."
    )
    # A database that is away at the start must not end it.
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser):
        """Take whether to go on."""
        parser.add_argument(
            "--once", action="store_true", help="Do what is due now and end; the exit status is 1 if something failed."
        )
        parser.add_argument("--list", action="store_true", help="Name the jobs, and do nothing.")

    def handle(self, *args, once, list, **options):
        """Go on until a signal comes."""
        jobs = all_jobs()
        if list:
            for job in jobs:
                self.stdout.write(f"{job.name}: {job.title}")
            return
        scheduler = Scheduler(jobs=jobs, machine=socket.gethostname()[:255])
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop(scheduler))
        if once:
            self._run_once(scheduler)
        else:
            scheduler.run()

    def _stop(self, scheduler):
        def stop(number, frame):
            scheduler.stop()
            signal.signal(number, signal.SIG_DFL)

        return stop

    def _run_once(self, scheduler):
        try:
            failed = scheduler.run_once()
        except Error as error:
            raise CommandError(f"The database cannot be used ({type(error).__name__}). Everything waits.") from error
        if failed:
            raise CommandError(f"Failed, and tried again later: {', '.join(sorted(failed))}.")
