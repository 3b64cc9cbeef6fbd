"""How a file gets its versions, and how it goes with all of them. Called by the model itself."""

from datetime import datetime
from functools import partial

from django.db import transaction

from documents.storing import FileFacts


def add_version(*, document, facts: FileFacts, now: datetime, by=None, note: str = "", significance: str = "major"):
    """Make the document's file its next version, which waits to be checked, and return it.

    Call it in the transaction that stores the document: the database numbers versions without gaps or doubles.
    """
    newest = document.newest_version()
    return document.versions.create(
        number=newest.number + 1 if newest else 1,
        file=document.file.name,
        name=facts.name,
        size=facts.size,
        sha256=facts.sha256,
        uploaded_at=now,
        uploaded_by=by or document.uploaded_by_user,
        note=note if newest else "",
        significance=significance if newest else "major",
    )


def delete_with_versions(document, delete):
    """Delete the document by `delete()`, and what is stored of its versions once that is committed."""
    stored = [kept for version in document.versions.all() for kept in (version.file, version.preview) if kept]
    result = delete()
    for kept in stored:
        transaction.on_commit(partial(kept.storage.delete, kept.name), robust=True)
    return result
