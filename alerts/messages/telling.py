"""Writes down what has to be told, in the transaction in which it happens."""

from datetime import timedelta

from alerts.models import Kind, Message
from bulletins.models import BulletinPage
from pages.models import WithdrawnAs
from updates.models import Edition, Significance
from updates.withdrawing.models import Withdrawal

# So that nobody loses an alert, or is written to, for what was withdrawn by mistake and put right.
PAUSE_BEFORE_WITHDRAWAL = timedelta(minutes=15)


def tell_edition(edition: Edition) -> Message | None:
    """Write a message for an edition that readers have to know about; None for minor ones.

    A new issue of the bulletin is held until staff send it: then its subscribers get the issue itself, once.
    Corrections of an issue that nobody has been sent go to nobody.
    """
    if edition.significance != Significance.MAJOR:
        return None
    page_type = edition.page.specific_class
    is_issue = page_type is not None and issubclass(page_type, BulletinPage)
    issues = Message.objects.filter(kind=Kind.ISSUE, page=edition.page_id)
    if is_issue and edition.number > 1 and issues.filter(spread_at=None).exists():
        return None
    is_held = is_issue and edition.number == 1
    return Message.objects.create(
        kind=Kind.ISSUE if is_held else Kind.UPDATE,
        edition=edition,
        page_id=edition.page_id,
        title=edition.title,
        moment=edition.in_force_from,
        release_at=None if is_held else edition.in_force_from,
    )


def tell_withdrawal(withdrawal: Withdrawal) -> Message | None:
    """Write a message for a page that was withdrawn; None for what was published in error, which nobody names."""
    if withdrawal.way == WithdrawnAs.ERROR:
        return None
    return Message.objects.create(
        kind=Kind.WITHDRAWAL,
        withdrawal=withdrawal,
        page_id=withdrawal.page_id,
        title=withdrawal.title,
        moment=withdrawal.withdrawn_at,
        release_at=withdrawal.withdrawn_at + PAUSE_BEFORE_WITHDRAWAL,
    )
