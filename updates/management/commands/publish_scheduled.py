"""`manage.py publish_scheduled`: takes the place of Wagtail's command of that name, because it must lose nothing."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from updates.scheduling import carry_out, steps_due


class Command(BaseCommand):
    """Publishes what is due and takes down what has expired, as the scheduler does each minute."""

    help = (
        "Publish pages and snippets whose time has come, and take down those that have expired. What fails is reported "
        "and stays scheduled, the rest goes on, and the exit status is 1."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dryrun", action="store_true", help="Say what would be done, and do nothing.")

    def handle(self, *args, **options):
        steps = list(steps_due(now=timezone.now()))
        if options["dryrun"]:
            self.stdout.write("Nothing is changed: this is a dry run.")
            for step in steps:
                self.stdout.write(f"Would {step.sentence}")
            return
        failed = 0
        for step, done, error in carry_out(steps):
            if done:
                self.stdout.write(f"Done: {step.sentence}")
            elif error:
                failed += 1
                self.stderr.write(self.style.ERROR(f"Could not {step.sentence}: {str(error) or type(error).__name__}"))
        if failed:
            raise CommandError(f"{failed} of {len(steps)} failed and will be tried again next time.")
