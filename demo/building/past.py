"""Times in the past for what was published while the demonstration was built.

Nothing else on the site ever changes these times; the demonstration does, because its manual has to have a history.
"""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from wagtail.models import PageLogEntry

from pages.models import BasePage
from procedures.models import ContentsEntry
from updates.models import Edition

OFFICE_OPENS = time(9)


def morning_of(day: date) -> datetime:
    """Return nine o’clock in the morning, as clocks show it here."""
    return datetime.combine(day, OFFICE_OPENS, ZoneInfo(settings.TIME_ZONE))


def move_publication(*, page: BasePage, built_from: datetime, to: datetime) -> None:
    """Give what was published of the page since `built_from` the time `to`: edition, revision, contents and log."""
    editions = Edition.objects.filter(page_id=page.pk)
    editions.filter(superseded_at__gte=built_from).update(superseded_at=to)
    editions.filter(in_force_from__gte=built_from).update(in_force_from=to)
    lines = ContentsEntry.objects.filter(page_id=page.pk)
    lines.filter(until__gte=built_from).update(until=to)
    lines.filter(since__gte=built_from).update(since=to)
    page.revisions.filter(created_at__gte=built_from).update(created_at=to)
    PageLogEntry.objects.filter(page_id=page.pk, timestamp__gte=built_from).update(timestamp=to)
    BasePage.objects.filter(pk=page.pk, first_published_at__gte=built_from).update(first_published_at=to)
    BasePage.objects.filter(pk=page.pk).update(last_published_at=to, latest_revision_created_at=to)
