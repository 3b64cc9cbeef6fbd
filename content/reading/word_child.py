"""The program that reads one large Word document: `python -I word_child.py`, members in, HTML out, both as JSON."""

import json
import resource
import sys
from dataclasses import asdict
from pathlib import Path

# Not as the first place to look: nothing of the site may stand in for a library.
sys.path.append(str(Path(__file__).resolve().parent.parent.parent))

from content.reading.refusals import CannotImport
from content.reading.word_converted import converted

MEMORY_BYTES = 1024 * 1024 * 1024
CPU_SECONDS = 30


def main():
    """Read the document, or say why it cannot be read. What takes too much ends this process."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    members = {name: text.encode("latin-1") for name, text in json.load(sys.stdin).items()}
    try:
        said = asdict(converted(members))
    except CannotImport as refused:
        said = {"refused": str(refused), "why": type(refused).__name__}
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    main()
