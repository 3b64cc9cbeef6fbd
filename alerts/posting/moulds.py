"""The moulds of what is going out at present: made when first needed, and made anew when something public changes."""

import logging
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, InterfaceError

from alerts.messages.held_back import why_not_told
from alerts.messages.words import NothingToTell, written
from alerts.models import Contents, Frequency, Message, MessageTopic
from alerts.posting.mould import Mould
from pages.caching import generation

logger = logging.getLogger(__name__)

MOST_KEPT = 256
# Banners, names and privacy change what is in a mail; a change of anything public ends all moulds sooner.
KEPT_FOR = timedelta(minutes=1)
NOTHING_LEFT = "Everything in it has been taken down meanwhile."
MOST_NAMED = 6
OFTEN = {Frequency.DAILY: " once a day", Frequency.WEEKLY: " once a week"}


@dataclass(frozen=True)
class Made:
    """A mould, and what it needs to say why somebody gets it. `topics`: {key: what people read it as}.

    Without a mould, `not_told` says why nobody is told, or it `is_broken`: it could not be made, and the log says why.
    """

    mould: Mould | None
    topics: dict[str, str]
    often: str = ""
    not_told: str = ""
    is_broken: bool = False

    def why(self, chosen: set[str]) -> str:
        """Return why somebody gets it who has chosen these topics."""
        titles = sorted(title for topic, title in self.topics.items() if topic in chosen)
        if not titles:
            return "You get this because you had chosen alerts about this page."
        more = f"; and {len(titles) - MOST_NAMED} more" if len(titles) > MOST_NAMED else ""
        return f"You get this{self.often} because you chose: {'; '.join(titles[:MOST_NAMED])}{more}."


class Moulds:
    """Keeps the moulds of a worker."""

    def __init__(self):
        self._kept: OrderedDict[tuple, Made] = OrderedDict()
        self._generation = None
        self._since: datetime | None = None

    def begin_batch(self, *, now: datetime) -> None:
        """Forget what may not be true any more."""
        current = generation()
        if current != self._generation or self._since is None or now - self._since > KEPT_FOR:
            self._kept.clear()
            self._generation, self._since = current, now

    def get(self, message_id: int, contents_id: int | None, *, now: datetime) -> Made:
        """Return the mould of a message, of a digest with its contents."""
        key = (message_id, contents_id)
        if key not in self._kept:
            self._kept[key] = _made_or_broken(message_id, contents_id, now=now)
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return self._kept[key]


def _made_or_broken(message_id: int, contents_id: int | None, *, now: datetime) -> Made:
    """Return it, broken where it cannot be made: that must not keep all others waiting."""
    try:
        return _made(message_id, contents_id, now=now)
    except (DatabaseError, InterfaceError):
        raise
    except Exception:
        logger.exception("Message %s could not be made into a mail.", message_id)
        return Made(None, {}, is_broken=True)


def _made(message_id: int, contents_id: int | None, *, now: datetime) -> Made:
    message = Message.objects.select_related("edition").get(pk=message_id)
    contents = Contents.objects.get(pk=contents_id) if contents_id else None
    if reason := why_not_told(message):
        return Made(None, {}, not_told=reason)
    try:
        mould = Mould(written(message, contents=contents, now=now), sender=settings.DEFAULT_FROM_EMAIL)
    except NothingToTell:
        return Made(None, {}, not_told=NOTHING_LEFT)
    told = contents.messages.all() if contents else [message]
    topics = MessageTopic.objects.filter(message__in=told).values_list("topic", "title")
    return Made(mould, dict(topics), often=OFTEN.get(message.frequency, ""))
