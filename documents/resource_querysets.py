"""Questions about resources: which ones fit what a reader is looking for, and how many there are of each kind."""

from typing import Self

from django.db.models import Count, Q

from pages.models import BasePage
from pages.querysets import BasePageQuerySet

_TOPICS = BasePage.topics.through
_AUDIENCES = BasePage.audiences.through


class ResourceQuerySet(BasePageQuerySet):
    """Adds the library's questions. Topics and audiences are named by their slugs, as in addresses."""

    def of_type(self, resource_type: str) -> Self:
        """Keep one type."""
        return self.filter(resource_type=resource_type)

    def on_topic(self, slug: str) -> Self:
        """Keep what is about a topic."""
        # By their keys, not by a question to each resource: a database begins with the few that have the topic.
        return self.filter(pk__in=_TOPICS.objects.filter(topic__slug=slug).values("basepage"))

    def for_audience(self, slug: str) -> Self:
        """Keep what is meant for an audience."""
        return self.filter(pk__in=_AUDIENCES.objects.filter(audience__slug=slug).values("basepage"))

    def with_words(self, words) -> Self:
        """Keep what holds every word in its title or summary."""
        found = self
        for word in words:
            found = found.filter(Q(title__icontains=word) | Q(search_description__icontains=word))
        return found

    def count_by_type(self) -> dict[str, int]:
        """Return {type: how many}."""
        return dict(self.order_by().values_list("resource_type").annotate(Count("pk")))

    def count_by_topic(self) -> dict[str, int]:
        """Return {slug of the topic: how many}."""
        return self._count_by(_TOPICS, "topic__slug")

    def count_by_audience(self) -> dict[str, int]:
        """Return {slug of the audience: how many}."""
        return self._count_by(_AUDIENCES, "audience__slug")

    def _count_by(self, through, slug: str) -> dict[str, int]:
        rows = through.objects.filter(basepage__in=self.order_by().values("pk"))
        return dict(rows.values_list(slug).annotate(Count("pk")))
