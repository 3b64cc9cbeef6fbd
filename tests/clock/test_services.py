"""Each due moment once: taking, keeping, giving back."""

from datetime import time, timedelta

import pytest

from clock.models import JobRecord
from clock.moments import Daily
from clock.services import HELD_FOR, forget_gone, keep, mark_done, mark_failed, take_due, wait_after
from tests.clock.jobs import MINUTE, NOON, make_job

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
# At noon in London: 11:00 UTC on the first of May.
EACH_NOON = Daily(at=time(12, 30))


def take(*jobs, now=NOON, machine="one"):
    return list(take_due(jobs=jobs, machine=machine, now=now))


def do(*jobs, now=NOON, machine="one") -> list[str]:
    """Take what is due and say that it is done; return the names."""
    runs = take(*jobs, now=now, machine=machine)
    for run in runs:
        mark_done(run=run, now=now)
    return [run.job.name for run in runs]


class TestTaking:
    def test_takes_each_due_moment_once(self):
        job = make_job()
        assert do(job) == ["tests.job"]
        assert do(job, now=NOON + timedelta(seconds=49)) == []
        assert do(job, now=NOON + timedelta(seconds=50)) == ["tests.job"]

    def test_leaves_what_somebody_else_has(self):
        job = make_job()
        assert len(take(job)) == 1
        assert take(job, now=NOON + MINUTE) == []

    def test_takes_again_what_a_killed_run_had(self):
        job = make_job()
        take(job)
        assert take(job, now=NOON + HELD_FOR - timedelta(seconds=1)) == []
        assert len(take(job, now=NOON + HELD_FOR)) == 1

    def test_leaves_what_is_kept(self):
        job = make_job()
        runs = take(job)
        keep(runs=runs, now=NOON + MINUTE)
        assert take(job, now=NOON + HELD_FOR) == []

    def test_runs_once_after_a_week_off(self):
        job = make_job(when=EACH_NOON)
        assert do(job, now=NOON) == []  # New: it waits for its first moment.
        assert do(job, now=NOON + 7 * DAY) == ["tests.job"]
        assert do(job, now=NOON + 7 * DAY + MINUTE) == []

    def test_does_not_begin_a_new_daily_job_for_a_moment_before_it_was_there(self):
        job = make_job(when=EACH_NOON)
        assert take(job, now=NOON) == []
        assert len(take(job, now=NOON + DAY)) == 1

    def test_on_each_machine_is_once_for_each(self):
        job = make_job(on_each_machine=True)
        assert do(job, machine="one") == do(job, machine="two") == ["tests.job"]
        assert do(job, machine="one") == do(job, machine="two") == []

    def test_goes_on_after_a_clock_that_was_wrong_by_years(self):
        job = make_job()
        do(job, now=NOON + 3000 * DAY)
        assert do(job, now=NOON) == ["tests.job"]

    def test_is_not_misled_by_machines_whose_clocks_differ_by_seconds(self):
        job = make_job(when=EACH_NOON)
        take(job, now=NOON)
        due = EACH_NOON.latest(now=NOON + DAY)
        assert do(job, now=due + timedelta(seconds=1)) == ["tests.job"]
        assert do(job, now=due - timedelta(seconds=3)) == []

    def test_asks_as_many_queries_for_many_jobs_as_for_one(self, django_assert_num_queries):
        for number in (3, 30):
            jobs = [make_job(f"tests.{each}") for each in range(number)]
            do(*jobs)
            with django_assert_num_queries(2):
                assert take(*jobs) == []

    def test_has_nothing_to_do_without_jobs(self):
        assert take() == []


class TestGivingBack:
    def test_writes_nothing_once_somebody_else_has_it(self):
        job = make_job()
        [slow] = take(job)
        [other] = take(job, now=NOON + HELD_FOR)
        mark_failed(run=slow, fault="Too late.", wait_grows=True, now=NOON + HELD_FOR)
        assert JobRecord.objects.get().held_by == other.key
        assert JobRecord.objects.get().failures == 0

    def test_of_a_failure_makes_it_wait_longer_each_time(self):
        job = make_job()
        now = NOON
        waits = []
        for _ in range(6):
            [run] = take(job, now=now)
            mark_failed(run=run, fault="It broke off.", wait_grows=True, now=now)
            rested = JobRecord.objects.get().not_before
            assert take(job, now=rested - timedelta(seconds=1)) == []
            waits.append((rested - now) / MINUTE)
            now = rested
        assert waits == [1, 2, 4, 8, 15, 15]

    def test_of_what_is_only_unfinished_makes_it_wait_a_minute(self):
        job = make_job()
        for number in range(1, 4):
            [run] = take(job, now=NOON + number * MINUTE)
            assert mark_failed(run=run, fault="Away.", wait_grows=False, now=NOON + number * MINUTE) == number

    def test_tries_a_daily_job_again_for_the_same_moment(self):
        job = make_job(when=EACH_NOON)
        take(job)
        [run] = take(job, now=NOON + DAY)
        mark_failed(run=run, fault="It broke off.", wait_grows=True, now=NOON + DAY)
        [again] = take(job, now=NOON + DAY + MINUTE)
        assert again.due == run.due

    def test_forgets_failures_when_it_works_again(self):
        job = make_job()
        [run] = take(job)
        mark_failed(run=run, fault="It broke off.", wait_grows=True, now=NOON)
        [again] = take(job, now=NOON + MINUTE)
        assert mark_done(run=again, now=NOON + MINUTE) == 1
        record = JobRecord.objects.get()
        assert (record.failures, record.fault, record.not_before, record.held_until) == (0, "", None, None)

    def test_cuts_a_long_fault_short(self):
        [run] = take(make_job())
        mark_failed(run=run, fault="x" * 1000, wait_grows=True, now=NOON)
        assert len(JobRecord.objects.get().fault) == 200

    def test_waits_never_get_out_of_hand(self):
        assert wait_after(10**9) == timedelta(minutes=15)


class TestForgetting:
    def test_forgets_jobs_and_machines_that_are_gone(self):
        kept, gone, local = make_job("tests.kept"), make_job("tests.gone"), make_job("tests.l", on_each_machine=True)
        do(kept, gone, local, machine="old")
        assert forget_gone(jobs=[kept, local], now=NOON + 30 * DAY) == 0
        later = NOON + 61 * DAY
        do(local, machine="new", now=later)
        assert forget_gone(jobs=[kept, local], now=later) == 2
        assert {str(record) for record in JobRecord.objects.all()} == {"tests.kept", "tests.l on new"}
