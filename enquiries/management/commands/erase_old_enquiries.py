"""`manage.py erase_old_enquiries`: erases what has been kept for long enough."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from enquiries.services import erase_old
from enquiries.taking import erase_files_without_news
from enquiries.usefulness import erase_old_answers


class Command(BaseCommand):
    """Erases closed enquiries after the months that the settings of enquiries name, as the scheduler does each day."""

    help = "Erase what people sent in, so many months after it was closed (see Settings). What is open is kept."

    def handle(self, *args, **options):
        now = timezone.now()
        for kind, number in erase_old(now=now).items():
            self.stdout.write(f"{kind._meta.verbose_name_plural}: {number} erased.")
        self.stdout.write(f"days of answers on pages: {erase_old_answers(now=now)} erased.")
        if number := erase_files_without_news(now=now):
            self.stdout.write(f"files that belonged to nothing: {number} erased.")
