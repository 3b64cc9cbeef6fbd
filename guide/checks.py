"""Whether the pictures of the guide still show the site as it is."""

import json
from datetime import date, timedelta

import wagtail
from django.core.checks import Info, register
from django.utils import timezone

from guide.tasks import folder

# A year is long for screens that we change ourselves; another version of Wagtail looks different at once.
HOLD_FOR = timedelta(days=365)
NOTE = "taken.json"


@register(deploy=True)
def check_pictures(app_configs, **kwargs) -> list[Info]:
    """Say when pictures are old; no reason to stop anything."""
    why = why_outdated(today=timezone.localdate())
    return [Info(f"The pictures of the editors’ guide {why}. Run `make pictures`.", id="guide.I001")] if why else []


def why_outdated(*, today: date) -> str:
    """Return why pictures should be taken again; "" while they hold."""
    try:
        taken = json.loads((folder() / "pictures" / NOTE).read_text())
        day, version = date.fromisoformat(taken["on"]), taken["wagtail"]
    except (OSError, ValueError, KeyError, TypeError):
        return "do not say when they were taken"
    if version != wagtail.__version__:
        return f"are of Wagtail {version}"
    return f"are of {day.day} {day:%B %Y}" if today - day > HOLD_FOR else ""
