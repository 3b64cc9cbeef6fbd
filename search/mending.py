"""Brings passages into step with pages where something was missed: an old backup, a page changed by a script."""

from dataclasses import dataclass

from pages.models import BasePage
from pages.tree import tree_lock
from search.models import Change, Passage
from search.recording import forget_passages, record_passages, shorten_log


@dataclass
class Mended:
    """What was found: pages compared, how many of them had to be mended, and the passages there are."""

    pages: int = 0
    changed: int = 0
    passages: int = 0


def mend_passages() -> Mended:
    """Compare every page with its passages, one transaction a page, and return what was done."""
    mended = Mended()
    for key in list(BasePage.objects.filter(live=True, depth__gt=1).order_by("pk").values_list("pk", flat=True)):
        mended.pages += 1
        mended.changed += _mend(key)
    orphans = Passage.objects.exclude(page__live=True).order_by().values_list("page_id", flat=True).distinct()
    for key in list(orphans):
        mended.changed += _mend(key)
    shorten_log()
    mended.passages = Passage.objects.count()
    return mended


def _mend(key: int) -> bool:
    """Compare one page under the lock of the tree, so that nobody publishes it meanwhile; tell whether it differed."""
    with tree_lock():
        before = Change.objects.order_by("pk").values_list("pk", flat=True).last()
        page = BasePage.objects.filter(pk=key).first()
        if page is None or not page.live:
            forget_passages(page_keys=[key])
        else:
            record_passages(page=page.specific, only_differences=True)
        return before != Change.objects.order_by("pk").values_list("pk", flat=True).last()
