"""Questions about passages."""

from datetime import date
from typing import Self

from django.db.models import Exists, OuterRef, Q, QuerySet

from documents.models import LibraryDocument
from pages.models import BasePage

# What a line of results is made of, so that fifty rows do not bring along a hundred columns each.
SHOWN = ("kind", "label", "title", "heading", "text", "anchor", "on_its_own")
OF_PAGES = ("page__title", "page__url_path")
OF_FILES = ("document__title", "document__file", "document__current__name")


class PassageQuerySet(QuerySet):
    """Adds what the search asks."""

    def visible(self) -> Self:
        """Keep what any member of the public may read now: its page is public, and so is the file that it stands in."""
        files = LibraryDocument.objects.open_to_readers().filter(pk=OuterRef("document_id"), current__isnull=False)
        pages = BasePage.objects.visible().filter(pk=OuterRef("page_id"))
        return self.filter(Q(document=None) | Exists(files), Exists(pages))

    def with_place(self) -> Self:
        """Bring along what an address is made of, without the texts of pages."""
        return self.select_related("page", "document__current").only(*SHOWN, *OF_PAGES, *OF_FILES)

    def with_words(self, words, *, in_text: bool) -> Self:
        """Keep what holds every word in its title or that of its page, or, if told so, in its text."""
        found = self
        for word in words:
            in_titles = Q(title__icontains=word) | Q(heading__icontains=word)
            found = found.filter(in_titles | Q(text__icontains=word) if in_text else in_titles)
        return found


class PromotedAnswerQuerySet(QuerySet):
    """Adds what the search asks of answers that staff put first."""

    def showing(self, *, on: date) -> Self:
        """Keep what is to be shown on a day."""
        begun = Q(starts_on=None) | Q(starts_on__lte=on)
        return self.filter(begun, Q(ends_on=None) | Q(ends_on__gte=on))
