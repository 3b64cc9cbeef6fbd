"""`manage.py build_demo`: the demonstration site, where there is no site yet."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from demo.building import build_demonstration


class Command(BaseCommand):
    """Builds the demonstration content; safe to run again."""

    help = "Build the demonstration site. Changes nothing where a home page exists already."

    def add_arguments(self, parser):
        """Take the name and port that the site answers to."""
        parser.add_argument("--hostname", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args, hostname, port, **options):
        """Build it and say so."""
        built = build_demonstration(today=timezone.localdate(), hostname=hostname, port=port)
        self.stdout.write("Demonstration site built." if built else "There is a site already; nothing was changed.")
