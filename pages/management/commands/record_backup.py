"""`manage.py record_backup`: tells the site of a backup that something else made, such as its database's host."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from pages.backups import record_backup


class Command(BaseCommand):
    """Writes one backup down, so that the dashboard knows how old the last one is."""

    help = "Tell the site that a backup was made, or failed, by something other than manage.py backup."

    def add_arguments(self, parser):
        """Take where it is, how large, and why there is none."""
        parser.add_argument("place", help="Where it is, in words for whoever looks for it.")
        parser.add_argument("--bytes", type=int, help="How large it is.")
        parser.add_argument("--failed", metavar="WHY", default="", help="It failed: why, in a sentence.")

    def handle(self, *args, place, failed, **options):
        """Write it down."""
        size = options["bytes"]
        if not place.strip():
            raise CommandError("Say where the backup is.")
        if size is not None and size < 0:
            raise CommandError("A backup has no fewer than 0 bytes.")
        record_backup(place=place.strip(), now=timezone.now(), size=size, fault=failed.strip())
        self.stdout.write("Written down.")
