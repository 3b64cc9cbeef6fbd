"""Hears that a row is gone; its file goes too, once that is for good."""

from functools import partial

from django.db import transaction
from django.db.models.signals import post_delete

from enquiries.models import NewsSubmission
from enquiries.uploads import remove


def erase_file(instance, **kwargs):
    """Erase the file of a row when its deletion has been committed."""
    if instance.file:
        transaction.on_commit(partial(remove, instance.file.name))


post_delete.connect(erase_file, sender=NewsSubmission, dispatch_uid="enquiries-erase-file")
