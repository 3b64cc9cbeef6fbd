"""Compare the passages of all pages with what the pages say, mend what differs, and make this machine's index anew."""

from django.core.management.base import BaseCommand, CommandError

from search.engine import following
from search.engine.folder import CannotWrite
from search.mending import mend_passages

# For as long as another process makes the index of a large site.
PATIENCE_SECONDS = 120


class Command(BaseCommand):
    """Safe on a live site, and to be run again after it was killed: each page is mended in a transaction of its own."""

    help = "Compares the search's passages with all public pages, mends them, and makes this machine's index anew."

    def handle(self, **options):
        """Mend the rows, make the index, and say what was done."""
        mended = mend_passages()
        self._say(options, f"{mended.pages} pages compared, {mended.changed} mended; {mended.passages} passages.")
        try:
            written = following.build(wait=PATIENCE_SECONDS)
        except CannotWrite:
            raise CommandError("Another process has been writing to the index all the time. Try again.") from None
        self._say(options, f"This machine’s index was made anew, of {written} that readers may see now.")

    def _say(self, options, words):
        if options["verbosity"]:
            self.stdout.write(words)
