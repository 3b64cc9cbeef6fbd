"""What happened since a moment that readers of the next bulletin may want to hear of."""

from collections import defaultdict
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from wagtail.models import get_page_models

from gathering.declared import Newsworthy
from pages.models import BasePage
from updates.models import Edition

# An office that looks away for years gets the newest of them; nobody reads a bulletin of more.
MOST_EDITIONS = 400


def newsworthy_since(since: datetime, *, until: datetime) -> list[Newsworthy]:
    """Return what pages that readers may see say of their updates after one moment and up to another, oldest first.

    One query for the editions, one for the pages of each type, and what a page asks for itself: its topics, and how it
    was before.
    """
    by_page: dict[int, list[Edition]] = defaultdict(list)
    for edition in _updates(since, until).select_related("revision")[:MOST_EDITIONS]:
        by_page[edition.page_id].append(edition)
    pages = BasePage.objects.filter(pk__in=by_page).specific()
    found = [news for page in pages for news in page.newsworthy(by_page[page.pk])]
    return sorted(found, key=lambda news: (news.moment, news.page_id))


def left_out_since(since: datetime, *, until: datetime) -> int:
    """Return how many updates of that time `newsworthy_since` leaves out: the oldest of too many."""
    return max(0, _updates(since, until).count() - MOST_EDITIONS)


def _updates(since: datetime, until: datetime):
    types = [model for model in get_page_models() if hasattr(model, "newsworthy")]
    of_types = BasePage.objects.filter(content_type__in=ContentType.objects.get_for_models(*types).values())
    return Edition.objects.updates(of=of_types).filter(in_force_from__gt=since, in_force_from__lte=until)


def newsworthy_of(page) -> list[Newsworthy]:
    """Return everything that a page, of its own type, can say for a bulletin, from all of its updates."""
    editions = list(Edition.objects.updates(of=BasePage.objects.filter(pk=page.pk)).select_related("revision"))
    return page.newsworthy(editions) if editions else []
