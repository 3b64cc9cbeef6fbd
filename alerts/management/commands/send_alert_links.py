"""`manage.py send_alert_links`: mails the links that people asked for."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from alerts.mail import MailServerAway, send_owed


class Command(BaseCommand):
    """Sends what is waiting, as the scheduler does each minute; several at once send each mail once."""

    help = (
        "Mail the links with which people confirm and change their alerts. While the mail server is away everything "
        "waits; the exit status is then 1."
    )

    def handle(self, *args, **options):
        try:
            sent, failed = send_owed(now=timezone.now())
        except MailServerAway as error:
            raise CommandError(
                f"The mail server cannot be reached ({error}). Everything waits for the next run."
            ) from error
        if sent:
            self.stdout.write(f"{sent} sent.")
        if failed:
            raise CommandError(f"{failed} failed and will be tried again.")
