"""What the library tells the rooms above it."""

from django.dispatch import Signal

# Sent in the transaction that changes files without saving them one by one, so that no signal of Django's tells of it:
# another version is given out, or they were put into another collection. `keys`: those of the files.
files_changed = Signal()
