"""What has been counted already."""

from uuid import uuid4

from django.db import models


class CountedBatch(models.Model):
    """A handful of lines that has been added to counts: killed half-way, it is not added a second time."""

    key = models.UUIDField(primary_key=True, default=uuid4)
    spool = models.CharField(max_length=30)
    counted_at = models.DateTimeField()

    def __str__(self):
        return str(self.key)
