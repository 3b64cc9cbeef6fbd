"""The words of a message, made once for all readers: what differs between people has a place, and is put in later."""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.text import Truncator
from wagtail.models import Site

from alerts.messages.lines import Line, lines_of
from alerts.models import Contents, Kind, Message
from bulletins.mailing.message import Personal
from bulletins.mailing.rendering import render_issue
from bulletins.models import BulletinPage
from enquiries.models import EnquirySettings
from organisation.gather import gather

LONGEST_SUBJECT = 200
# Mails of many updates end with a link to the rest.
MOST_LINES = 50


@dataclass(frozen=True)
class Places:
    """Marks that stand where personal things go, made up for each mail, so that no editor can have typed one."""

    why: str
    manage_url: str
    leave_url: str

    @property
    def all(self) -> tuple[str, str, str]:
        """All of them."""
        return (self.why, self.manage_url, self.leave_url)


@dataclass(frozen=True)
class Written:
    """A mail before it has a reader."""

    subject: str
    html: str
    text: str
    reply_to: str
    places: Places


class NothingToTell(Exception):
    """Everything in it has been taken down meanwhile."""


def written(message: Message, *, contents: Contents | None = None, now: datetime) -> Written:
    """Return the words of a message; of a digest, with these contents. Raises NothingToTell."""
    places = Places(*(token_hex(16) for _ in range(3)))
    if message.kind == Kind.ISSUE:
        return _issue(message, places, now=now)
    told = contents.messages.all() if contents else Message.objects.filter(pk=message.pk)
    lines = lines_of(told)
    if not lines:
        raise NothingToTell
    if contents:
        return _rendered("digest", places, _subject_of_digest(lines), {"lines": lines[:MOST_LINES], "all": lines})
    (line,) = lines
    subject = f"{line.word}: {line.title}"
    template = "withdrawal" if message.kind == Kind.WITHDRAWAL else "update"
    context = {"line": line, "is_urgent": bool(message.urgent_at)}
    return _rendered(template, places, f"Urgent: {subject}" if message.urgent_at else subject, context)


def _issue(message: Message, places: Places, *, now: datetime) -> Written:
    """Return an issue as a mail, from what is public now."""
    issue = BulletinPage.objects.visible().filter(pk=message.page_id).first()
    if issue is None:
        raise NothingToTell
    mail = render_issue(page=issue, now=now)
    html, text = mail.addressed_to(Personal(*places.all))
    return Written(mail.subject, html=html, text=text, reply_to=mail.reply_to or _reply_to(), places=places)


def _subject_of_digest(lines: list[Line]) -> str:
    if len(lines) == 1:
        return f"{lines[0].word}: {lines[0].title}"
    return f"{len(lines)} updates: " + ", ".join(line.title for line in lines[:3]) + ("…" if len(lines) > 3 else "")


def _rendered(template: str, places: Places, subject: str, context: dict) -> Written:
    reply_to = _reply_to()
    context = context | {
        "organisation": gather(Site.objects.filter(is_default_site=True).first()),
        "site_url": settings.SITE_URL,
        "reply_to": reply_to or settings.DEFAULT_FROM_EMAIL,
        "places": places,
    }
    return Written(
        subject=Truncator(" ".join(subject.split())).chars(LONGEST_SUBJECT),
        html=render_to_string(f"emails/alerts/{template}.html", context),
        text=render_to_string(f"emails/alerts/{template}.txt", context).strip() + "\n",
        reply_to=reply_to,
        places=places,
    )


def _reply_to() -> str:
    return EnquirySettings.load().reply_to
