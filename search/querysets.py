"""Questions about passages."""

from datetime import date
from typing import Self

from django.db.models import Max, Q, QuerySet, Sum

from documents.querysets import in_no_private_collection
from pages.querysets import of_visible_pages


class PassageQuerySet(QuerySet):
    """Adds what the search asks."""

    def visible(self, *, now=None) -> Self:
        """Keep what any member of the public may read now: its page is public, and so is the file that it stands in.

        `now`: the moment, or an expression for it.
        """
        file = Q(in_no_private_collection("document__"), document__removed_at=None, document__current__isnull=False)
        return self.filter(of_visible_pages("page__", now=now), Q(document=None) | file)

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


class LookedForQuerySet(QuerySet):
    """Adds what the reports ask."""

    def within(self, *, first: date, last: date) -> Self:
        """Keep what was looked for from the first to the last day, both included."""
        return self.filter(day__range=(first, last))

    def by_words(self) -> Self:
        """Return {"words", "total", "without", "last_day"} for each words, those first that are looked for most."""
        sums = {"total": Sum("times"), "without": Sum("found_nothing"), "last_day": Max("day")}
        return self.order_by().values("words").annotate(**sums).order_by("-total", "words")

    def without_results(self) -> Self:
        """Keep the days on which the words found nothing at least once."""
        return self.filter(found_nothing__gt=0)
