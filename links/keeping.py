"""Every night: the rows of links are compared with all that is public, and mended, and links inside the site judged."""

import logging
from datetime import datetime

from django.db.models import Q

from links.models import Link, LinkUse
from links.rows import types_of_rows
from links.services import forget_unused, judge_ours, record_links
from links.turns import forget_turns
from pages.models import BasePage

AT_ONCE = 100

logger = logging.getLogger(__name__)


def mend_links(*, now: datetime) -> int:
    """Compare the rows with what all public pages, contacts and settings say, and return how many had to be written.

    Safe on a live site, and to be run again: each page is a transaction of its own.
    """
    LinkUse.objects.exclude(Q(page=None) | Q(page__live=True)).delete()
    written = sum(_record(page, now) for page in BasePage.objects.filter(live=True).specific().iterator(AT_ONCE))
    for content_type, model in types_of_rows().items():
        LinkUse.objects.filter(subject_type=content_type).exclude(subject_id__in=model.objects.values("pk")).delete()
        written += sum(_record(row, now) for row in model.objects.iterator(AT_ONCE))
    forget_unused()
    forget_turns(now=now)
    judge_ours(links=Link.objects.all(), now=now)
    return written


def _record(thing, now: datetime) -> int:
    try:
        return record_links(thing=thing, now=now)
    except (ValueError, TypeError, KeyError, AttributeError):
        # What an old import left in one page must not keep all others from being looked at.
        logger.exception("The links of %s %s could not be read.", thing._meta.label, thing.pk)
        return 0
