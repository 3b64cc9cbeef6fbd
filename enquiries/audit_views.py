"""The form for questions about school audits; there is none while nobody is named to answer them."""

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property

from enquiries.form_views import EnquiryView, SentView
from enquiries.forms import AuditForm
from enquiries.models import AuditQuestion, EnquirySettings


class AskAboutAudit(EnquiryView):
    """The form."""

    model = AuditQuestion
    form_class = AuditForm
    template_name = "enquiries/ask_about_audit.html"

    @cached_property
    def lead(self):
        """The contact that answers; None where the settings name nobody."""
        return EnquirySettings.load(self.request).education_lead

    def dispatch(self, request, *args, **kwargs):
        """Say that there is no such page while nobody would answer."""
        if self.lead is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        """Add whom to ask instead."""
        return super().get_context_data(**kwargs) | {"contact": self.lead}

    def get_sent_url(self, enquiry) -> str:
        """Lead to the thanks."""
        return reverse("enquiries:audit_sent", args=[enquiry.reference])


class AuditSent(SentView):
    """Thanks for a question."""

    model = AuditQuestion
    template_name = "enquiries/audit_sent.html"
