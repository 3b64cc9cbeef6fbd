"""Checks one link now, while somebody waits."""

from datetime import datetime, timedelta

from django.conf import settings

from links.addresses import Kind
from links.asking.asker import Asker
from links.asking.verdicts import Verdict
from links.models import Link
from links.services import judge_ours
from links.turns import give_up, take_turn
from links.verdicts import write_verdict

# Between two requests, and for whoever waits.
PATIENCE_SECONDS = 15


class CannotAsk(Exception):
    """The link cannot be asked after now; the message says why, for staff."""


def check_now(*, link: Link, now: datetime, asker: Asker | None = None) -> Link:
    """Judge a link and return it as it is afterwards. Raises CannotAsk.

    That it is good holds at once. A fault that is found by day does not count as a night.
    """
    if link.kind == Kind.WEB:
        _ask(link, now, asker or Asker(seconds=PATIENCE_SECONDS))
    else:
        judge_ours(links=Link.objects.filter(pk=link.pk), now=now)
    return Link.objects.get(pk=link.pk)


def _ask(link: Link, now: datetime, asker: Asker) -> Verdict:
    if not settings.CHECK_LINKS:
        raise CannotAsk("This site does not ask other sites (CHECK_LINKS).")
    turn = take_turn(host=link.host, now=now)
    if turn is None:
        raise CannotAsk("This site is just asking that server. Try again in some minutes.")
    begun = asker.monotonic()
    try:
        verdict = asker.ask(link.address, now=now)
        write_verdict(link_id=link.pk, verdict=verdict, now=now, is_night=False)
    finally:
        give_up(turn, now=now + timedelta(seconds=asker.monotonic() - begun + 1))
    return verdict
