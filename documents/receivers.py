"""Hand over: each new edition keeps the files that it refers to."""

from django.db.models.signals import post_save
from django.dispatch import receiver

from documents.services import keep_files_of
from updates.models import Edition


@receiver(post_save, sender=Edition, dispatch_uid="documents-keep-files")
def keep_files(instance, created, **kwargs):
    """Write down which files a new edition refers to."""
    if created:
        keep_files_of(edition=instance)
