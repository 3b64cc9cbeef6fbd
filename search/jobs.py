"""What the search has to have done at its time: counting what was looked for, and forgetting it."""

from datetime import datetime, time, timedelta

from clock.declared import Job, Unfinished
from clock.moments import Daily, Every
from search.insight.adding_up import count_searches, forget_old


def count(*, now: datetime) -> None:
    """Count what this machine has written down. Raises Unfinished where the folder cannot be used."""
    try:
        count_searches(now=now)
    except OSError as error:
        raise Unfinished(f"The folder of searches cannot be used ({type(error).__name__}).") from error


JOBS = [
    # Searches are written down in files of the machine that answered them.
    Job("search.searches", "Counting searches", count, Every(timedelta(minutes=1)), on_each_machine=True),
    Job("search.forget", "Forgetting old searches", forget_old, Daily(at=time(3, 40))),
]
