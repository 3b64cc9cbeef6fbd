"""Times in the past for what was published while the demonstration was built.

Nothing else on the site ever changes these times; the demonstration does, because its manual has to have a history.
"""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F
from wagtail.models import PageLogEntry

from alerts.models import Kind, Message
from bulletins.models import BulletinPage
from pages.models import BasePage
from procedures.models import ContentsEntry
from updates.models import Edition

OFFICE_OPENS = time(9)


def morning_of(day: date) -> datetime:
    """Return nine o’clock in the morning, as clocks show it here."""
    return datetime.combine(day, OFFICE_OPENS, ZoneInfo(settings.TIME_ZONE))


def let_all_be_told() -> None:
    """Let what was published have been told when it was: there were no subscribers yet.

    Only the latest issue of the bulletin is still to be sent, so that staff can try that.
    """
    latest = BulletinPage.objects.newest_first().first()
    told = Message.objects.filter(spread_at=None).exclude(kind=Kind.ISSUE, page_id=latest and latest.pk)
    told.update(release_at=F("moment"), spread_at=F("moment"))


def move_publication(*, page: BasePage, built_from: datetime, to: datetime) -> None:
    """Give what was published of the page since `built_from` the time `to`, wherever that stands."""
    editions = Edition.objects.filter(page_id=page.pk)
    Message.objects.filter(page_id=page.pk, moment__gte=built_from).update(moment=to)
    editions.filter(superseded_at__gte=built_from).update(superseded_at=to)
    editions.filter(in_force_from__gte=built_from).update(in_force_from=to)
    lines = ContentsEntry.objects.filter(page_id=page.pk)
    lines.filter(until__gte=built_from).update(until=to)
    lines.filter(since__gte=built_from).update(since=to)
    page.revisions.filter(created_at__gte=built_from).update(created_at=to)
    PageLogEntry.objects.filter(page_id=page.pk, timestamp__gte=built_from).update(timestamp=to)
    BasePage.objects.filter(pk=page.pk, first_published_at__gte=built_from).update(first_published_at=to)
    BasePage.objects.filter(pk=page.pk).update(last_published_at=to, latest_revision_created_at=to)
