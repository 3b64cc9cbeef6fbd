"""What happened since the last issue: what pages of every kind say of their editions, and training still to come."""

from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.apps import apps
from django.utils import timezone

from bulletins.assembling.models import Assembly, Offer
from bulletins.blocks import anchor_for
from bulletins.pieces import day_of
from gathering.declared import Newsworthy
from gathering.news import newsworthy_since

# Where there is no issue before.
FIRST_PERIOD = timedelta(days=92)
# Training that the last issues announced and that is still to come is told again.
ISSUES_LOOKED_AT = 4
# The order in which a reader wants them.
ORDER = ("decision", "priority_update", "inspection", "procedures_update", "highlight", "news", "training")


def begins_after(issue_date: date, archive, *, now: datetime) -> datetime:
    """Return the moment from which on things are news for an issue of that quarter.

    It is when the issue itself was last assembled, so that a page is asked only for what it has not told yet; else when
    the issue before was, for what came after that is not in it; else when that was published.
    """
    issues = _issues(archive)
    last = issues.filter(issue_date__lt=issue_date, first_published_at__isnull=False).newest_first().first()
    assembled = _assembled(issues.filter(issue_date=issue_date)) or (last and _assembled([last]))
    return assembled or (last.first_published_at if last else now - FIRST_PERIOD)


def _assembled(issues) -> datetime | None:
    """Return until when issues were last assembled."""
    return Assembly.objects.filter(issue__in=issues).values_list("until", flat=True).first()


def found_for(archive, *, issue_date: date, now: datetime) -> list[Newsworthy]:
    """Return what an issue of that quarter may tell, in a reader's order; what was offered to any issue is left out."""
    found = newsworthy_since(begins_after(issue_date, archive, now=now), until=now)
    found += training_to_come(archive, issue_date=issue_date, on=timezone.localdate(now))
    offered = set(
        Offer.objects.filter(issue__in=_issues(archive), key__in=[news.key for news in found]).values_list(
            "key", flat=True
        )
    )
    fresh: dict[str, Newsworthy] = {}
    for news in found:
        # What two issues announced is told once; the latest of them comes first.
        if news.key not in offered:
            fresh.setdefault(news.key, news)
    return in_order(list(fresh.values()))


def in_order(found: list[Newsworthy]) -> list[Newsworthy]:
    """Return it in a reader’s order: by kind, then page by page as they came, and of each page the oldest first."""
    first: dict[int, datetime] = {}
    for news in found:
        first[news.page_id] = min(news.moment, first.get(news.page_id, news.moment))
    kinds = {kind: position for position, kind in enumerate(ORDER)}
    return sorted(
        found, key=lambda news: (kinds.get(news.kind, len(ORDER)), first[news.page_id], news.page_id, news.moment)
    )


def training_to_come(archive, *, issue_date: date, on: date) -> list[Newsworthy]:
    """Return the courses that earlier issues announced and that are after the beginning of this one."""
    earliest = max(issue_date, on)
    issues = _issues(archive).visible().filter(issue_date__lt=issue_date).newest_first()[:ISSUES_LOOKED_AT]
    return [
        _training(issue, raw)
        for issue in issues
        for raw in issue.items.raw_data
        if raw["type"] == "training" and raw["value"].get("date") and day_of(raw["value"]["date"]) >= earliest
    ]


def _training(issue, raw: dict) -> Newsworthy:
    values = dict(raw["value"])
    heading = values.pop("heading")
    day = day_of(values["date"])
    return Newsworthy(
        # The same course told in two issues is one course.
        key=f"training:{day.isoformat()}:{uuid5(NAMESPACE_URL, heading)}",
        kind="training",
        heading=heading,
        reason=f"On {day.day} {day:%B %Y}, announced in {issue.quarter_label}",
        moment=issue.first_published_at or issue.last_published_at,
        page_id=issue.pk,
        place=anchor_for(raw.get("id") or ""),
        values=values | {"date": day.isoformat()},
    )


def _issues(archive):
    return apps.get_model("bulletins.BulletinPage").objects.child_of(archive)
