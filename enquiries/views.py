"""The public forms, kind by kind."""

from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property

from enquiries.form_views import PageEnquiryView, SentView
from enquiries.forms import AmendmentForm, FormatForm
from enquiries.models import AccessibleFormatRequest, AmendmentSuggestion, formats_contact


class SuggestAmendment(PageEnquiryView):
    """The form about a page or one of its sections."""

    model = AmendmentSuggestion
    form_class = AmendmentForm
    template_name = "enquiries/suggest_amendment.html"
    sent_url_name = "enquiries:amendment_sent"

    def is_for(self, page) -> bool:
        """Tell whether the page keeps editions."""
        return page.is_tracked

    @cached_property
    def section(self) -> tuple[str, str]:
        """Code and title of the section asked for, both empty where the page has none of that code."""
        code = self.request.GET.get("section", "")[:8]
        title = self.page.section_title(code) if code and hasattr(self.page, "section_title") else None
        return (code, title) if title else ("", "")

    def about(self) -> dict:
        """Return the page, section and edition as they read now."""
        code, title = self.section
        edition = self.page.current_edition()
        return super().about() | {
            "section_code": code,
            "section_title": title[:255],
            "edition_number": edition and edition.number,
        }

    def get_context_data(self, **kwargs):
        """Add the section, and by when a suggestion is in time for the next update."""
        code, title = self.section
        return super().get_context_data(**kwargs) | {
            "section_title": title,
            "section_anchor": f"#s-{code}" if code else "",
            **closing(self.page),
        }


class AmendmentSent(SentView):
    """Thanks for a suggestion."""

    model = AmendmentSuggestion
    template_name = "enquiries/amendment_sent.html"

    def get_context_data(self, **kwargs):
        """Add whether it is in time for the next update, if the page is still public."""
        context = super().get_context_data(**kwargs)
        page = context["about"]
        return context | (closing(page.specific) if page else {})


def closing(page) -> dict:
    """Return `closes`, the last day for the next update (or None), and `is_in_time`: whether it is not past."""
    ask = getattr(page, "suggestions_close", None)
    closes = ask() if ask else None
    return {"closes": closes, "is_in_time": bool(closes) and timezone.localdate() <= closes}


class AskForFormat(PageEnquiryView):
    """The form for a file of a page in another format. What a page does not offer has none."""

    model = AccessibleFormatRequest
    form_class = FormatForm
    template_name = "enquiries/ask_for_format.html"
    sent_url_name = "enquiries:format_sent"

    def is_for(self, page) -> bool:
        """Tell whether pages of this type offer files."""
        return hasattr(page, "offered_file")

    @cached_property
    def file(self):
        """The file asked for, with its `title`; None where the page offers no such file."""
        return self.page.offered_file(self.kwargs["key"])

    def dispatch(self, request, *args, **kwargs):
        """Find the file before anything else."""
        if self.file is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def about(self) -> dict:
        """Return page and file as they are called now."""
        return super().about() | {"file_key": self.kwargs["key"], "file_title": str(self.file.title)[:255]}

    def get_context_data(self, **kwargs):
        """Add the file, by when it is answered, and whom to ask instead."""
        return super().get_context_data(**kwargs) | {
            "file_title": self.file.title,
            "answer_by": self.model.answer_day(on=timezone.localdate()),
            "contact": formats_contact(self.page),
        }


class FormatSent(SentView):
    """Thanks for a request."""

    model = AccessibleFormatRequest
    template_name = "enquiries/format_sent.html"
