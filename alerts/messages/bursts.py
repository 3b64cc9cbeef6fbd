"""When very much is published at once, who hears of it at once gets one mail, not hundreds.

While a burst lasts its updates are held. When it has been quiet for some minutes, or has lasted an hour, they are told
together: as a digest, made as the daily ones are, for those who hear of things at once.
"""

import logging
from datetime import datetime, timedelta

from django.db import DatabaseError, InterfaceError, transaction

from alerts.messages.digests import write_deliveries
from alerts.messages.spreading import is_burst, write_topics
from alerts.models import Frequency, Kind, Message

logger = logging.getLogger(__name__)

QUIET = timedelta(minutes=5)
LONGEST = timedelta(hours=1)


def tell_together(*, now: datetime) -> int:
    """Tell a burst that is over, and return how many deliveries were written. Killed half-way, it is gone on with."""
    if _is_over(now=now):
        _close(but=_without_topics(now=now), now=now)
    written = 0
    for digest in Message.objects.digests(Frequency.AT_ONCE).filter(spread_at=None):
        written += write_deliveries(digest, now=now)
        Message.objects.filter(pk=digest.pk).update(spread_at=now)
    return written


def _held(*, now: datetime):
    return Message.objects.to_be_spread(now=now).filter(kind=Kind.UPDATE, urgent_at=None)


def _is_over(*, now: datetime) -> bool:
    first, last = _held(now=now).first(), _held(now=now).last()
    if first is None or not is_burst(now=now):
        return False
    return last.moment < now - QUIET or first.moment < now - LONGEST


def _without_topics(*, now: datetime) -> list[int]:
    """Write the topics of all that is held; return the messages of which that cannot be done. They wait, for staff."""
    broken = []
    for message in _held(now=now).filter(topics=None).select_related("page"):
        try:
            write_topics(message)
        except (DatabaseError, InterfaceError):
            raise
        except Exception:
            logger.exception("Message %s could not be spread.", message.pk)
            broken.append(message.pk)
    return broken


def _close(*, but: list[int], now: datetime) -> None:
    """Let what is held be told by one digest; both at once, so that neither is there without the other."""
    with transaction.atomic():
        # Each of them once, also where two workers come here at the same time.
        held = list(_held(now=now).exclude(pk__in=but).select_for_update(of=("self",)).values_list("pk", flat=True))
        if Message.objects.filter(pk__in=held, spread_at=None).update(spread_at=now):
            Message.objects.create(
                kind=Kind.DIGEST,
                frequency=Frequency.AT_ONCE,
                title=f"Together, {len(held)} updates",
                moment=now,
                begins_at=now,
                release_at=now,
            )
