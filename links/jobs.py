"""What the room has to have done at night: mending its rows, and asking after links to other sites."""

from datetime import datetime, time

from django.conf import settings

from clock.declared import Job, Unfinished
from clock.moments import Daily
from links.asking.asker import Asker
from links.keeping import mend_links
from links.nightly import LineIsDown, ask_after_links


def ask(*, now: datetime) -> None:
    """Ask after links to other sites, where this site may. Raises Unfinished while no server can be reached."""
    if not settings.CHECK_LINKS:
        return
    try:
        ask_after_links(now=now, asker=Asker())
    except LineIsDown:
        raise Unfinished(
            "No other site can be reached from here. CHECK_LINKS=false switches the check of links off."
        ) from None


JOBS = [
    Job("links.mend", "Looking through all pages for links", mend_links, Daily(at=time(1, 20))),
    Job("links.ask", "Checking links to other sites", ask, Daily(at=time(2, 0))),
]
