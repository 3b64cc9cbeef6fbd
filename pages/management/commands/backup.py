"""`manage.py backup`: copies database and uploads while the site runs. `make backup` calls it."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from pages.backups import BackupFailed, back_up_and_record


class Command(BaseCommand):
    """Makes one backup, says where it is, and writes it down for the dashboard."""

    help = "Copy database and uploads into a new folder, while the site runs. docs/operations.md says how to restore."

    def add_arguments(self, parser):
        """Take the folder that backups go to."""
        parser.add_argument("folder", nargs="?", type=Path, default=settings.VAR_DIR / "backups")

    def handle(self, *args, folder, **options):
        """Make the backup."""
        try:
            made = back_up_and_record(folder=folder, now=timezone.localtime())
        except BackupFailed as failure:
            raise CommandError(str(failure)) from failure
        self.stdout.write(f"Backup made: {made}")
