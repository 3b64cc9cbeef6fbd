"""Questions about files and resources."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.db import transaction
from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery
from wagtail.documents.models import DocumentQuerySet as WagtailDocumentQuerySet
from wagtail.models import CollectionViewRestriction

from documents.signals import files_changed
from documents.states import State
from pages.caching import forget_public_pages
from pages.restrictions import IsRestricted


class DocumentQuerySet(WagtailDocumentQuerySet):
    """Adds the board's questions to Wagtail's."""

    def visible(self) -> Self:
        """Keep what a page may link to for any reader: checked, and in no private collection.

        The page that links to it is public itself, so the file is offered: see `documents.offering`. The version comes
        along: its name is part of the address.
        """
        return self.select_related("current").open_to_readers().filter(current__isnull=False)

    def open_to_readers(self) -> Self:
        """Keep what lies in no private collection, checked or not."""
        return self.filter(in_no_private_collection())

    def version_numbers(self, keys: Iterable[int]) -> dict[int, int]:
        """Return {key: number of the version its address gives}; of the newest upload where none has passed yet."""
        rows = self.filter(pk__in=keys).annotate(newest=Max("versions__number"))
        return {key: now or newest for key, now, newest in rows.values_list("pk", "current__number", "newest")}

    def update(self, **fields):
        """Change them all at once; pages that are stored name them, and no signal tells of this."""
        with transaction.atomic():
            keys = list(self.values_list("pk", flat=True))
            changed = super().update(**fields)
            files_changed.send(sender=self.model, keys=keys)
        forget_public_pages()
        return changed

    update.alters_data = True

    def delete(self):
        """Delete each one as it would be alone: what an edition refers to is kept."""
        for document in self:
            document.delete()


class FileVersionQuerySet(QuerySet):
    """What waits, what passed, and which version was given out when."""

    def passed(self) -> Self:
        """Keep versions that readers may have been given."""
        return self.filter(state=State.PASSED)

    def to_check(self, *, now: datetime) -> Self:
        """Keep what waits to be checked and nobody is checking, the oldest first."""
        free = Q(not_before=None) | Q(not_before__lte=now)
        return self.filter(free, state=State.WAITING).order_by("uploaded_at", "pk")

    def given_out(self, *, at: datetime) -> Self:
        """Keep versions that had been checked by then, the newest first: what readers got of each file comes first."""
        return self.filter(passed_at__lte=at).order_by("document_id", "-number")

    def newest_of(self, documents) -> Self:
        """Keep, of each of these documents, what was uploaded last."""
        return self.with_newest_number().are_newest().filter(document__in=documents)

    def with_newest_number(self) -> Self:
        """Annotate `newest_number`: how many versions its document has had."""
        same = self.model.objects.filter(document=OuterRef("document")).order_by("-number")
        return self.annotate(newest_number=Subquery(same.values("number")[:1]))

    def are_newest(self) -> Self:
        """Keep what was uploaded last; after `with_newest_number`."""
        return self.filter(number=F("newest_number"))

    def with_faults(self) -> Self:
        """Keep the versions given out now that some people cannot read."""
        return self.filter(pk=F("document__current_id")).exclude(faults=[])


def in_no_private_collection(to_file: str = "") -> Q:
    """Return the condition that a file lies in no private collection; `to_file`: how it is reached ("document__")."""
    return Q(~IsRestricted(f"{to_file}collection__path", rules=CollectionViewRestriction, place="collection"))
