"""What is done at its time: publishing, and taking down."""

from datetime import datetime, timedelta

from clock.declared import Job, Unfinished
from clock.moments import Every
from updates.scheduling import carry_out, steps_due


def publish_scheduled(*, now: datetime) -> None:
    """Publish what is due and take down what has expired. Raises Unfinished for what stays scheduled."""
    failed = [step for step, _, error in carry_out(list(steps_due(now=now))) if error]
    if failed:
        raise Unfinished(f"{len(failed)} could not be published or taken down in time; the log says why.")


JOBS = [
    Job("updates.publish", "Publishing and taking down at a set time", publish_scheduled, Every(timedelta(minutes=1)))
]
