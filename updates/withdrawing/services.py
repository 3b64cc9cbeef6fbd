"""Withdrawing a page, and what ends it."""

from datetime import datetime

from wagtail.log_actions import log

from pages.models import BasePage, WithdrawnAs
from pages.tree import tree_lock
from updates.services import end_edition
from updates.withdrawing.models import Withdrawal

LOG_ACTION = "updates.withdraw"


class CannotWithdraw(Exception):
    """The withdrawal was refused; says why, in words for staff. `field`: "page", "way", "reason" or "replacement"."""

    def __init__(self, field: str, message: str):
        super().__init__(message)
        self.field = field


def withdraw_page(*, page, way: str, reason: str, replacement=None, user=None, now: datetime) -> Withdrawal:
    """Withdraw a tracked page in one of three ways (`WithdrawnAs`), and return the record of it.

    The page is unpublished: its edition ends, and lists, feeds, searches and links drop it. A publication that was
    scheduled and a workflow under way are cancelled. What stands below the page stays. Asked again in the same way, it
    corrects the reason and the replacement; in another way, it ends the withdrawal that held and begins another one.
    Raises CannotWithdraw for a page that is not tracked, follows another or was never public; without a reason; for a
    replacement that readers cannot open, or none where the page was consolidated.
    """
    with tree_lock():
        page = BasePage.objects.get(pk=page.pk).specific
        reason = reason.strip()
        _check(page, way, reason, replacement)
        held = page.withdrawals.open().first()
        if held and page.withdrawn_as == held.way == way:
            return _corrected(held, reason=reason, replacement=replacement, user=user)
        title = _public_title(page)
        _take_down(page, user=user, now=now)
        end_withdrawal(page=page, now=now)
        withdrawal = Withdrawal.objects.create(
            page_id=page.pk,
            way=way,
            reason=reason,
            replacement=replacement,
            replacement_title=replacement.title if replacement else "",
            title=title,
            withdrawn_at=now,
            author=user,
        )
        BasePage.objects.filter(pk=page.pk).update(withdrawn_as=way)
        _log(page, withdrawal, user)
        return withdrawal


def end_withdrawal(*, page, now: datetime) -> None:
    """End the withdrawal of a page, if there is one: it was published again, or is withdrawn in another way."""
    with tree_lock():
        for withdrawal in page.withdrawals.open():
            # A clock that was set back must not stop anyone from publishing.
            withdrawal.ended_at = max(now, withdrawal.withdrawn_at)
            withdrawal.save(update_fields=["ended_at"])


def _check(page, way, reason, replacement):
    if not page.is_tracked:
        raise CannotWithdraw("page", "Pages of this kind cannot be withdrawn. You can unpublish the page.")
    if page.alias_of_id:
        raise CannotWithdraw("page", "This page follows another one. Withdraw that page.")
    if not page.live and not page.editions.exists():
        raise CannotWithdraw("page", "This page has never been public, so there is nothing to withdraw.")
    if way not in WithdrawnAs.values:
        raise CannotWithdraw("way", "Choose what happened to the page.")
    if not reason:
        raise CannotWithdraw("reason", "Say why, in a sentence or two. Readers will see it.")
    if replacement is None:
        if way == WithdrawnAs.CONSOLIDATED:
            raise CannotWithdraw("replacement", "Choose the page that this one became part of.")
    elif replacement.pk == page.pk:
        raise CannotWithdraw("replacement", "A page cannot take its own place. Choose another one.")
    elif not BasePage.objects.visible().filter(pk=replacement.pk, depth__gt=1).exists():
        raise CannotWithdraw("replacement", "Readers cannot open that page. Publish it first, or choose another one.")


def _corrected(withdrawal, *, reason, replacement, user) -> Withdrawal:
    """Bring the record up to date; nothing is written or logged where nothing differs."""
    if (withdrawal.reason, withdrawal.replacement_id) != (reason, replacement and replacement.pk):
        withdrawal.reason = reason
        withdrawal.replacement = replacement
        withdrawal.replacement_title = replacement.title if replacement else ""
        withdrawal.save()
        _log(withdrawal.page, withdrawal, user)
    return withdrawal


def _public_title(page) -> str:
    """Return the title that readers last saw; a page that is not public may hold a draft's."""
    last = page.editions.order_by("number").last()
    return page.title if page.live or last is None else last.title


def _take_down(page, *, user, now):
    end_edition(page=page, now=now)
    # Without the user: who may do this was asked by the caller, and what is scheduled is locked for everybody.
    page.unpublish(log_action=False)
    page.revisions.update(approved_go_live_at=None)
    if workflow := page.current_workflow_state:
        workflow.cancel(user=user)


def _log(page, withdrawal, user):
    data = {"way": withdrawal.way, "reason": withdrawal.reason, "replacement": withdrawal.replacement_title}
    log(instance=page, action=LOG_ACTION, user=user, data=data)
