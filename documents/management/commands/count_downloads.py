"""`manage.py count_downloads`: add downloads to the counts. Safe to run twice at once, and killed at any moment."""

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from documents.adding_up import count_spooled


class Command(BaseCommand):
    """Counts what the processes of the site have written down. So does the scheduler of each machine."""

    help = "Add the downloads that the site has written down to the counts for each file and day."

    def handle(self, *args, **options):
        """Count, and say how many there were. Raises CommandError with a sentence for whoever runs the site."""
        try:
            added = count_spooled(now=timezone.now())
        except DatabaseError as error:
            raise CommandError(f"Downloads wait, and are counted next time ({type(error).__name__}).") from error
        except OSError as error:
            raise CommandError(f"The folder of downloads cannot be used ({error}).") from error
        if added and options["verbosity"]:
            self.stdout.write(f"Downloads counted: {added.total()}, of files: {len(added)}.")
