"""What staff must know of what this room keeps: that there is no backup which the site could fall back on."""

from datetime import datetime

from django.conf import settings

from clock.declared import Alarm
from pages.backups import standing


def backups_are_late(*, now: datetime) -> str:
    """Say that the last backup failed or is too old; "" where all is well, and on somebody's own machine."""
    return "" if settings.DEVELOPMENT else " ".join(standing(now=now).sentences())


ALARMS = [Alarm("pages.backups", backups_are_late)]
