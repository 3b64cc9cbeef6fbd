"""What was tried in vain is written into the log, and what counts for nothing any more is erased."""

from datetime import datetime

from django.db import transaction
from django.db.models import Count, Max
from wagtail.log_actions import log

from accounts.models import Attempt, Letter, User

FAILED = "accounts.sign_in_failed"


@transaction.atomic
def log_failures(*, now: datetime) -> int:
    """Write what was tried in vain at each account into the log, once; return how many entries that made.

    Not while somebody waits: the answer to a wrong password would take longer where there is such an account, and
    whoever tries ten thousand times would write ten thousand entries.
    """
    failed = Attempt.objects.over(now=now).filter(is_logged=False, user__isnull=False)
    keys = list(failed.select_for_update().values_list("pk", flat=True))
    together = Attempt.objects.filter(pk__in=keys).order_by("user", "kind").values("user", "kind")
    entries = list(together.annotate(times=Count("pk"), latest=Max("at")))
    people = User.objects.in_bulk({entry["user"] for entry in entries})
    for entry in entries:
        data = {"times": entry["times"], "with": Attempt.Kind(entry["kind"]).label}
        log(instance=people[entry["user"]], action=FAILED, data=data, timestamp=entry["latest"])
    Attempt.objects.filter(pk__in=keys).update(is_logged=True)
    return len(entries)


def erase_old(*, now: datetime) -> None:
    """Erase tries and letters that count for nothing any more."""
    Attempt.objects.old(now=now).delete()
    Letter.objects.old(now=now).delete()
