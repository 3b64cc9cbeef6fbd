"""What one file may take while it is examined, and how the site and its examining program speak."""

from dataclasses import dataclass

MOST_OPEN_FILES = 64
MOST_SAID = 32 * 1024 * 1024
START_SECONDS = 30
# How much longer the site waits than the program, which is nearly always the one to end a child.
GRACE_SECONDS = 10
READY = b"ready\n"
COULD_NOT_FORK, OUT_OF_MEMORY = 120, 121


@dataclass(frozen=True)
class Caps:
    """How much memory, processor time and time one file may take, and how much of the time the preview."""

    memory_bytes: int = 256 * 1024 * 1024
    cpu_seconds: int = 60
    wall_seconds: int = 90
    # The words are found by then; a picture that takes longer is not worth it.
    preview_seconds: int = 15
