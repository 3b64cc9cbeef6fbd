"""Hand over: what is published or taken down begins or ends an edition, in the same transaction."""

from django.utils import timezone
from wagtail.signals import page_published, page_unpublished

from updates.services import end_edition, record_edition
from updates.withdrawing.services import end_withdrawal


def record_on_publish(instance, revision, **kwargs):
    """Begin an edition. An alias has none of its own; a page whose time has only been scheduled is not public yet."""
    if instance.is_tracked and not instance.alias_of_id:
        if instance.live:
            record_edition(page=instance, revision=revision, now=instance.last_published_at or timezone.now())
        else:
            end_edition(page=instance, now=timezone.now())


def end_withdrawal_on_publish(instance, **kwargs):
    """Publishing a withdrawn page again, by whatever way, ends its withdrawal."""
    if instance.is_tracked and instance.live:
        end_withdrawal(page=instance, now=instance.last_published_at or timezone.now())


def end_on_unpublish(instance, **kwargs):
    """End the edition that was in force."""
    if instance.is_tracked:
        end_edition(page=instance, now=timezone.now())


page_published.connect(record_on_publish, dispatch_uid="updates-record")
page_published.connect(end_withdrawal_on_publish, dispatch_uid="updates-end-withdrawal")
page_unpublished.connect(end_on_unpublish, dispatch_uid="updates-end")
