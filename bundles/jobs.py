"""What bundles have to have done at their time."""

from datetime import datetime, timedelta

from django.utils import timezone

from bundles.models import Bundle, State
from bundles.services import CannotRelease, release
from clock.declared import Alarm, Job
from clock.moments import Every


def release_due(*, now: datetime) -> None:
    """Publish the bundles whose time has come. One that cannot be published says why, and keeps no other waiting."""
    for bundle in Bundle.objects.due(now=now).order_by("go_live_at", "pk"):
        try:
            release(bundle=bundle, now=timezone.now())
        except CannotRelease:
            continue


def what_failed(*, now: datetime) -> str:
    """Say that bundles could not be published at their time; "" when all is well."""
    failed = Bundle.objects.filter(state=State.APPROVED).exclude(fault="").count()
    if not failed:
        return ""
    return "A bundle could not be published." if failed == 1 else f"{failed} bundles could not be published."


JOBS = [Job("bundles.release", "Publishing bundles at their time", release_due, Every(timedelta(minutes=1)))]
ALARMS = [Alarm("bundles.failed", what_failed)]
