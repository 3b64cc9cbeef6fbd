"""Who was reminded of which review."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from organisation.models import Contact
from pages.models import BasePage


class Reminder(models.Model):
    """Somebody is to be reminded, once, of a page or contact that is due: a row before it is sent.

    `step` says which reminder it is (review_dates.steps). Another date, and it begins again.
    """

    page = models.ForeignKey(BasePage, on_delete=models.CASCADE, null=True, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, null=True, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    due = models.DateField()
    step = models.CharField(max_length=20)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["due", "pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["page", "user", "due", "step"], condition=Q(contact=None), name="one_reminder_of_a_page"
            ),
            models.UniqueConstraint(
                fields=["contact", "user", "due", "step"], condition=Q(page=None), name="one_reminder_of_a_contact"
            ),
        ]
        indexes = [models.Index(fields=["user"], condition=Q(sent_at=None), name="reminders_to_send")]

    def __str__(self):
        return f"{self.page or self.contact}, {self.due}"
