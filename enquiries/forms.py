"""The forms that people without an account fill in."""

from django import forms

from enquiries.details import details_in
from enquiries.fields import LONGEST_TEXT, Line, Paragraphs, too_long
from enquiries.guards import GuardedForm


class EnquiryForm(GuardedForm):
    """What every kind asks: who sends it. Warns, once, of what looks like a child's details.

    A kind adds its fields, puts them in order (`field_order`), and names those in which people write
    (`written_fields`). After `is_valid()`, `enquiry_fields()` holds what is stored.
    """

    sender_name = Line(label="Your name", max_length=120, required=False, error_messages={"max_length": too_long(120)})
    sender_agency = Line(
        label="Your agency or team", max_length=120, required=False, error_messages={"max_length": too_long(120)}
    )
    sender_email = forms.EmailField(
        label="Your e-mail address",
        max_length=254,
        required=False,
        help_text="Only to tell you what became of it. Without an address we cannot answer.",
        error_messages={
            "invalid": "Enter an e-mail address in the usual form, such as name@agency.example",
            "max_length": too_long(254),
        },
    )
    # Filled in when the warning has been shown; sending again is then a decision.
    warned = Line(required=False, widget=forms.HiddenInput)

    written_fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, autocomplete in {"sender_name": "name", "sender_agency": "organization"}.items():
            self.fields[name].widget.attrs["autocomplete"] = autocomplete
            self.fields[name].widget.attrs.pop("maxlength", None)
        self.fields["sender_email"].widget.attrs.update(autocomplete="email", spellcheck="false")
        self.fields["sender_email"].widget.attrs.pop("maxlength", None)
        self.may_hold_details = False

    def clean(self):
        """Warn of a child's details where they were written."""
        cleaned = super().clean()
        found = {name: details_in(cleaned.get(name) or "") for name in self.written_fields}
        self.may_hold_details = any(found.values())
        if self.may_hold_details and not cleaned.get("warned"):
            self.replace("warned", "yes")
            for name, details in found.items():
                if details:
                    self.add_error(name, _warning(details))
        return cleaned

    def enquiry_fields(self) -> dict:
        """Return what was asked, cleaned, without the guards; for `enquiries.services.receive`."""
        guards = {"website", "key", "warned"}
        asked = {name: value for name, value in self.cleaned_data.items() if name not in guards}
        return asked | {"form_key": self.form_key, "may_hold_details": self.may_hold_details}


def _warning(details: list[str]) -> str:
    return (
        f"This looks as if it holds {' and '.join(details)}. Take out anything about a real child or family. "
        "If there is nothing of that kind, send it again as it is."
    )


class AmendmentForm(EnquiryForm):
    """Asks what should change in a page, and why."""

    change = Paragraphs(
        label="What should change?",
        help_text="Quote the words you mean, and write what they should say instead.",
        error_messages={"required": "Write what should change", "max_length": too_long(LONGEST_TEXT)},
    )
    reason = Paragraphs(
        label="Why, and where does it say so?",
        rows=4,
        required=False,
        help_text="For example a new law, guidance, a review, or what happens in practice.",
        error_messages={"max_length": too_long(LONGEST_TEXT)},
    )

    written_fields = ["change", "reason"]
    field_order = ["change", "reason", "sender_name", "sender_agency", "sender_email"]
