"""manage.py import_documents FOLDER: files that were kept elsewhere become documents and draft resources."""

import sys
from contextlib import nullcontext
from functools import partial
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm
from wagtail.models import Collection

from content.reading.refusals import CannotImport
from documents.importing.report import MADE, THERE, LibraryReport
from documents.importing.report_file import report_file
from documents.importing.services import import_documents
from documents.models import LibraryPage

INTERRUPTED = 130


class Command(BaseCommand):
    """Import a folder into the library and print the report."""

    help = "Make documents and draft resources of the files in a folder. Run again, it goes on and makes nothing twice."

    def add_arguments(self, parser):
        """Declare the arguments."""
        parser.add_argument("folder", metavar="FOLDER", type=Path, help="the folder; those below it are read too")
        parser.add_argument("--csv", type=Path, metavar="META.csv", help="a table about the files: docs/importing.md")
        parser.add_argument("--publish", action="store_true", help="publish the resources that are made")
        parser.add_argument("--collection", default="", metavar="NAME", help="where the files are put: name or number")
        parser.add_argument("--user", default="", help="e-mail address of the member of staff who imports them")
        parser.add_argument("--report", type=Path, metavar="FILE", help="write a line for each file to a new CSV file")
        parser.add_argument("--dry-run", action="store_true", help="say what would be made, and change nothing")

    def handle(self, *args, **options):
        """Import the files. Raises CommandError with a message for staff."""
        report, stopped, written = LibraryReport(), None, None
        library, collection, user = _library(), _collection(options["collection"]), _user(options["user"])
        try:
            with _report_file(options["report"]) as (written, record):
                import_documents(
                    folder=options["folder"],
                    table=options["csv"],
                    library=library,
                    collection=collection,
                    user=user,
                    publish=options["publish"],
                    dry_run=options["dry_run"],
                    report=report,
                    report_path=written,
                    record=record,
                    progress=_progress(options["verbosity"]),
                )
        except CannotImport as error:
            stopped = CommandError(str(error))
        except KeyboardInterrupt:
            stopped = CommandError("Stopped. Run the same command again to go on.", returncode=INTERRUPTED)
        if any(report.counts.values()) and options["verbosity"]:
            self._print(report, dry_run=options["dry_run"], in_full=options["verbosity"] > 1)
        if written and options["verbosity"]:
            self.stdout.write(f"\nA line for each file is in {written}")
        if stopped:
            raise stopped
        if not any(report.counts[key] for key in ("files", "versions", "resources", "there")):
            raise CommandError("None of the files could be imported.")

    def _print(self, report: LibraryReport, *, dry_run: bool, in_full: bool):
        what = "Nothing was changed. An import would make" if dry_run else "Imported"
        self.stdout.write(self.style.SUCCESS(f"{what}: {report.summary()}"))
        for group in report.groups():
            if group["group"] in {MADE, THERE} and not in_full:
                continue
            self.stdout.write(f"\n{group['title']}")
            for item, texts in group["by_item"]:
                if item:
                    self.stdout.write(f"  {item}")
                for text in texts:
                    self.stdout.write(f"{'  ' if item else ''}- {text}")
            if group["more"]:
                self.stdout.write(f"- and {group['more']:,} more of this kind")


def _progress(verbosity: int):
    # None: only where somebody is looking, that is on a terminal.
    return partial(tqdm, unit=" resources", file=sys.stderr, disable=None if verbosity else True)


def _report_file(wanted: Path | None):
    return report_file(wanted) if wanted else nullcontext((None, lambda item: None))


def _library() -> LibraryPage:
    library = LibraryPage.objects.order_by("path").first()
    if library is None:
        raise CommandError("There is no library yet. Make a page of the kind “documents library” first.")
    return library


def _collection(wanted: str) -> Collection:
    """Return the collection with this name or number; without one the topmost, as for uploads by hand."""
    if not wanted:
        return Collection.get_first_root_node()
    found = [one for one in Collection.objects.order_by("path") if wanted in {str(one.pk), one.name}]
    if len(found) == 1:
        return found[0]
    names = ", ".join(f"{one.pk} ({one.name})" for one in found or Collection.objects.order_by("path")[:20])
    raise CommandError(f"Say which collection with --collection: {names}.")


def _user(email: str):
    if not email:
        return None
    user = get_user_model().objects.filter(email__iexact=email, is_active=True).first()
    if user is None:
        raise CommandError(f"Nobody signs in as {email}.")
    return user
