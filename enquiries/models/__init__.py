"""What people send in. `Enquiry` is what every kind has; each kind adds its own questions."""

from django.apps import apps

from enquiries.models.amendments import AmendmentSuggestion
from enquiries.models.audits import AuditQuestion
from enquiries.models.enquiry import (
    REFERENCE_LENGTH,
    REFERENCE_LETTERS,
    Enquiry,
    PageEnquiry,
    new_reference,
)
from enquiries.models.feedback import PageUsefulness, ProblemReport
from enquiries.models.formats import SAY_MORE, AccessibleFormatRequest, Format, formats_contact
from enquiries.models.news import NewsSubmission
from enquiries.models.settings import EnquirySettings

__all__ = [
    "REFERENCE_LENGTH",
    "REFERENCE_LETTERS",
    "SAY_MORE",
    "AccessibleFormatRequest",
    "AmendmentSuggestion",
    "AuditQuestion",
    "Enquiry",
    "EnquirySettings",
    "Format",
    "NewsSubmission",
    "PageEnquiry",
    "PageUsefulness",
    "ProblemReport",
    "formats_contact",
    "kinds",
    "new_reference",
]


def kinds() -> list[type[Enquiry]]:
    """Return every kind of enquiry, for the tasks that look after all of them."""
    return [model for model in apps.get_models() if issubclass(model, Enquiry)]
