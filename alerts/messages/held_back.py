"""When something is not told after all. Asked when a message is spread, and again before each batch goes out."""

from alerts.models import Kind, Message
from pages.models import BasePage
from updates.models import Edition
from updates.withdrawing.models import Withdrawal

NOT_PUBLIC = "The page is not public."
TAKEN_DOWN = "This edition was taken down before anybody was told."
PUBLISHED_AGAIN = "The page was published again before anybody was told, or may not be named."


def why_not_told(message: Message) -> str:
    """Return why a message must not be told now, for staff; "" where it may be told.

    Of an edition that was replaced readers are still told: its note says what happened then. Of one that was taken down
    they are not, also where the page is public again: that is another edition, with a message of its own.
    """
    if message.kind == Kind.WITHDRAWAL:
        return "" if Withdrawal.objects.open().removed().filter(pk=message.withdrawal_id).exists() else PUBLISHED_AGAIN
    if message.kind == Kind.DIGEST:
        return ""
    if not BasePage.objects.visible().filter(pk=message.page_id).exists():
        return NOT_PUBLIC
    return "" if _is_or_was_replaced(message.edition) else TAKEN_DOWN


def _is_or_was_replaced(edition: Edition) -> bool:
    if edition.superseded_at is None:
        return True
    after = Edition.objects.filter(page=edition.page_id, number=edition.number + 1)
    return after.filter(in_force_from=edition.superseded_at).exists()
