"""Find the links of all pages and judge them now, as it is done every night."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from clock.declared import Unfinished
from links.jobs import ask
from links.keeping import mend_links
from links.models import Link


class Command(BaseCommand):
    """Safe on a live site, beside the scheduler, and to be run again after it was killed."""

    help = "Finds the links of all pages, judges those inside the site, and asks after those to other sites."

    def add_arguments(self, parser):
        """Let links to other sites be left out."""
        parser.add_argument("--inside", action="store_true", help="only what can be judged without asking other sites")

    def handle(self, **options):
        """Do what the two jobs do, and say what there is."""
        mend_links(now=timezone.now())
        if not options["inside"]:
            try:
                ask(now=timezone.now())
            except Unfinished as error:
                raise CommandError(str(error)) from None
        if options["verbosity"]:
            broken = Link.objects.broken().count()
            self.stdout.write(f"{Link.objects.count()} links, {broken} of them broken.")
