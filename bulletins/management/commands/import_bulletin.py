"""manage.py import_bulletin FILE: an old bulletin, as a Word document, text or HTML, becomes a draft issue."""

import sys
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from bulletins.importing.services import AlreadyImported, import_bulletin
from bulletins.models import BulletinIndexPage
from content.reading.refusals import CannotImport
from content.reading.sources import most_bytes, refuse_size
from content.reading.word import MAX_WORD_BYTES


class Command(BaseCommand):
    """Import one bulletin as a draft and print the report."""

    help = "Make a draft issue from a bulletin saved as Word, plain text or HTML, and print what was guessed."

    def add_arguments(self, parser):
        """Declare the arguments."""
        parser.add_argument("file", metavar="FILE", help="the file, or - for standard input")
        parser.add_argument("--parent", default="", help="the archive it belongs to: its number, address or slug")
        parser.add_argument("--title", default="", help="a title, instead of the one in the file")
        parser.add_argument("--user", default="", help="e-mail address of the member of staff who imports it")
        parser.add_argument("--again", action="store_true", help="make a second draft of a file imported before")

    def handle(self, *args, **options):
        """Import the file. Raises CommandError with a message for staff."""
        archive = _archive(options["parent"])
        user = _user(options["user"])
        try:
            content = _content(options["file"])
            page, report = import_bulletin(
                parent=archive,
                content=content,
                filename="" if options["file"] == "-" else Path(options["file"]).name,
                user=user,
                now=timezone.now(),
                title=options["title"].strip(),
                again=options["again"],
            )
        except AlreadyImported as error:
            raise CommandError(f"{error} To do so, add --again.") from None
        except CannotImport as error:
            raise CommandError(str(error)) from None
        self._print(page, report)

    def _print(self, page, report):
        self.stdout.write(self.style.SUCCESS(f"Draft made: {page.title} ({report.summary()})"))
        address = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('wagtailadmin_pages:edit', args=[page.pk])}"
        self.stdout.write(f"Edit it at {address}")
        for group in report.groups():
            self.stdout.write(f"\n{group['title']}")
            for item, texts in group["by_item"]:
                for text in texts:
                    self.stdout.write(f"- {item}: {text}" if item else f"- {text}")
            if group["more"]:
                self.stdout.write(f"- and {group['more']} more of this kind")


def _content(name: str) -> bytes:
    """Return the content of a file, of a file that is too large no more than its size."""
    if name == "-":
        # One byte more than allowed is enough to know.
        return sys.stdin.buffer.read(MAX_WORD_BYTES + 1)
    path = Path(name)
    try:
        if not path.is_file():
            raise CommandError(f"There is no file {name}.")
        refuse_size(path.stat().st_size, what="a bulletin", most=most_bytes(name))
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"The file {name} cannot be read: {error.strerror or error}.") from None


def _archive(wanted: str) -> BulletinIndexPage:
    archives = BulletinIndexPage.objects.order_by("path")
    if wanted:
        slug = wanted.strip("/").rpartition("/")[2]
        found = [page for page in archives if wanted in {str(page.pk), page.url} or slug == page.slug]
    else:
        found = list(archives[:10])
    if len(found) == 1:
        return found[0]
    names = ", ".join(f"{page.pk} ({page.title}, {page.url})" for page in found or archives[:10])
    if not names:
        raise CommandError("There is no archive of bulletins yet. Make a page of the kind “bulletin archive” first.")
    raise CommandError(f"Say which archive with --parent: {names}.")


def _user(email: str):
    if not email:
        return None
    user = get_user_model().objects.filter(email__iexact=email, is_active=True).first()
    if user is None:
        raise CommandError(f"Nobody signs in as {email}.")
    return user
