"""`manage.py erase_old_subscribers`: erases addresses that need not be kept any longer."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from alerts.services import erase_old


class Command(BaseCommand):
    """Erases what was never confirmed, who left, old deliveries, proofs that nothing rests on. The scheduler does."""

    help = (
        "Erase addresses 7 days after a link was not used and 28 days after somebody left, and deliveries and consents "
        "after a year."
    )

    def handle(self, *args, **options):
        for what, number in erase_old(now=timezone.now()).items():
            self.stdout.write(f"{what}: {number} erased.")
