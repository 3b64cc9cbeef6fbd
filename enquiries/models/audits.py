"""Questions about safeguarding audits in schools."""

from django.db import models

from enquiries.fields import LONGEST_TEXT
from enquiries.models.enquiry import Enquiry
from enquiries.models.settings import EnquirySettings


class AuditQuestion(Enquiry):
    """A question of a school about its safeguarding audit, for the education lead (`EnquirySettings`)."""

    question = models.TextField(max_length=LONGEST_TEXT, editable=False)

    kept_months_setting = "audits_kept_months"
    noun = "question"
    template_prefix = "audit"
    accepted_words = "our answer"

    class Meta(Enquiry.Meta):
        verbose_name = "question about a school audit"
        verbose_name_plural = "questions about school audits"
        constraints = [
            *Enquiry.Meta.constraints,
            models.CheckConstraint(
                condition=~models.Q(state="accepted") | ~models.Q(outcome=""), name="audit_question_answer_has_words"
            ),
        ]

    def subject(self) -> str:
        """Return what all of them are about. Which school asks is not for logs and mails."""
        return "school audits"

    def written(self) -> str:
        """Return what was written."""
        return self.question

    def told_on_arrival(self) -> list[str]:
        """Return the address of the education lead."""
        lead = EnquirySettings.load().education_lead
        return [lead.email] if lead and lead.email else []
