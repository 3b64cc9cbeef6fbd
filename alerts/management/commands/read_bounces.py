"""`manage.py read_bounces`: reads what mail servers sent back."""

import logging
import sys
from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from alerts.bounces.boxes import NotAMailbox, mail_in, mails_of
from alerts.bounces.reading import read_returned
from alerts.bounces.services import note_returned

logger = logging.getLogger(__name__)

# sysexits.h: a mail server that hears this hands the mail over again later.
TEMPORARY_FAILURE = 75


class Command(BaseCommand):
    """Ends with 0 for anything that is not ours, or makes no sense: nobody is to be sent a bounce of a bounce."""

    help = (
        "Read a mail that was sent back on standard input, or all of an mbox file or a Maildir; ends with 75 while the "
        "database is away."
    )
    # It runs once a mail.
    requires_system_checks = []

    def add_arguments(self, parser):
        """Take where the mails are."""
        parser.add_argument(
            "mailbox", nargs="?", default="-", help="a file (mbox), a folder (Maildir), or - for one mail"
        )

    def handle(self, *args, mailbox, **options):
        """Read them."""
        found = Counter()
        try:
            if mailbox == "-":
                self._read(mail_in(sys.stdin.buffer))
                return
            for mail in mails_of(Path(mailbox)):
                found[self._read(mail)] += 1
        except NotAMailbox as error:
            raise CommandError(str(error)) from error
        except (OperationalError, InterfaceError) as error:
            raise CommandError("The database cannot be reached.", returncode=TEMPORARY_FAILURE) from error
        self.stdout.write(", ".join(f"{what}: {number}" for what, number in sorted(found.items())) or "No mail.")

    def _read(self, mail: bytes) -> str:
        """Do what one mail asks for, and return what it was."""
        try:
            returned = read_returned(mail)
            if returned is None:
                return "not about an alert"
            note_returned(returned=returned, now=timezone.now())
        except (OperationalError, InterfaceError):
            raise
        except Exception:  # One that makes no sense must not keep all others waiting.
            logger.exception("A mail that was sent back could not be read.")
            return "not understood"
        if returned.is_complaint:
            return "complaints"
        return "failed" if returned.failures else "late or delivered"
