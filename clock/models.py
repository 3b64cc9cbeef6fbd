"""What is known of each job: a row, so that nothing depends on a process that stays alive."""

from django.db import models

from clock.querysets import JobRecordQuerySet


class JobRecord(models.Model):
    """Where a job stands: for which due moment it was done, and who has it at present."""

    name = models.CharField(max_length=100)
    machine = models.CharField(max_length=255, blank=True, help_text="Only for a job that runs on each machine.")
    done_for = models.DateTimeField(null=True, help_text="The last due moment for which it was done.")
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    held_by = models.CharField(max_length=32, blank=True, help_text="The run that has it.")
    held_until = models.DateTimeField(null=True, help_text="Another may take it from then on.")
    not_before = models.DateTimeField(null=True, help_text="After a failure it is left alone until then.")
    failures = models.PositiveIntegerField(default=0, help_text="How often it has failed in a row.")
    fault = models.CharField(max_length=200, blank=True, help_text="Why, in a sentence about no person.")

    objects = JobRecordQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "machine"], name="one_record_for_a_job_and_machine")]

    def __str__(self):
        return f"{self.name} on {self.machine}" if self.machine else self.name
