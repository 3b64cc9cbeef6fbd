"""The scheduler: nothing keeps other jobs waiting, nothing ends it but being told to."""

import logging
import threading
from datetime import timedelta

import pytest
from django.db import InterfaceError, OperationalError, connection, transaction

from clock import scheduler as module
from clock.declared import Unfinished
from clock.models import JobRecord
from clock.scheduler import Scheduler
from tests.clock.jobs import MINUTE, NOON, Calls, make_job, wait_until

pytestmark = pytest.mark.django_db(transaction=True)


class Watch:
    """A clock that stands still until it is moved."""

    def __init__(self):
        self.now = NOON

    def __call__(self):
        return self.now


def make_scheduler(*jobs, machine="one", clock=lambda: NOON) -> Scheduler:
    return Scheduler(jobs=jobs, machine=machine, clock=clock, look_every=timedelta(seconds=0.01))


def run_beside(scheduler) -> threading.Thread:
    def run():
        try:
            scheduler.run()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


class TestARun:
    def test_is_told_the_time_and_written_down(self):
        calls = Calls()
        assert make_scheduler(make_job(run=calls)).run_once() == set()
        record = JobRecord.objects.get()
        assert calls.at == [NOON]
        assert record.done_for == NOON.replace(second=0)
        assert (record.held_by, record.begun_at, record.ended_at) == ("", NOON, NOON)

    def test_that_breaks_off_keeps_no_other_waiting_and_is_logged_with_its_place(self, caplog):
        other = Calls()
        jobs = [make_job("tests.bad", Calls(ZeroDivisionError("of jo@agency.example"))), make_job("tests.good", other)]
        assert make_scheduler(*jobs).run_once() == {"tests.bad"}
        assert len(other.at) == 1
        assert caplog.records[0].exc_info[0] is ZeroDivisionError
        # What an error says may name a person.
        assert JobRecord.objects.get(name="tests.bad").fault == "It broke off (ZeroDivisionError); the log says where."

    def test_that_wants_to_end_the_process_has_failed_like_any_other(self):
        assert make_scheduler(make_job("tests.bad", Calls(SystemExit(0)))).run_once() == {"tests.bad"}
        record = JobRecord.objects.get()
        assert (record.failures, record.held_by, record.fault) == (
            1,
            "",
            "It broke off (SystemExit); the log says where.",
        )

    def test_leaves_no_connection_open(self):
        open_ones = []
        job = make_job(run=lambda now: (JobRecord.objects.count(), open_ones.append(connection.connection)))
        make_scheduler(job).run_once()
        assert open_ones[0] is not None
        with pytest.raises(Exception, match="closed"):
            open_ones[0].cursor().execute("SELECT 1")

    def test_that_leaves_a_transaction_open_is_written_down_all_the_same(self):
        job = make_job(run=lambda now: transaction.set_autocommit(False))
        make_scheduler(job).run_once()
        assert JobRecord.objects.get().done_for == NOON.replace(second=0)


class TestWhatIsUnfinished:
    def run(self, times, caplog, calls):
        clock = Watch()
        for _ in range(times):
            make_scheduler(make_job(run=calls), clock=clock).run_once()
            clock.now += MINUTE
        return [(record.levelno, record.getMessage(), record.exc_info) for record in caplog.records]

    def test_is_a_line_without_a_traceback_and_not_each_minute(self, caplog):
        logged = self.run(20, caplog, Calls(*[Unfinished("The mail server is away.")] * 20))
        assert len(logged) == 5
        assert {level for level, _, _ in logged} == {logging.WARNING}
        assert not [trace for _, _, trace in logged if trace]
        assert JobRecord.objects.get().fault == "The mail server is away."
        assert JobRecord.objects.get().failures == 20

    def test_is_said_to_work_again(self, caplog):
        logged = self.run(4, caplog, Calls(*[Unfinished("Away.")] * 3))
        assert logged[-1][1] == "The job tests.job is done, after 3 failures."
        assert JobRecord.objects.get().failures == 0


class TestASlowJob:
    def test_keeps_no_other_waiting_and_is_taken_by_nobody_else(self):
        clock, go_on, begun = Watch(), threading.Event(), []
        quick = Calls()

        def slow(*, now):
            begun.append(now)
            go_on.wait(120)

        jobs = [make_job("tests.slow", slow), make_job("tests.quick", quick)]
        scheduler, other = make_scheduler(*jobs, clock=clock), make_scheduler(*jobs, clock=clock)
        threads = [run_beside(scheduler), run_beside(other)]
        try:
            for number in range(1, 6):
                wait_until(lambda number=number: len(quick.at) == number)
                # What is running is kept before the clock goes on.
                wait_until(lambda: JobRecord.objects.get(name="tests.slow").held_until == clock.now + 2 * MINUTE)
                clock.now += MINUTE
            # Now, while it runs: once it has ended, a scheduler that was just looking may begin what has fallen due.
            begun_while_it_ran = list(begun)
        finally:
            scheduler.stop()
            other.stop()
            go_on.set()
            for thread in threads:
                thread.join(20)
        assert begun_while_it_ran == [NOON]
        assert len(quick.at) in (5, 6)

    def test_is_finished_when_the_scheduler_is_stopped(self):
        begun, go_on, ended = threading.Event(), threading.Event(), []

        def slow(*, now):
            begun.set()
            go_on.wait(20)
            ended.append(now)

        scheduler = make_scheduler(make_job(run=slow))
        thread = run_beside(scheduler)
        assert begun.wait(20)
        scheduler.stop()
        thread.join(0.1)
        assert thread.is_alive()
        go_on.set()
        thread.join(20)
        assert not thread.is_alive()
        assert ended == [NOON]
        assert JobRecord.objects.get().held_by == ""


class TestTwoAtOnce:
    def test_run_each_due_moment_once(self):
        calls = [Calls() for _ in range(5)]
        jobs = [make_job(f"tests.{number}", each) for number, each in enumerate(calls)]
        barrier = threading.Barrier(4)

        def once():
            barrier.wait()
            try:
                make_scheduler(*jobs).run_once()
            finally:
                connection.close()

        threads = [threading.Thread(target=once) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert [len(each.at) for each in calls] == [1] * 5
        assert JobRecord.objects.count() == 5


class TestADatabaseThatIsAway:
    @pytest.mark.parametrize("error", [OperationalError("database is locked"), InterfaceError("connection closed")])
    def test_is_waited_for_and_said_once(self, monkeypatch, caplog, error):
        tries, calls = [], Calls()
        real = module.take_due

        def away(**values):
            tries.append(1)
            if len(tries) < 5:
                raise error
            return real(**values)

        monkeypatch.setattr(module, "take_due", away)
        scheduler = make_scheduler(make_job(run=calls))
        thread = run_beside(scheduler)
        wait_until(lambda: calls.at)
        scheduler.stop()
        thread.join(20)
        said = [record.getMessage() for record in caplog.records]
        assert said == [
            f"The database is away or busy ({type(error).__name__}): jobs wait.",
            "The database is back: jobs go on.",
        ]

    def test_when_a_job_ends_does_not_let_it_be_forgotten(self, monkeypatch):
        tries = []
        real = module.mark_done

        def away(**values):
            tries.append(1)
            if len(tries) < 4:
                raise OperationalError("server closed the connection")
            return real(**values)

        monkeypatch.setattr(module, "mark_done", away)
        make_scheduler(make_job()).run_once()
        assert JobRecord.objects.get().done_for == NOON.replace(second=0)

    def test_is_not_waited_for_by_who_is_told_to_stop(self, monkeypatch, caplog):
        tries = []

        def away(**values):
            tries.append(1)
            raise OperationalError("away")

        monkeypatch.setattr(module, "mark_done", away)
        scheduler = make_scheduler(make_job())
        thread = run_beside(scheduler)
        # Its clock stands still: without being told it would go on for ever.
        wait_until(lambda: len(tries) > 3)
        scheduler.stop()
        thread.join(20)
        assert not thread.is_alive()
        assert caplog.messages == ["The database is away: it is not written down how a job went."]

    def test_for_long_lets_the_thread_end_and_the_job_be_taken_again(self, monkeypatch):
        clock = Watch()

        def away(**values):
            clock.now += MINUTE
            raise OperationalError("away")

        monkeypatch.setattr(module, "mark_done", away)
        make_scheduler(make_job(), clock=clock).run_once()
        monkeypatch.undo()
        calls = Calls()
        clock.now += 2 * MINUTE
        make_scheduler(make_job(run=calls), clock=clock).run_once()
        assert len(calls.at) == 1
