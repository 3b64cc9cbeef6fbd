"""The clock's own job: the sign of life that alarms look at."""

from datetime import timedelta

from clock.declared import Job
from clock.finding import all_jobs
from clock.moments import Every
from clock.services import forget_gone


def tick(*, now):
    """Begin, which is what alarms look at; and forget what is gone."""
    forget_gone(jobs=all_jobs(), now=now)


JOBS = [Job("clock.tick", "The clock itself", tick, Every(timedelta(minutes=1)))]
