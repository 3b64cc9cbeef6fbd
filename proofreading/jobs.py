"""What the checks have to have done at its time."""

from datetime import time

from clock.declared import Job
from clock.moments import Daily
from proofreading.services import read_all

JOBS = [Job("proofreading.read", "Reading all pages for the report on what to mend", read_all, Daily(at=time(4, 10)))]
