"""What rooms say of themselves in their `jobs.py`, and the clock finds there: `JOBS` and `ALARMS`.

    JOBS = [Job("alerts.daily_digest", "Daily alerts", send_daily_digest, Daily(at=time(8, 30)))]
    ALARMS = [Alarm("alerts.waiting", waiting_too_long)]

A job is told the time (`run(now=…)`) and runs for the latest moment at which it was due: after a week off once, not
seven times, so it asks the database what there is to do and not the clock what has passed. It must be safe to run
again, and two at once, though that is rare: a run that was killed is followed by another.
"""

from collections.abc import Callable
from dataclasses import dataclass

from clock.moments import Daily, Every, Weekly


class Unfinished(Exception):
    """Some of a job's work has to wait, for a reason outside our code: a mail server that is away.

    The sentence it is raised with is stored and shown to staff, so it says nothing about a person. It is no crash: the
    log gets one line without a traceback, not at each try, and the next try comes after a minute.
    """


@dataclass(frozen=True)
class Job:
    """What is to be done again and again. `name` is stored and means the same for ever; `title` is for staff.

    `run` is called with `now=` in a thread of its own. `on_each_machine`: for what looks at the files of its own
    machine; the others run on any one machine.
    """

    name: str
    title: str
    run: Callable[..., object]
    when: Every | Daily | Weekly
    on_each_machine: bool = False


@dataclass(frozen=True)
class Alarm:
    """Something that staff have to know of. `raised(now=…)` returns a sentence about no person, or "" if all is well.

    It is asked by health checks and whenever a site manager opens the dashboard: one cheap query.
    """

    name: str
    raised: Callable[..., str]
