"""Digests: what has happened since the last one, to each person what they chose and have not been told yet."""

from datetime import datetime, timedelta

from alerts.messages.making import Making
from alerts.messages.spreading import spread_due
from alerts.messages.times import due_before, last_due
from alerts.models import Frequency, Kind, Message

# Made while the clock was wrong. One that was put back by less has made it all the same.
TOO_FAR_AHEAD = timedelta(hours=1)
TITLES = {Frequency.DAILY: "Daily digest", Frequency.WEEKLY: "Weekly digest"}


def make_digest(frequency: str, *, now: datetime) -> int:
    """Write the deliveries of the digest that was due last, and return how many; 0 where that has been done.

    After some days in which nothing ran it is one digest of all of them. Killed half-way, it goes on from there.
    """
    end = last_due(frequency, now=now)
    _date_back(frequency, end, now=now)
    if Message.objects.digests(frequency).filter(moment__gte=end, spread_at__isnull=False).exists():
        return 0
    spread_due(now=now)
    written = write_deliveries(_digest_of(frequency, end), now=now)
    # With one that was killed half-way and is too late now: who had not been reached is told by this one.
    Message.objects.digests(frequency).filter(moment__lte=end, spread_at=None).update(spread_at=now)
    return written


def _date_back(frequency: str, end: datetime, *, now: datetime) -> None:
    """Let digests that were made while the clock was ahead not keep others from being made until that day.

    What they told is in the rows of their deliveries; so the next may look at the same time again.
    """
    ahead = list(Message.objects.digests(frequency).filter(moment__gt=now + TOO_FAR_AHEAD))
    for number, digest in enumerate(ahead, start=1):
        digest.moment = end - timedelta(microseconds=number)
        digest.spread_at = digest.begins_at = min([due_before(frequency, end), *(each.begins_at for each in ahead)])
        digest.save(update_fields=["moment", "begins_at", "spread_at"])


def write_deliveries(digest: Message, *, now: datetime) -> int:
    """Write those deliveries of a digest that are not written yet, some thousand at a time, and return how many."""
    making = Making(digest, now=now)
    written = 0
    while (done := making.next_people()) is not None:
        written += done
    return written


def _digest_of(frequency: str, end: datetime) -> Message:
    before = Message.objects.digests(frequency).filter(moment__lt=end, spread_at__isnull=False).first()
    begins_at = before.spread_at if before else due_before(frequency, end)
    values = {"title": f"{TITLES[frequency]} of {end:%d/%m/%Y}", "begins_at": begins_at, "release_at": end}
    digest, _ = Message.objects.get_or_create(kind=Kind.DIGEST, frequency=frequency, moment=end, defaults=values)
    return digest
