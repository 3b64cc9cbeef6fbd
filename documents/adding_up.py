"""From the spool to the counts: every batch once, whoever is killed in between and however many do it at once."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Sum

from counting.adding_up import add_up
from counting.periods import LONDON
from documents.models import LibraryDocument, ResourceFile, ResourcePage
from documents.spool import DOWNLOADS, downloads_in

YEAR = timedelta(days=365)
AT_ONCE = 500
# In the order of keys, so that two who add to the same rows wait for each other and never both.
_ADD = """
    INSERT INTO documents_downloadcount (document_id, day, downloads) VALUES (%s, %s, %s)
    ON CONFLICT (document_id, day) DO UPDATE SET downloads = documents_downloadcount.downloads + excluded.downloads
"""


def count_spooled(*, now: datetime) -> Counter[int]:
    """Add what was downloaded to the counts and return {key of the file: how often}. Resources say it, too.

    What cannot be added now (DatabaseError is raised) waits in the spool.
    """
    added = sum(add_up(DOWNLOADS, add=lambda lines: _add(downloads_in(lines)), now=now), Counter())
    on = now.astimezone(LONDON).date()
    recount_resources(keys=ResourceFile.objects.filter(document__in=list(added)).values_list("page", flat=True), on=on)
    _once_a_day(on)
    return added


def _add(downloads: Counter[tuple[int, date]]) -> Counter[int]:
    """Add to the counts of files that still exist; return what was added for each."""
    known = LibraryDocument.with_removed.only("pk").in_bulk({key for key, _ in downloads})
    rows = sorted((key, day, number) for (key, day), number in downloads.items() if key in known)
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_ADD, rows)
    added: Counter[int] = Counter()
    for key, _, number in rows:
        added[key] += number
    return added


def recount_resources(*, keys: Iterable[int], on: date) -> None:
    """Let these resources know how often their files were downloaded within the year that ends on a day.

    Stored pages are not forgotten: none shows the number, and the list that is sorted by it is stored for a minute.
    """
    keys = sorted(set(keys))
    for start in range(0, len(keys), AT_ONCE):
        _recount(keys[start : start + AT_ONCE], on)


def _recount(keys: list[int], on: date):
    counted = ResourceFile.objects.filter(page__in=keys, document__download_counts__day__gt=on - YEAR)
    sums = counted.order_by().values_list("page").annotate(Sum("document__download_counts__downloads"))
    found = dict(sums)
    for key, known in ResourcePage.objects.filter(pk__in=keys).values_list("pk", "downloads"):
        if known != found.get(key, 0):
            # One row at a time: whoever publishes holds several, in an order of their own.
            ResourcePage.objects.filter(pk=key).update(downloads=found.get(key, 0))


def _once_a_day(on: date):
    """Recount all resources: a day has left the year, and files have come to resources and left them."""
    done = DOWNLOADS.folder / "recounted"
    if done.exists() and done.read_bytes() == on.isoformat().encode():
        return
    recount_resources(keys=ResourcePage.objects.values_list("pk", flat=True), on=on)
    done.parent.mkdir(parents=True, exist_ok=True)
    done.write_text(on.isoformat())
