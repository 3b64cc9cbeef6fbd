"""Counting what a drill has lost, doubled, left out of the history, or damaged."""

from collections import Counter

from django.db.models import Q
from wagtail.models import PageLogEntry

from pages.models import BasePage
from tests.drills.stock import page_type
from tests.pages.tree_checks import tree_faults
from updates.models import Edition

PUBLISHED = Q(action="wagtail.publish")


def after_the_kills(*, editions: bool) -> dict:
    """Return the faults among the pages that were scheduled."""
    parent = BasePage.objects.get(slug="scheduled")
    faults = Counter()
    for page in page_type().objects.child_of(parent):
        expected = 2 if page.title.endswith(("0", "2", "4", "6", "8")) else 1
        logged = PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish.scheduled").count()
        recorded = page.editions.count() if editions else expected
        arrived = page.live and page.title.startswith("After")
        if editions and arrived:
            arrived = page.current_edition().note == page.title.replace("After", "Note")
        faults["done"] += 1
        faults["lost"] += not arrived or recorded < expected
        faults["doubled"] += logged > 1 or recorded > expected
        faults["unlogged"] += arrived and not logged
    return _result(faults)


def after_the_crowd(done: list[dict], *, editions: bool) -> dict:
    """Return the faults among the publications that somebody was promised."""
    faults = Counter(done=len(done))
    faults["refused"] = sum("refused" in deed for deed in done)
    faults["errors"] = sum("error" in deed for deed in done)
    promised = [deed["title"] for deed in done if "title" in deed]
    if editions:
        recorded = Counter(Edition.objects.values_list("title", flat=True))
    else:
        names = PageLogEntry.objects.filter(PUBLISHED).values_list("revision__object_str", flat=True)
        recorded = Counter(names)
    faults["lost"] = sum(not recorded[title] for title in promised)
    faults["doubled"] = sum(recorded[title] > 1 for title in promised)
    logged = set(PageLogEntry.objects.filter(PUBLISHED).values_list("revision__object_str", flat=True))
    faults["unlogged"] = sum(title not in logged for title in promised)
    return _result(faults)


def _result(faults: Counter) -> dict:
    faults["tree faults"] = len(tree_faults()) + edition_faults()
    return dict(faults)


def edition_faults() -> int:
    """Count the pages whose editions have a gap in their numbers or times, or where the current one is not public."""
    wrong = 0
    pages = BasePage.objects.filter(editions__isnull=False).distinct().specific().prefetch_related("editions")
    for page in pages.iterator(chunk_size=200):
        editions = sorted(page.editions.all(), key=lambda edition: edition.number)
        numbered = [edition.number for edition in editions] == list(range(1, len(editions) + 1))
        pairs = zip(editions, editions[1:], strict=False)
        joined = all(one.superseded_at == following.in_force_from for one, following in pairs)
        current = page.live and editions[-1].superseded_at is None and editions[-1].title == page.title
        wrong += not (numbered and joined and current)
    return wrong
