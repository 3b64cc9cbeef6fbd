"""News that was sent in: which issue it is for, who may put it where, and how it becomes an item of a draft."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import NAMESPACE_URL, uuid5

from django.apps import apps
from django.utils import timezone

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

    An issue that is published, or was taken back, is none of them.
    """
    drafts = [page for page in _unpublished(archive) if page.permissions_for_user(user).can_edit()]
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
            draft.items = [*draft.items.get_prep_value(), item]
            draft.save_revision(user=user, log_action=True, clean=False)
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
    page = _unpublished(archive).filter(pk=number).first() if number.isdecimal() and len(number) < 19 else None
    if page is None:
        raise CannotTakeNews("This issue is not a draft any more: it was published or deleted. Choose another.")
    _refuse_unless_free(page, user)
    return page


def _refuse_unless_free(page, user):
    rights = page.permissions_for_user(user)
    if not rights.can_edit():
        raise CannotTakeNews(f"You may not edit {_label(page)}. Ask somebody who writes the bulletin.")
    if page.scheduled_revision:
        # What is published then is the draft of that day; anything added now would miss it in silence.
        raise CannotTakeNews(f"{_label(page)} is already set to be published. Cancel that first, or choose another.")
    if rights.page_locked():
        raise CannotTakeNews(f"{_label(page)} is locked: somebody does not want it to be changed at the moment.")


def _begun(archive, key: str, user, now: datetime):
    """Return a new draft of the issue that a key names; of one that was begun meanwhile, that one."""
    try:
        day = date.fromisoformat(key.removeprefix(NEW))
    except ValueError as error:
        raise CannotTakeNews("Choose the issue that it goes into.") from error
    if same := _unpublished(archive).filter(issue_date=day).first():
        _refuse_unless_free(same, user)
        return same
    if not archive.permissions_for_user(user).can_add_subpage():
        raise CannotTakeNews("You may not begin an issue. Ask somebody who writes the bulletin.")
    if day not in _to_begin(archive, on=timezone.localdate(now)):
        raise CannotTakeNews(f"The issue of {label_for(day)} has been published meanwhile. Choose another.")
    page = _bulletin_page()(**_fields(archive, day), owner=user, live=False, has_unpublished_changes=True)
    archive.add_child(instance=page)
    page.save_revision(user=user, log_action="wagtail.create", clean=False)
    return page


def _fields(archive, day: date) -> dict:
    settings, label = _settings(archive), label_for(day)
    taken = set(archive.get_children().values_list("slug", flat=True))
    slugs = [label.lower().replace(" ", "-"), *(f"{label.lower().replace(' ', '-')}-{n}" for n in range(2, 100))]
    return {
        "title": f"{label} bulletin",
        "slug": next(slug for slug in slugs if slug not in taken),
        "quarter_label": label,
        "issue_date": day,
        "next_deadline": deadline_for(day, weekday=settings.deadline_weekday),
        "contact": settings.contact,
    }


def _to_begin(archive, *, on: date) -> list[date]:
    """Return the issues without a page that news may be for: the one after the latest, and the one of that day."""
    latest = archive.issues().first()
    days = {issue_for_news(archive, on=on).issue_date, *([add_months(latest.issue_date, 3)] if latest else [])}
    return sorted(days - set(_issues(archive).filter(issue_date__in=days).values_list("issue_date", flat=True)))


def _unpublished(archive):
    return _issues(archive).filter(live=False, withdrawn_as="").order_by("issue_date", "pk")


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
