"""The parts of the publishing drill, each a program on one scratch database: `python -m tests.drills.work PART …`."""

import json
import logging
import multiprocessing
import os
import random
import sys
import time
from io import StringIO

import django

STOCK = bool(os.environ.get("DRILL_STOCK"))
# Forked, because starting Django takes longer than publishing ten pages.
forking = multiprocessing.get_context("fork")


def migrate() -> dict:
    """Make the tables."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    return {}


def killed(pages: str, kills: str) -> dict:
    """Publish scheduled pages, killing the command that many times on the way; then let it finish."""
    from tests.drills.faults import after_the_kills
    from tests.drills.pages import schedule

    schedule(int(pages))
    chance = random.Random(7)  # the same moments every time, as far as the machine allows
    most = max(2, 2 * int(pages) // (int(kills) + 5))
    in_time = sum(_killed_after(chance.randint(1, most), chance.random() * 0.05) for _ in range(int(kills)))
    forked(_publish_scheduled).join()
    return {"drill": f"killed {in_time} times"} | after_the_kills(editions=not STOCK)


def _killed_after(published: int, seconds: float) -> bool:
    """Run the command, end it by SIGKILL some time after so many pages; return whether it was still at work."""
    events, its_events = forking.Pipe(duplex=False)
    process = forked(_publish_scheduled, its_events)
    its_events.close()
    try:
        for _ in range(published):
            events.recv()
    except EOFError:
        pass
    time.sleep(seconds)
    process.kill()
    process.join()
    return process.exitcode < 0


def _publish_scheduled(events=None):
    """Run the command, which does what the scheduler does, sending an event for each page it is at."""
    from django.core.management import call_command

    if events:
        handler = logging.Handler()
        handler.emit = lambda record: events.send(None) if record.msg.startswith("Published") else None
        logger = logging.getLogger("wagtail")
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(logging.INFO)
    call_command("publish_scheduled", stdout=StringIO())


def crowded(processes: str, seconds: str) -> dict:
    """Let processes write to the tree at once for a while; then look for every page that one of them was promised."""
    from tests.drills.faults import after_the_crowd
    from tests.drills.pages import prepare_crowd

    prepare_crowd()
    results, its_results = forking.Pipe(duplex=False)
    crowd = [forked(_one_of_the_crowd, its_results, number, int(seconds)) for number in range(int(processes))]
    its_results.close()  # so that the end of the last process can be noticed, should one have died
    done = [deed for _ in crowd for deed in results.recv()]
    for process in crowd:
        process.join()
    return {"drill": f"{processes} at once, {seconds} s"} | after_the_crowd(done, editions=not STOCK)


def _one_of_the_crowd(results, number: int, seconds: int):
    from tests.drills.crowd import Crowd

    done = list(Crowd(number=number).work(seconds=seconds))
    with open(f"{os.environ['TMPDIR']}/turn", "w") as turn:
        _wait_for_our_turn(turn)
        results.send(done)


def _wait_for_our_turn(file):
    """Hold the file: a pipe mixes up what several processes write to it at once."""
    import fcntl

    fcntl.flock(file, fcntl.LOCK_EX)


def forked(target, *arguments):
    """Start a process that opens database connections of its own."""
    from django.db import connections

    connections.close_all()
    process = forking.Process(target=target, args=arguments)
    process.start()
    return process


PARTS = {"migrate": migrate, "killed": killed, "crowded": crowded}

if __name__ == "__main__":
    django.setup()
    if STOCK:
        from tests.drills.stock import take_our_care_away

        take_our_care_away()
    sys.stdout.write(json.dumps(PARTS[sys.argv[1]](*sys.argv[2:])))
