"""The scheduler: looks every few seconds what is due, and carries it out.

Each run has a thread of its own, so a slow job keeps no other waiting, and there are never more threads than jobs,
because nobody takes a job that is held. Threads and not processes: jobs wait for the database and the mail server, and
what reads strangers' files has a process of its own anyway; a process would cost a second and 100 MB each minute.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import Error, close_old_connections, connection, connections
from django.utils import timezone

from clock.declared import Job, Unfinished
from clock.services import HELD_FOR, Run, keep, mark_done, mark_failed, take_due

LOOK_EVERY = timedelta(seconds=5)

logger = logging.getLogger(__name__)


class Scheduler:
    """Carries out jobs until it is stopped. Any number may run at once, on any number of machines."""

    def __init__(
        self,
        *,
        jobs: Iterable[Job],
        machine: str,
        clock: Callable[[], datetime] = timezone.now,
        look_every: timedelta = LOOK_EVERY,
    ):
        self.jobs, self.machine, self.clock = list(jobs), machine, clock
        self.pause = look_every.total_seconds()
        self.failed: set[str] = set()
        self._running: dict[threading.Thread, Run] = {}
        self._stopping = threading.Event()
        self._database_is_away = False

    def stop(self) -> None:
        """Begin nothing more; what is running is finished."""
        self._stopping.set()

    def run(self) -> None:
        """Go on until stopped, and return when the last run has ended."""
        while not self._stopping.is_set():
            self._with_database(self._begin_due)
            self._stopping.wait(self.pause)
        self.finish()

    def run_once(self) -> set[str]:
        """Carry out what is due now, and return the names of what failed. Raises django.db.Error."""
        self._begin_due()
        self.finish()
        return self.failed

    def finish(self) -> None:
        """Wait until what is running has ended."""
        while self._running:
            for thread in list(self._running):
                thread.join(self.pause / len(self._running))
            self._with_database(self._keep_running)

    def _begin_due(self) -> None:
        close_old_connections()
        self._keep_running()
        for run in take_due(jobs=self.jobs, machine=self.machine, now=self.clock()):
            thread = threading.Thread(target=self._carry_out, args=(run,), name=run.job.name, daemon=True)
            self._running[thread] = run
            thread.start()

    def _keep_running(self) -> None:
        self._running = {thread: run for thread, run in self._running.items() if thread.is_alive()}
        keep(runs=self._running.values(), now=self.clock())

    def _with_database(self, do: Callable[[], None]) -> None:
        """Do something with the database; while it is away, say so once and go on."""
        try:
            do()
        except Error as error:
            connection.close()
            if not self._database_is_away:
                logger.warning("The database is away or busy (%s): jobs wait.", type(error).__name__)
            self._database_is_away = True
        else:
            if self._database_is_away:
                logger.warning("The database is back: jobs go on.")
            self._database_is_away = False

    def _carry_out(self, run: Run) -> None:
        """Do one run in a thread of its own and write down what came of it."""
        try:
            write_down = self._attempt(run)
            # What the job leaves open, or has broken, is no business of ours.
            connections.close_all()
            self._insist(write_down)
        finally:
            connections.close_all()

    def _attempt(self, run: Run) -> Callable[[], None]:
        """Run the job and return what writes down how it went."""
        try:
            run.job.run(now=self.clock())
        except Unfinished as error:
            self.failed.add(run.job.name)
            sentence = str(error)
            return lambda: self._report_unfinished(run, sentence)
        except BaseException as error:
            # Whatever it is, it must not keep other jobs from running, and must be written down: a thread that ends by
            # SystemExit says nothing to anybody.
            self.failed.add(run.job.name)
            logger.exception("The job %s failed.", run.job.name)
            fault = f"It broke off ({type(error).__name__}); the log says where."
            return lambda: mark_failed(run=run, fault=fault, wait_grows=True, now=self.clock())
        return lambda: self._report_done(run)

    def _report_unfinished(self, run: Run, sentence: str) -> None:
        failures = mark_failed(run=run, fault=sentence, wait_grows=False, now=self.clock())
        # At the first, second, fourth, eighth… time: each minute would hide everything else.
        if failures & (failures - 1) == 0:
            logger.warning("The job %s is unfinished (%s in a row): %s", run.job.name, failures, sentence)

    def _report_done(self, run: Run) -> None:
        if failures := mark_done(run=run, now=self.clock()):
            logger.warning("The job %s is done, after %s failures.", run.job.name, failures)

    def _insist(self, write_down: Callable[[], None]) -> None:
        """Write down how a run went, also when the database is away for a moment; else the job waits in vain.

        Whoever is told to stop does not wait for the database: what was not written down is done again.
        """
        last_try = self.clock() + HELD_FOR
        while True:
            try:
                return write_down()
            except Error:
                connections.close_all()
                if self._stopping.is_set() or self.clock() > last_try:
                    logger.warning("The database is away: it is not written down how a job went.")
                    return None
            time.sleep(self.pause)
