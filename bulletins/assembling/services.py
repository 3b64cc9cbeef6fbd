"""One action: what happened since the last issue is put into the draft of the next one."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from bulletins.assembling.items import put_into
from bulletins.assembling.models import Assembly, Offer
from bulletins.assembling.sources import begins_after, found_for
from bulletins.drafts import begin_issue, next_draft, next_issue_date, save_items, why_not
from gathering.declared import Newsworthy
from pages.tree import tree_lock


class CannotAssemble(Exception):
    """Nothing can be put into the draft now; says why, for staff."""


@dataclass(frozen=True)
class Assembled:
    """What came of it: the draft, whether it was begun for this, and what was put in."""

    issue: object
    is_new: bool
    added: list[Newsworthy]


def assemble(*, archive, user, now: datetime) -> Assembled:
    """Put what happened since the last issue into the draft of the next one, begun where there is none.

    What has been offered to an issue before is not put in again, whether it is still there or staff removed it. Raises
    CannotAssemble; then nothing was changed.
    """
    with tree_lock():
        issue = next_draft(archive)
        is_new = issue is None
        if is_new:
            if not archive.permissions_for_user(user).can_add_subpage():
                raise CannotAssemble("You may not begin an issue. Ask somebody who writes the bulletin.")
            issue = begin_issue(archive, next_issue_date(archive, on=timezone.localdate(now)), user=user)
        since = begins_after(issue.issue_date, archive, now=now)
        found = found_for(archive, issue_date=issue.issue_date, now=now)
        add_to(issue, found, user=user, now=now)
        Assembly.objects.create(issue=issue, since=since, until=now, assembled_by=user)
        return Assembled(issue, is_new, found)


def add_to(issue, found: list[Newsworthy], *, user, now: datetime) -> None:
    """Put things into the draft of an issue and remember them. Raises CannotAssemble when it cannot be changed now."""
    with tree_lock():
        if reason := why_not(issue, user):
            raise CannotAssemble(reason)
        if not found:
            return
        draft = issue.get_latest_revision_as_object()
        joined = dict(issue.offers.exclude(joins="").values_list("joins", "item_id"))
        made = put_into(draft.items.get_prep_value(), found, joined=joined)
        save_items(draft, made.items, user=user)
        Offer.objects.bulk_create(
            [_offer(issue, news, item_id, user, now) for news, item_id in made.places],
            update_conflicts=True,
            unique_fields=["issue", "key"],
            update_fields=["joins", "item_id", "heading", "reason", "source", "offered_by", "offered_at"],
        )


def _offer(issue, news: Newsworthy, item_id: str, user, now: datetime) -> Offer:
    return Offer(
        issue=issue,
        key=news.key,
        joins=news.joins,
        item_id=item_id,
        heading=news.heading[:255],
        reason=news.reason[:300],
        source_id=news.page_id,
        offered_by=user,
        offered_at=now,
    )
