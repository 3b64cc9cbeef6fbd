"""One file into the library: checked, then read piece by piece into storage; taken out again if anything goes wrong."""

import logging

from django.conf import settings
from django.core.files import File
from wagtail.log_actions import log
from wagtail.models import ReferenceIndex

from documents.importing.items import Item
from documents.models import LibraryDocument
from documents.storing import FileFacts, facts_of
from files.names import safe_name
from files.receiving import check_upload
from files.refusals import Refused

logger = logging.getLogger(__name__)


def checked(item: Item) -> FileFacts | None:
    """Return the facts of a file that may be in the library; of any other say why not, and return None."""
    try:
        with item.found.path.open("rb") as file:
            check_upload(file, name=item.found.path.name, most_bytes=settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)
            return facts_of(File(file, name=safe_name(item.found.path.name)))
    except Refused as refused:
        item.leave_out(str(refused))
    except OSError as error:
        item.leave_out(f"The file cannot be read: {error.strerror or error}.")
    except Exception:  # Whatever it is, it would stop each later run at the same file.
        logger.exception("A file could not be looked at.")
        item.leave_out("We could not find out what is in this file. Save it again in another way.")
    return None


class Storing:
    """The files that one transaction stores. Use it inside that transaction."""

    def __init__(self, *, user, collection):
        self.user = user
        self.collection = collection
        self._stored = []

    def new_document(self, item: Item) -> LibraryDocument:
        """Store a file as a new one of the library. Raises OSError."""
        document = LibraryDocument(title=item.title, collection=self.collection, uploaded_by_user=self.user)
        self._store(document, item, "wagtail.create")
        return document

    def new_version(self, document: LibraryDocument, item: Item) -> None:
        """Store a file as the next version of another. Raises OSError."""
        self._store(document, item, "wagtail.edit", note=item.cell("note"))

    def _store(self, document: LibraryDocument, item: Item, action: str, **answer):
        document.language = item.language or document.language
        with item.found.path.open("rb") as file:
            document.file = File(file, name=safe_name(item.found.path.name))
            self._stored.append(document.file)
            # As Wagtail's own forms do.
            document._set_document_file_metadata()
            document.new_version = {"by": self.user, **answer}
            document.save()
        if ReferenceIndex.is_indexed(LibraryDocument):
            ReferenceIndex.create_or_update_for_object(document)
        log(instance=document, action=action, user=self.user, content_changed=True)

    def undo(self) -> None:
        """Take out of storage what was put there; the rows go with the transaction."""
        for file in self._stored:
            if file._committed:
                try:
                    file.storage.delete(file.name)
                except Exception:  # What went wrong before is what people must hear of.
                    logger.exception("%s is in storage and belongs to nothing.", file.name)
