"""One line of a message: what happened to which page, in the words of the list of what is new."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from pages.models import BasePage
from updates.models import Edition
from updates.whats_new.lines import Update
from updates.withdrawing.models import Withdrawal


@dataclass(frozen=True)
class Line:
    """What happened to a page. `url` and `comparison_url` are whole addresses; `earlier`: changes before this one."""

    title: str
    word: str
    kind: str
    note: str
    summary: str
    moment: datetime
    url: str
    comparison_url: str
    earlier: int = 0


def lines_of(messages) -> list[Line]:
    """Return a line for each page that may be named now, with its latest change, the newest first.

    `messages`: a queryset of updates, withdrawals and issues. Four queries, however many there are.
    """
    updates, summaries = _updates(messages), {}
    found: dict[int, list[Update]] = {}
    for page, update in updates:
        found.setdefault(page.pk, []).append(update)
        summaries[page.pk] = page.summary
    return [_line(of_page, summaries[key]) for key, of_page in found.items()]


def _updates(messages) -> list[tuple]:
    """Return (page, what happened), the newest first."""
    editions = Edition.objects.filter(message__in=messages, page__in=BasePage.objects.visible())
    told = [(edition.page, Update.of_edition(edition)) for edition in editions.select_related("page__content_type")]
    removals = Withdrawal.objects.open().removed().filter(message__in=messages)
    told += [(withdrawal.page, Update.of_withdrawal(withdrawal)) for withdrawal in removals]
    return sorted(told, key=lambda pair: pair[1].moment, reverse=True)


def _line(of_page: list[Update], summary: str) -> Line:
    latest = of_page[0]
    return Line(
        title=latest.page_title,
        word=latest.word,
        kind=latest.kind,
        note=latest.note,
        # Of a new page the summary is the note.
        summary=summary if latest.note != summary else "",
        moment=latest.moment,
        url=_whole(latest.url),
        comparison_url=_whole(latest.comparison_url),
        earlier=len(of_page) - 1,
    )


def _whole(address: str) -> str:
    return settings.SITE_URL + address if address.startswith("/") else address
