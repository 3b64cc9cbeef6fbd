"""A large Word document is read apart from the site: in a process with little memory and little time.

A file of 13 KB can hold a million paragraphs. What is read here costs some ten times as much as a document of that many
pages that somebody wrote, at most; a process that serves readers is not to be busy with it, and is never at risk.
"""

import json
import logging
import subprocess
import sys
from pathlib import Path

from content.reading.refusals import NotText, TooLong
from content.reading.word_converted import DAMAGED, XML, Converted

PROGRAM = Path(__file__).with_name("word_child.py")
# Less than a process of the site may be silent (deploy/gunicorn.conf.py).
MOST_SECONDS = 45
MOST_SAID = 64 * 1024 * 1024

log = logging.getLogger(__name__)


def converted_apart(members: dict[str, bytes]) -> Converted:
    """Return what `word_converted.converted` does. Raises NotText, or TooLong for more than the limits allow."""
    sent = {name: data.decode("latin-1") if name.lower().endswith(XML) else "" for name, data in members.items()}
    try:
        ended = subprocess.run(  # noqa: S603 (our own program)
            [sys.executable, "-I", str(PROGRAM)],
            input=json.dumps(sent).encode(),
            capture_output=True,
            timeout=MOST_SECONDS,
            # Isolated, and with nothing of the site in its environment.
            env={},
            cwd="/",
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TooLong from None
    if ended.returncode or len(ended.stdout) > MOST_SAID:
        complaint = ended.stderr[-2000:].decode(errors="replace")
        log.warning("A Word document could not be read apart (%d): %s", ended.returncode, complaint)
        # Below 0: the system ended it, since it took too much.
        took_too_much = ended.returncode <= 0 or "MemoryError" in complaint
        raise TooLong if took_too_much else NotText(DAMAGED)
    said = json.loads(ended.stdout)
    if "refused" in said:
        raise NotText(said["refused"]) if said["why"] == NotText.__name__ else TooLong
    return Converted(said["html"], said["pictures"], [tuple(pair) for pair in said["said"]])
