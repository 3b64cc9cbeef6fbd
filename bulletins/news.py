"""News that was sent in: which issue it is for, who may put it where, and how it becomes an item of a draft."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import NAMESPACE_URL, uuid5

from django.apps import apps
from django.utils import timezone

from bulletins.assembling.models import Offer
from bulletins.drafts import begin_issue, save_items, unpublished_issues, why_not
from bulletins.quarters import add_months, deadline_for, label_for, quarter_of
from content.reading.outline import Paragraph, Run
from content.reading.rich_text import html_of
from enquiries.taking import CannotTakeNews
from pages.tree import tree_lock

NEW = "new-"
PAGE = "page-"
# Where somebody says what is next long after the last issue came out.
MOST_ISSUES_AHEAD = 400


@dataclass(frozen=True)
class NewsIssue:
    """The issue that news of a day is for. `closes`: its last day; `missed`: the issue whose last day has passed."""

    issue_date: date
    closes: date
    missed: str = ""

    @property
    def label(self) -> str:
        """How readers call it."""
        return label_for(self.issue_date)


def issue_for_news(archive, *, on: date) -> NewsIssue:
    """Return the issue that news of a day goes into: the next one whose last day is not past."""
    settings, latest = _settings(archive), archive.issues().first()
    if latest:
        issue_date = add_months(latest.issue_date, 3)
        closes = latest.next_deadline or deadline_for(latest.issue_date, weekday=settings.deadline_weekday)
    else:
        issue_date = quarter_of(on, first_month=settings.first_month)
        closes = _closes(issue_date, settings)
    missed = ""
    for _ in range(MOST_ISSUES_AHEAD):
        if closes >= on:
            break
        # Without an issue behind it, nobody was told of a deadline that they could miss.
        missed = label_for(issue_date) if latest else ""
        issue_date = add_months(issue_date, 3)
        closes = _closes(issue_date, settings)
    return NewsIssue(issue_date, closes, missed)


def issues_for(archive, user, *, on: date) -> list[tuple[str, str]]:
    """Return (key, words) of the issues that somebody may put news into: drafts, and those that are still to be begun.

    An issue that is published, or was withdrawn, is none of them.
    """
    drafts = [page for page in unpublished_issues(archive) if page.permissions_for_user(user).can_edit()]
    choices = [(f"{PAGE}{page.pk}", f"{_label(page)} (draft)") for page in drafts]
    if not archive.permissions_for_user(user).can_add_subpage():
        return choices
    return [*choices, *((_key(day), f"A new draft for {label_for(day)}") for day in _to_begin(archive, on=on))]


def take(archive, news, *, key: str, user, now: datetime):
    """Put news into the newest draft of an issue as an item, begun where there is none; return the page and its label.

    Everything else in the draft stays as it is. News that stands in an issue already is not put there again, also after
    it was reopened. Raises CannotTakeNews.
    """
    with tree_lock():
        page = _existing(archive, key, user) or _begun(archive, key, user, now)
        draft = page.get_latest_revision_as_object()
        item = item_of(news)
        _refuse_a_second(news, item["id"], page)
        if not _holds(draft, item["id"]):
            save_items(draft, [*draft.items.get_prep_value(), item], user=user)
            _remember(news, item["id"], page, user=user, now=now)
        return page, _label(draft)


def item_of(news) -> dict:
    """Return the raw item: the sender's own words as paragraphs, then who it comes from and whom to ask.

    Its ids follow from the news, so it can be found again. Addresses in it become links as in an imported text.
    """
    item_id = _id(news, "item")
    who = f"From: {news.sender_agency}" + (f"\nContact: {news.contact}" if news.contact else "")
    texts = [part for part in news.text.split("\n\n") if part.strip()]
    html = "".join(html_of(Paragraph([Run(text)])) for text in [*texts, who])
    body = [{"type": "text", "id": _id(news, "text"), "value": html}]
    return {"type": "news", "id": item_id, "value": {"heading": news.title, "body": body}}


def _remember(news, item_id: str, page, *, user, now: datetime):
    """Write down where the item comes from, for its issue's list of origins. Nothing of the sender but the agency."""
    day = timezone.localdate(news.received_at)
    origin = {
        "item_id": item_id,
        "heading": news.title[:255],
        "reason": f"Sent in by {news.sender_agency} on {day.day} {day:%B %Y} ({news.reference_display})",
        "offered_by": user,
        "offered_at": now,
    }
    Offer.objects.update_or_create(issue=page, key=f"news:{news.form_key}", defaults=origin)


def _id(news, part: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"news:{news.form_key}:{part}"))


def _holds(page, item_id: str) -> bool:
    return any(raw.get("id") == item_id for raw in page.items.raw_data)


def _refuse_a_second(news, item_id: str, page):
    earlier = _bulletin_page().objects.filter(pk=news.taken_into_id).first()
    if earlier and earlier.pk != page.pk and _holds(earlier.get_latest_revision_as_object(), item_id):
        raise CannotTakeNews(f"It stands in {_label(earlier)} already. Take it out there first, or choose that issue.")


def _existing(archive, key: str, user):
    """Return the draft of a key that names a page; None for a key that names an issue to be begun."""
    if not key.startswith(PAGE):
        return None
    number = key.removeprefix(PAGE)
    page = unpublished_issues(archive).filter(pk=number).first() if number.isdecimal() and len(number) < 19 else None
    if page is None:
        raise CannotTakeNews("This issue is not a draft any more: it was published or deleted. Choose another.")
    _refuse_unless_free(page, user)
    return page


def _refuse_unless_free(page, user):
    if reason := why_not(page, user):
        raise CannotTakeNews(reason)


def _begun(archive, key: str, user, now: datetime):
    """Return a new draft of the issue that a key names; of one that was begun meanwhile, that one."""
    try:
        day = date.fromisoformat(key.removeprefix(NEW))
    except ValueError as error:
        raise CannotTakeNews("Choose the issue that it goes into.") from error
    if same := unpublished_issues(archive).filter(issue_date=day).first():
        _refuse_unless_free(same, user)
        return same
    if not archive.permissions_for_user(user).can_add_subpage():
        raise CannotTakeNews("You may not begin an issue. Ask somebody who writes the bulletin.")
    if day not in _to_begin(archive, on=timezone.localdate(now)):
        raise CannotTakeNews(f"The issue of {label_for(day)} has been published meanwhile. Choose another.")
    return begin_issue(archive, day, user=user)


def _to_begin(archive, *, on: date) -> list[date]:
    """Return the issues without a page that news may be for: the one after the latest, and the one of that day."""
    latest = archive.issues().first()
    days = {issue_for_news(archive, on=on).issue_date, *([add_months(latest.issue_date, 3)] if latest else [])}
    return sorted(days - set(_issues(archive).filter(issue_date__in=days).values_list("issue_date", flat=True)))


def _issues(archive):
    return _bulletin_page().objects.child_of(archive)


def _label(page) -> str:
    return page.quarter_label


def _key(day: date) -> str:
    return f"{NEW}{day.isoformat()}"


def _closes(issue_date: date, settings) -> date:
    return deadline_for(add_months(issue_date, -3), weekday=settings.deadline_weekday)


def _settings(archive):
    return apps.get_model("bulletins.BulletinSettings").for_site(archive.get_site())


def _bulletin_page():
    return apps.get_model("bulletins.BulletinPage")
