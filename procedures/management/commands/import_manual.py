"""manage.py import_manual FOLDER|FILE: a manual that was kept elsewhere becomes drafts."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from content.reading.refusals import CannotImport
from pages.models import BasePage
from procedures.importing.files import files_in
from procedures.importing.report import ManualReport
from procedures.importing.services import AllThereAlready, import_manual
from procedures.models import ManualPage, PartPage


class Command(BaseCommand):
    """Import chapters as drafts and print the report."""

    help = "Make drafts of the chapters in a folder, zip file or file (HTML, Word or text), and print a report."

    def add_arguments(self, parser):
        """Declare the arguments."""
        parser.add_argument("source", metavar="FOLDER|FILE", help="a folder, a zip file or a single chapter")
        parser.add_argument("--outline", default="", help="a file: number, tab, title for each chapter")
        parser.add_argument("--parent", default="", help="the manual or part they belong to: number, address or slug")
        parser.add_argument("--old-site", default="", help="the address of the folder in which the files stood")
        parser.add_argument("--user", default="", help="e-mail address of the member of staff who imports them")
        parser.add_argument("--again", action="store_true", help="make second drafts of chapters that are there")

    def handle(self, *args, **options):
        """Import the files. Raises CommandError with a message for staff."""
        report = ManualReport()
        try:
            made = import_manual(
                parent=_parent(options["parent"]),
                files=files_in(Path(options["source"]), report),
                outline=_outline(options["outline"]),
                old_site=options["old_site"],
                user=_user(options["user"]),
                now=timezone.now(),
                report=report,
                again=options["again"],
            )
        except AllThereAlready as error:
            raise CommandError(f"{error} To do so, add --again.") from None
        except CannotImport as error:
            raise CommandError(str(error)) from None
        self._print(made, report)

    def _print(self, made, report: ManualReport):
        self.stdout.write(self.style.SUCCESS(f"Drafts made: {report.summary()}"))
        address = reverse("procedures_import:report", args=[made.pk])
        self.stdout.write(f"Read the report again at {settings.WAGTAILADMIN_BASE_URL}{address}")
        for group in report.groups():
            self.stdout.write(f"\n{group['title']}")
            for item, texts in group["by_item"]:
                if item:
                    self.stdout.write(f"  {item}")
                for text in texts:
                    self.stdout.write(f"{'  ' if item else ''}- {text}")
            if group["more"]:
                self.stdout.write(f"- and {group['more']} more of this kind")


def _outline(name: str) -> bytes | None:
    if not name:
        return None
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise CommandError(f"The outline {name} cannot be read: {error.strerror or error}.") from None


def _parent(wanted: str) -> BasePage:
    """Return the manual or part meant; the only manual where nobody says."""
    manuals = ManualPage.objects.order_by("path")
    if wanted:
        slug = wanted.strip("/").rpartition("/")[2]
        pages = [*manuals, *PartPage.objects.order_by("path")]
        found = [page for page in pages if wanted in {str(page.pk), page.url}]
        found = found or [page for page in pages if slug == page.slug]
    else:
        found = list(manuals[:10])
    if len(found) == 1:
        return found[0]
    names = ", ".join(f"{page.pk} ({page.title}, {page.url})" for page in found or manuals[:10])
    if not names:
        raise CommandError("There is no manual yet. Make a page of the kind “manual” first.")
    raise CommandError(f"Say where the chapters belong with --parent: {names}.")


def _user(email: str):
    if not email:
        return None
    user = get_user_model().objects.filter(email__iexact=email, is_active=True).first()
    if user is None:
        raise CommandError(f"Nobody signs in as {email}.")
    return user
