"""What one file may take while it is examined, and how the site and its examining program speak."""

MEMORY_BYTES = 256 * 1024 * 1024
CPU_SECONDS, WALL_SECONDS = 60, 90
# The words are found by then; a picture that takes longer is not worth it.
PREVIEW_SECONDS = 15
MOST_OPEN_FILES = 64
MOST_SAID = 32 * 1024 * 1024

START_SECONDS = 30
# Above what the program itself allows, so that it is nearly always the one to end a child.
ANSWER_SECONDS = WALL_SECONDS + 10
READY = b"ready\n"
COULD_NOT_FORK = 120
