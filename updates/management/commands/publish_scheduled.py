"""`manage.py publish_scheduled`: takes the place of Wagtail's command of that name, because it must lose nothing."""

import logging
from functools import partial

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from updates.scheduling import due_revisions, expired, models_with_schedule, publish_when_due, take_down_when_expired

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Publishes what is due and takes down what has expired. Run it every minute; several at once are harmless."""

    help = (
        "Publish pages and snippets whose time has come, and take down those that have expired. What fails is reported "
        "and stays scheduled, the rest goes on, and the exit status is 1."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dryrun", action="store_true", help="Say what would be done, and do nothing.")

    def handle(self, *args, **options):
        now = timezone.now()
        steps = list(self._expiries(now)) + list(self._publications(now))
        if options["dryrun"]:
            self.stdout.write("Nothing is changed: this is a dry run.")
            for sentence, _do in steps:
                self.stdout.write(f"Would {sentence}")
            return
        failed = sum(not self._try(sentence, do) for sentence, do in steps)
        if failed:
            raise CommandError(f"{failed} of {len(steps)} failed and will be tried again next time.")

    def _expiries(self, now):
        """Yield a sentence and a call for each object to take down."""
        for model in models_with_schedule():
            for found in expired(model, now=now).iterator():
                sentence = f'take down {model._meta.verbose_name} "{found}", expired {found.expire_at:%Y-%m-%d %H:%M}'
                yield sentence, partial(take_down_when_expired, model=model, pk=found.pk, now=now)

    def _publications(self, now):
        """Yield a sentence and a call for each revision to publish."""
        for pk, name, due in due_revisions(now=now).values_list("pk", "object_str", "approved_go_live_at"):
            sentence = f'publish "{name}" (revision {pk}), due {due:%Y-%m-%d %H:%M}'
            yield sentence, partial(publish_when_due, revision_id=pk, now=now)

    def _try(self, sentence, do) -> bool:
        """Do one step; report a failure, whatever it is, and return False."""
        try:
            if do():
                self.stdout.write(f"Done: {sentence}")
        except Exception as error:
            # One broken page must not keep all others from going live.
            logger.exception("Could not %s", sentence)
            self.stderr.write(self.style.ERROR(f"Could not {sentence}: {error or type(error).__name__}"))
            return False
        return True
