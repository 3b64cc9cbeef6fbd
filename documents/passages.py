"""The words of the files that a resource offers, page by page, as passages that the search finds."""

from django.db.models import F

from documents.models.files import FilePassage
from pages.passages import DeclaredPassage, PassageKind


def passages_of(resource) -> list[DeclaredPassage]:
    """Return a passage for each page of the files that a resource offers, as they are given out now. One query.

    Whether readers may have a file is asked when something is shown (`DeclaredPassage.document_id`), not here.
    """
    offered = list(resource.files.select_related("document"))
    titles = {child.document_id: child.title or child.document.title for child in offered}
    order = {child.document_id: child.sort_order or 0 for child in offered}
    said = FilePassage.objects.filter(version__document__in=titles, version__document__current=F("version"))
    said = said.select_related("version").order_by("version", "position")
    return [
        DeclaredPassage(
            PassageKind.DOCUMENTS,
            titles[passage.version.document_id],
            passage.text,
            anchor=f"page={passage.page}" if passage.page and passage.version.extension == "pdf" else "",
            key=f"file-{passage.version.document_id}-{passage.position}",
            label=", ".join(filter(None, [passage.version.type_name, passage.place])),
            document_id=passage.version.document_id,
        )
        for passage in sorted(said, key=lambda passage: (order[passage.version.document_id], passage.position))
    ]
