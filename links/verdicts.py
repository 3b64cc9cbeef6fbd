"""Writes down what was found out about a link to another site."""

from datetime import datetime, timedelta

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from links.asking.verdicts import Verdict
from links.models import Link
from links.services import HEALED

# A little less than whole days, so that what was asked at the end of one night is asked in the night that is meant.
AGAIN_WHEN_GOOD = timedelta(days=7, hours=-6)
AGAIN_WHEN_BROKEN = timedelta(hours=18)


def write_verdict(*, link_id: int, verdict: Verdict, now: datetime, is_night: bool = True) -> None:
    """Write down what was found; a fault counts once a night, however often it is found, and by day not at all."""
    rows = Link.objects.filter(pk=link_id)
    if verdict.is_good:
        rows.update(last_good=now, last_checked=now, next_at=now + AGAIN_WHEN_GOOD, **HEALED)
    elif verdict.fault:
        _write_fault(rows, verdict, now, is_night)
    else:
        later = now + max(verdict.wait, AGAIN_WHEN_BROKEN)
        rows.update(not_judged=verdict.not_judged, last_checked=now, next_at=later)


def _write_fault(rows, verdict: Verdict, now: datetime, is_night: bool) -> None:
    said = {"fault": verdict.fault, "not_judged": "", "last_checked": now}
    if not is_night:
        rows.update(**said)
        return
    night = timezone.localdate(now)
    rows.update(failing_since=Coalesce(F("failing_since"), now), next_at=now + AGAIN_WHEN_BROKEN, **said)
    rows.exclude(last_failed_on=night).update(nights=F("nights") + 1, last_failed_on=night)
