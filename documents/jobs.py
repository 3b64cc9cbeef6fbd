"""What the library has to have done at its time: counting downloads."""

from datetime import datetime, timedelta

from clock.declared import Job, Unfinished
from clock.moments import Every
from documents.adding_up import count_spooled


def count_downloads(*, now: datetime) -> None:
    """Count what this machine has written down. Raises Unfinished where the folder cannot be used."""
    try:
        count_spooled(now=now)
    except OSError as error:
        raise Unfinished(f"The folder of downloads cannot be used ({type(error).__name__}).") from error


# Downloads are written down in files of the machine that gave them out.
JOBS = [
    Job("documents.downloads", "Counting downloads", count_downloads, Every(timedelta(minutes=1)), on_each_machine=True)
]
