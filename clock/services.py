"""Taking a job, keeping it, and giving it back: each due moment once, however many schedulers there are.

Whoever runs a job takes its row first, by an update with a condition, for a short time that is made longer as long as
the job runs. Killed, it is taken again when that time has passed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from clock.declared import Job
from clock.models import JobRecord

HELD_FOR = timedelta(minutes=2)
SHORTEST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(days=60)


@dataclass(frozen=True)
class Run:
    """One run of a job, for one due moment. `key` is in the row as long as the run has it."""

    job: Job
    due: datetime
    key: str


def make_records(*, jobs: Iterable[Job], machine: str, now: datetime) -> None:
    """Make a row for each job that has none; two at once make one."""
    known = set(JobRecord.objects.values_list("name", "machine"))
    new = [job for job in jobs if (job.name, _machine_of(job, machine)) not in known]
    JobRecord.objects.bulk_create([_new_record(job, machine, now) for job in new], ignore_conflicts=True)


def _new_record(job: Job, machine: str, now: datetime) -> JobRecord:
    done_for = job.when.latest(now=now) if job.when.waits_for_the_first else None
    return JobRecord(name=job.name, machine=_machine_of(job, machine), done_for=done_for)


def take_due(*, jobs: Iterable[Job], machine: str, now: datetime) -> Iterator[Run]:
    """Take what is due, each for its latest due moment, and yield each run as soon as it is taken."""
    jobs = {(job.name, _machine_of(job, machine)): job for job in jobs}
    make_records(jobs=jobs.values(), machine=machine, now=now)
    due = {key: job.when.latest(now=now) for key, job in jobs.items()}
    found = JobRecord.objects.to_do(due=due, now=now).values_list("name", "machine")
    runs = [Run(job=jobs[key], due=due[key], key=uuid4().hex) for key in found]
    yield from (run for run in runs if _take(run, machine=machine, now=now))


def _take(run: Run, *, machine: str, now: datetime) -> bool:
    """Take a row unless somebody else was faster. An update with the condition in it, so that one alone succeeds."""
    due = {(run.job.name, _machine_of(run.job, machine)): run.due}
    rows = JobRecord.objects.to_do(due=due, now=now)
    return bool(rows.update(held_by=run.key, held_until=now + HELD_FOR, begun_at=now))


def keep(*, runs: Iterable[Run], now: datetime) -> None:
    """Let nobody else take what is still running."""
    keys = [run.key for run in runs]
    if keys:
        JobRecord.objects.filter(held_by__in=keys).update(held_until=now + HELD_FOR)


def mark_done(*, run: Run, now: datetime) -> int:
    """Give a job back, done; return after how many failures. Nothing is written once somebody else has it."""
    failures = JobRecord.objects.filter(held_by=run.key).values_list("failures", flat=True).first() or 0
    _give_back(run, done_for=run.due, ended_at=now, not_before=None, failures=0, fault="")
    return failures


def mark_failed(*, run: Run, fault: str, wait_grows: bool, now: datetime) -> int:
    """Give a job back, to be tried again after a wait, and return how often it has failed in a row."""
    failures = 1 + (JobRecord.objects.filter(held_by=run.key).values_list("failures", flat=True).first() or 0)
    wait = wait_after(failures) if wait_grows else SHORTEST_WAIT
    _give_back(run, ended_at=now, not_before=now + wait, failures=min(failures, 10_000), fault=fault[:200])
    return failures


def _give_back(run: Run, **values) -> None:
    JobRecord.objects.filter(held_by=run.key).update(held_by="", held_until=None, **values)


def wait_after(failures: int) -> timedelta:
    """Return how long to leave alone what has failed so often in a row: one minute, two, four, eight, fifteen."""
    return min(SHORTEST_WAIT * 2 ** min(failures - 1, 10), LONGEST_WAIT)


def forget_gone(*, jobs: Iterable[Job], now: datetime) -> int:
    """Forget jobs that no room declares any more, and machines that are gone, much later; return how many.

    Much later than a weekly job rests: another machine may have a newer version already, which declares it.
    """
    old = JobRecord.objects.filter(begun_at__lt=now - FORGOTTEN_AFTER)
    one_for_all = [job.name for job in jobs if not job.on_each_machine]
    return old.exclude(name__in=one_for_all, machine="").delete()[0]


def _machine_of(job: Job, machine: str) -> str:
    return machine if job.on_each_machine else ""
