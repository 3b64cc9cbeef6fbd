"""What an issue costs as a mail, beside its page in the same run."""

import statistics
import time
from dataclasses import dataclass

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from board_site.wsgi import application
from bulletins.mailing.message import Personal
from bulletins.mailing.rendering import IssueMail, render_issue
from bulletins.models import BulletinPage
from tests.bench.measuring import ask, forget

REPEATS = 60
SOMEBODY = Personal(why="You chose the bulletin.", manage_url="https://x.example/m", leave_url="https://x.example/l")


@dataclass(frozen=True)
class MailCost:
    """Processor time in milliseconds: the page, the mail made once, and one person's copy; bytes of the HTML."""

    page: float
    mail: float
    copy: float
    queries: int
    bytes: int


def measured(address: str) -> MailCost:
    """Measure the issue at an address: its page and its mail in turns, so that both meet the same machine."""
    issue = BulletinPage.objects.get(slug=address.strip("/").rpartition("/")[2])
    page, mail, copies = [], [], []
    for _ in range(REPEATS):
        forget("pages")
        page.append(_spent(lambda: ask(application, address)))
        mail.append(_spent(lambda: _made(issue)))
        made = _made(issue)
        copies.append(_spent(lambda made=made: made.addressed_to(SOMEBODY)))
    with CaptureQueriesContext(connection) as captured:
        _made(issue)
    return MailCost(*map(statistics.median, (page, mail, copies)), queries=len(captured), bytes=_made(issue).size)


def _made(issue) -> IssueMail:
    return render_issue(page=BulletinPage.objects.get(pk=issue.pk), now=timezone.now())


def _spent(work) -> float:
    begun = time.process_time()
    work()
    return 1000 * (time.process_time() - begun)
