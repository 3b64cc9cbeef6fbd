"""The program that examines files apart from the site: `python -I child.py`.

It loads the libraries once, and then forks a child for each file, so that a thousand files do not pay for a thousand
starts. A child has limits of memory and time, writes no file, and ends with its one file, whatever that did to it.

On standard input comes a line of JSON for each file: {"path": …, "name": …, "caps": …}. For each, standard output
carries a line with two numbers, how the child ended and how many bytes it said; then what it said, in lines of JSON:
{"findings": …} and {"preview": …}, or {"refused": sentence, "why": class}, or {"failed": traceback} when the machine
is at fault.
"""

import base64
import gc
import json
import os
import resource
import select
import signal
import sys
import time
import traceback
from pathlib import Path

# Not as the first place to look: nothing of the site may stand in for a library.
sys.path.append(str(Path(__file__).resolve().parent.parent))
# So that it reads the same with and without lxml on the machine.
os.environ["OPENPYXL_LXML"] = "False"

from files.caps import COULD_NOT_FORK, MOST_OPEN_FILES, MOST_SAID, OUT_OF_MEMORY, READY, Caps
from files.examining import examine_words, preview_of
from files.reading_pdf import warm_up
from files.refusals import Refused, TooMuch


def serve():
    """Answer for one file after the other, until standard input ends."""
    answers = os.fdopen(os.dup(1), "wb")
    # Libraries that print may not disturb the answers.
    os.dup2(2, 1)
    warm_up()
    # What is loaded stays as it is in the children, so that they share its memory.
    gc.freeze()
    answers.write(READY)
    answers.flush()
    for line in sys.stdin.buffer:
        ended, said = _apart(json.loads(line), answers.fileno())
        answers.write(b"%d %d\n" % (ended, len(said)) + said)
        answers.flush()


def _apart(task: dict, answers: int) -> tuple[int, bytes]:
    """Return how a child ended (below 0: by which signal), and what it said."""
    listening, speaking = os.pipe()
    try:
        child = os.fork()
    except OSError as error:
        os.close(listening)
        os.close(speaking)
        return COULD_NOT_FORK, _line(failed=f"No process could be started: {error}")
    if not child:
        # Neither the next tasks nor the answers are its business.
        for end in (sys.stdin.fileno(), answers, listening):
            os.close(end)
        _work(task, speaking)
    os.close(speaking)
    try:
        said = _heard(listening, task["caps"]["wall_seconds"])
    finally:
        os.close(listening)
        # It has closed its end, and so is gone already; or it has had its time.
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), said


def _heard(listening: int, seconds: int) -> bytes:
    """Return what comes through a pipe, until its other end is closed or the time is over."""
    said, end = bytearray(), time.monotonic() + seconds
    while len(said) <= MOST_SAID and (left := end - time.monotonic()) > 0:
        if select.select([listening], [], [], left)[0]:
            data = os.read(listening, 1024 * 1024)
            if not data:
                break
            said += data
    return bytes(said)


def _work(task: dict, speaking: int):
    """Examine one file, in the child; never returns."""
    ended = 1
    try:
        caps = Caps(**task["caps"])
        _limit(caps)
        # Left open: when it is closed, this process has ended, and how it did is known.
        file = os.fdopen(speaking, "wb")
        _examine(Path(task["path"]), task["name"], file, caps)
        ended = 0
    except MemoryError:
        ended = OUT_OF_MEMORY
    finally:
        # Nothing of the parent's is to be tidied up here.
        os._exit(ended)


def _examine(path: Path, name: str, file, caps: Caps):
    def say(**what):
        file.write(_line(**what))
        file.flush()

    try:
        findings = examine_words(path, name=name)
        # Said first: should the picture take too much, the words are there.
        say(findings=findings.as_json())
        findings = None
        _limit_preview(caps)
        say(preview=base64.b64encode(preview_of(path, name=name)).decode("ascii"))
    except MemoryError:
        say(refused=str(TooMuch()), why=TooMuch.__name__)
    except Refused as refused:
        say(refused=str(refused), why=type(refused).__name__)
    except Exception:
        say(failed=traceback.format_exc())


def _line(**what) -> bytes:
    return json.dumps(what, ensure_ascii=False).encode() + b"\n"


def _limit(caps: Caps):
    """Let the system end this process rather than let it take the machine."""
    signal.alarm(caps.wall_seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (caps.cpu_seconds, caps.cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (MOST_OPEN_FILES, MOST_OPEN_FILES))
    if sys.platform == "linux":
        # All memory there is for it, shared memory too, which RLIMIT_DATA leaves out.
        resource.setrlimit(resource.RLIMIT_AS, (caps.memory_bytes, caps.memory_bytes))
        # No other process or thread. (The administrator is not held by this.)
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def _limit_preview(caps: Caps):
    signal.alarm(caps.preview_seconds)
    used = int(time.process_time()) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (min(used + caps.preview_seconds, caps.cpu_seconds), caps.cpu_seconds + 1))


if __name__ == "__main__":
    serve()
