"""Hand over: what begins an edition or a withdrawal is told, in the same transaction."""

from django.db.models.signals import post_save

from alerts.messages.telling import tell_edition, tell_withdrawal
from updates.models import Edition
from updates.withdrawing.models import Withdrawal


def follow_edition(instance, created, raw=False, **kwargs):
    """An edition began."""
    if created and not raw:
        tell_edition(instance)


def follow_withdrawal(instance, created, raw=False, **kwargs):
    """A page was withdrawn."""
    if created and not raw:
        tell_withdrawal(instance)


post_save.connect(follow_edition, sender=Edition, dispatch_uid="alerts-edition")
post_save.connect(follow_withdrawal, sender=Withdrawal, dispatch_uid="alerts-withdrawal")
