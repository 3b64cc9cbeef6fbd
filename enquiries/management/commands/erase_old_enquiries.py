"""`manage.py erase_old_enquiries`: erases what has been kept for long enough."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from enquiries.services import erase_old


class Command(BaseCommand):
    """Erases closed enquiries after the months that the settings of enquiries name. Run it every day."""

    help = "Erase what people sent in, so many months after it was closed (see Settings). What is open is kept."

    def handle(self, *args, **options):
        for kind, number in erase_old(now=timezone.now()).items():
            self.stdout.write(f"{kind._meta.verbose_name_plural}: {number} erased.")
