"""Builds the documents library with its history: files in all their versions, and the resources that offer them."""

from datetime import date, datetime, timedelta
from pathlib import Path

from django.core.files import File
from django.utils import timezone

from bulletins.quarters import add_months
from demo.building.past import morning_of, move_publication
from demo.building.references import References
from demo.content import home, library
from demo.content.library.writing import Edition, LibraryFile, Resource
from documents.checking import check_waiting
from documents.models import FileVersion, LibraryDocument, LibraryPage, ResourceFile, ResourcePage
from files.confined import Examiner
from pages.models import Audience, BasePage, Topic

FILES = Path(__file__).resolve().parents[1] / "files"


def build_library(*, front: BasePage, references: References, today: date) -> LibraryPage:
    """Build the library below the home page, each resource through all of its editions.

    The files are checked as staff's uploads are, and get their times in the past.
    """
    built_from = timezone.now()
    page = front.add_child(
        instance=LibraryPage(
            title=home.LIBRARY_TITLE,
            slug="library",
            search_description=home.LIBRARY_SUMMARY,
            introduction=home.LIBRARY_INTRODUCTION,
            live=False,
        )
    )
    page.save_revision().publish()
    with Examiner() as examiner:
        for written in library.RESOURCES:
            _build_resource(page, written, references, today, built_from, examiner)
    return page


def _build_resource(parent, written: Resource, references, today, built_from: datetime, examiner: Examiner):
    documents: dict[str, LibraryDocument] = {}
    page = None
    for number, edition in enumerate(written.editions, start=1):
        day = today - timedelta(days=edition.days_ago)
        _store(written, edition, documents)
        if page is None:
            page = parent.add_child(instance=_page(written, references, today))
        if number == 1 or len(edition.files) > page.files.count():
            _offer(page, edition, documents)
        # Passing the check tells of new versions by itself.
        check_waiting(clock=timezone.now, examiner=examiner)
        _move(page, documents, built_from, day)
        page = ResourcePage.objects.get(pk=page.pk)


def _page(written: Resource, references, today) -> ResourcePage:
    page = ResourcePage(
        title=written.title,
        slug=written.slug,
        search_description=written.summary,
        resource_type=written.resource_type,
        purpose=references.placed(written.purpose),
        owner_contact=references.contacts[written.owner_team],
        approved_by=written.approved_by,
        approved_on=add_months(today, -written.approved_months_ago),
        review_due=add_months(today, written.review_months),
        live=False,
    )
    page.topics = Topic.objects.filter(name__in=written.topics)
    page.audiences = Audience.objects.filter(name__in=written.audiences)
    return page


def _title(written: Resource, file: LibraryFile) -> str:
    """Return how staff call a file, who see it apart from its resource."""
    return written.title if len(written.files) == 1 else f"{written.title} – {file.title}"


def _store(written: Resource, edition: Edition, documents: dict[str, LibraryDocument]):
    """Put each file that is new on that day into the library."""
    for file, version in edition.files:
        if version.days_ago != edition.days_ago:
            continue
        with (FILES / version.path).open("rb") as content:
            document = documents.get(file.name) or LibraryDocument(title=_title(written, file), language=file.language)
            document.file = File(content, name=file.name)
            document.new_version = {"note": version.note}
            document.save()
            documents[file.name] = document


def _offer(page: ResourcePage, edition: Edition, documents):
    page.files = [
        ResourceFile(document=documents[file.name], title=file.title, sort_order=order)
        for order, (file, _version) in enumerate(edition.files)
    ]
    page.change_significance, page.change_note = ("major", edition.note) if page.live else ("", "")
    page.save_revision().publish()


def _move(page, documents: dict[str, LibraryDocument], built_from: datetime, day: date):
    """Give what was published and checked just now its time in the past."""
    moment = morning_of(day)
    move_publication(page=page, built_from=built_from, to=moment)
    ResourcePage.objects.filter(pk=page.pk, changed_at__gte=built_from).update(changed_at=moment)
    versions = FileVersion.objects.filter(document__in=documents.values())
    versions.filter(uploaded_at__gte=built_from).update(uploaded_at=moment)
    versions.filter(passed_at__gte=built_from).update(passed_at=moment)
    LibraryDocument.objects.filter(pk__in=[document.pk for document in documents.values()]).filter(
        created_at__gte=built_from
    ).update(created_at=moment)
