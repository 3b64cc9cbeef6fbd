"""Takes the files of one resource after those of another into the library, each in a transaction of its own."""

from contextlib import ExitStack, contextmanager

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError

from content.reading.refusals import CannotImport
from documents.importing.items import Group, Item, Result
from documents.importing.known import Known, Planned, where, why_not_again
from documents.importing.making import add_to_resource, make_resource, offered_by
from documents.importing.plan import settle
from documents.importing.replacing import replaced
from documents.importing.report import LibraryReport, quoted
from documents.importing.storing import Storing, checked
from documents.models import LibraryDocument, LibraryPage
from pages.tree import TreeBusy, tree_lock

MOST_ATTEMPTS = 6
WITHDRAWN = "The resource was withdrawn. Nothing was added to it."


class CannotStore(CannotImport):
    """The store of files or the page tree is away. What was made before is kept."""


class Importer:
    """One run. With `dry_run` it asks and says the same, and changes nothing."""

    def __init__(self, *, library: LibraryPage, user, collection, publish: bool, dry_run: bool, report: LibraryReport):
        self.library = library
        self.user = user
        self.collection = collection
        self.publish = publish
        self.dry_run = dry_run
        self.report = report
        self.known = Known()
        self.planned = Planned()
        # The keys of all files that were met, new or not.
        self.documents: set[int] = set()

    def take(self, group: Group) -> None:
        """Import a group, whole or not at all; its items say what became of them. Raises CannotImport."""
        if not group.replaces and group.open_items:
            settle(group)
        # Before the lock is taken: others wait for it.
        facts = [(item, found) for item in group.open_items if (found := checked(item))]
        if not facts:
            return
        storing = Storing(user=self.user, collection=self.collection)
        try:
            with _the_tree():
                (self._version if group.replaces else self._resource)(group, facts, storing)
        except BaseException as error:
            storing.undo()
            self._say_what_failed(error, group, facts)

    def _say_what_failed(self, error: BaseException, group: Group, facts):
        """Let the import go on after a fault of this group's own; raise anything else."""
        if isinstance(error, ValidationError | DataError | IntegrityError):
            reason = " ".join(getattr(error, "messages", [str(error)]))
            for item, _ in facts:
                item.leave_out(f"It could not be stored: {reason}")
        elif isinstance(error, OSError):
            raise CannotStore(
                f"{quoted(group.title)} could not be stored: {error.strerror or error}. What came before it is in the "
                "library. Run the same command again to go on."
            ) from error
        else:
            raise error

    def _resource(self, group: Group, facts, storing: Storing):
        page = self.known.resource(group.title) if group.is_of_table else None
        if page and page.withdrawn_as:
            for item, _ in facts:
                item.leave_out(WITHDRAWN)
            return
        versions = self.known.versions(found.sha256 for _, found in facts)
        documents = [self._document(group, item, found, versions, storing) for item, found in facts]
        documents = list(dict.fromkeys(filter(None, documents)))
        if page:
            self._add(page, group, documents)
        elif documents or (self.dry_run and any(item.result is Result.IMPORTED for item in group.items)):
            self._make(group, documents)

    def _document(self, group: Group, item: Item, found, versions: dict, storing: Storing) -> LibraryDocument | None:
        """Return the file to offer: a new one, or the one that is there where a table asks for it."""
        if version := versions.get(found.sha256):
            if reason := why_not_again(version):
                item.leave_out(reason)
                return None
            item.is_there(where(version))
            self.documents.add(version.document_id)
            return version.document if group.is_of_table else None
        if self.dry_run:
            self._plan(item, found)
            return None
        document = storing.new_document(item)
        self.documents.add(document.pk)
        item.result = Result.IMPORTED
        versions[found.sha256] = document.newest_version()
        return document

    def _plan(self, item: Item, found):
        if title := self.planned.digests.get(found.sha256):
            item.is_there(f"It is the same file as {quoted(title)}.")
        else:
            item.result = Result.IMPORTED
            self.planned.add(found.name, item.title, found.sha256)

    def _make(self, group: Group, documents: list[LibraryDocument]):
        if not group.is_of_table and self.known.resource(group.title):
            group.items[0].check("Another resource has this title. If the files belong together, put them into one.")
        if not self.dry_run:
            make_resource(library=self.library, group=group, documents=documents, user=self.user, publish=self.publish)
        self.report.counts["resources"] += 1
        self.report.counts["published"] += self.publish
        self.report.types[group.details.resource_type] += group.is_guessed
        self.report.made(f"The resource {quoted(group.title)}.")

    def _add(self, page, group: Group, documents: list[LibraryDocument]):
        offered = offered_by(page)
        new = [document for document in documents if document.pk not in offered]
        if not self.dry_run and add_to_resource(
            page=page, group=group, documents=new, user=self.user, publish=self.publish
        ):
            group.items[0].check(f"The resource {quoted(page.title)} was there. What it lacked was added to its draft.")

    def _version(self, group: Group, facts, storing: Storing):
        [(item, found)] = facts
        target = replaced(group.replaces, item, found, known=self.known, planned=self.planned, dry_run=self.dry_run)
        if target and not self.dry_run:
            storing.new_version(target, item)
            self.documents.add(target.pk)


@contextmanager
def _the_tree():
    """Hold the page tree; wait for it several times as long as a request would. Raises CannotStore."""
    for _ in range(MOST_ATTEMPTS):
        with ExitStack() as stack:
            try:
                stack.enter_context(tree_lock())
            except TreeBusy:
                continue
            yield
            return
    raise CannotStore("Others have been writing to the page tree for a long time. Run the same command again to go on.")
