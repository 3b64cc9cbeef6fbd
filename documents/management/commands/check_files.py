"""`manage.py check_files`: look at what was uploaded. Safe to run twice at once, and killed at any moment."""

import time

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from documents.checking import check_waiting


class Command(BaseCommand):
    """Checks what waits; with `--watch`, goes on doing so."""

    help = "Check the files that were uploaded: type, safety, text, picture of the first page."

    def add_arguments(self, parser):
        """Take how often to look."""
        parser.add_argument(
            "--watch", type=float, metavar="SECONDS", help="Look again after so many seconds, for ever."
        )

    def handle(self, *args, watch, **options):
        """Check, and say how many there were."""
        while True:
            looked_at = check_waiting(clock=timezone.now)
            if looked_at and options["verbosity"]:
                self.stdout.write(f"Checked {looked_at} file{'' if looked_at == 1 else 's'}.")
            if watch is None:
                return
            time.sleep(watch)
            # The database may have been restarted meanwhile.
            close_old_connections()
