"""Verbs for news: what was sent becomes a row with its file, and an accepted row an item of an issue."""

from datetime import datetime

from enquiries.models import NewsSubmission
from enquiries.services import decide, receive
from enquiries.states import State
from enquiries.uploads import erase_orphans, kept, remove
from files.names import safe_name
from pages.tree import tree_lock


class CannotTakeNews(Exception):
    """The page does not take this news into that issue; in words for staff. Nothing was changed."""


def receive_news(*, upload, form_key, now: datetime, **fields) -> NewsSubmission:
    """Store news with its file (or None) and return it; whatever goes wrong, no file is left without a row."""
    with kept(upload) as place:
        file = {"file": place, "file_name": safe_name(upload.name)} if upload else {}
        news = receive(NewsSubmission, form_key=form_key, now=now, **file, **fields)
    if place and news.file.name != place:
        # The same form a second time; the first one brought the file.
        remove(place)
    return news


def accept_news(news: NewsSubmission, *, key: str, outcome: str, user, now: datetime) -> None:
    """Put news into the issue of that key, as `user`, and accept it: both or neither.

    Raises CannotTakeNews, enquiries.services.NotOpen, and TreeBusy.
    """
    with tree_lock():
        page = news.page and news.page.specific
        if page is None or not hasattr(page, "take_news"):
            raise CannotTakeNews(
                "The page that this was sent to no longer exists, so there is no issue to put it into."
            )
        issue, label = page.take_news(news, key=key, user=user, now=now)
        decide(news, state=State.ACCEPTED, outcome=outcome, user=user, now=now)
        NewsSubmission.objects.filter(pk=news.pk).update(taken_into=issue, taken_label=label)
        news.refresh_from_db()


def erase_files_without_news(*, now: datetime) -> int:
    """Erase the files that a process left behind that was killed before it could store the row; return how many."""
    named = set(NewsSubmission.objects.exclude(file="").values_list("file", flat=True))
    return erase_orphans(named=named, now=now)
