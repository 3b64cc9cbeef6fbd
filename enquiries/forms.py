"""The forms that people without an account fill in."""

from django import forms

from enquiries.details import details_in
from enquiries.fields import LONGEST_TEXT, LONGEST_WAY, Choices, Line, Paragraphs, too_long
from enquiries.guards import GuardedForm
from enquiries.links import is_only_links
from enquiries.models import SAY_MORE, Format

AUTOCOMPLETE = {"sender_name": "name", "sender_agency": "organization", "sender_email": "email"}


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
    # Those in which an address of a web page alone tells staff nothing.
    worded_fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, autocomplete in AUTOCOMPLETE.items():
            # A kind may leave one out.
            if name in self.fields:
                self.fields[name].widget.attrs["autocomplete"] = autocomplete
                self.fields[name].widget.attrs.pop("maxlength", None)
        self.fields["sender_email"].widget.attrs["spellcheck"] = "false"
        self.may_hold_details = False

    def clean(self):
        """Warn of a child's details where they were written; refuse what is only links."""
        cleaned = super().clean()
        for name in self.worded_fields:
            if is_only_links(cleaned.get(name) or ""):
                self.add_error(name, "Say in words what it is about. A link alone tells us too little.")
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
    worded_fields = ["change"]
    field_order = ["change", "reason", "sender_name", "sender_agency", "sender_email"]


class ProblemForm(EnquiryForm):
    """Asks what somebody was doing on a page, and what went wrong."""

    doing = Paragraphs(
        label="What were you doing?",
        rows=3,
        required=False,
        help_text="For example: I was looking for the form for a referral.",
        error_messages={"max_length": too_long(LONGEST_TEXT)},
    )
    wrong = Paragraphs(
        label="What went wrong?",
        error_messages={"required": "Write what went wrong", "max_length": too_long(LONGEST_TEXT)},
    )
    sender_agency = None

    written_fields = ["doing", "wrong"]
    worded_fields = ["wrong"]
    field_order = ["doing", "wrong", "sender_name", "sender_email"]


class AuditForm(EnquiryForm):
    """Asks a school what it wants to know about its safeguarding audit."""

    question = Paragraphs(
        label="Your question",
        help_text="Name the part of the audit that you mean. Leave out anything about a pupil or a member of staff.",
        error_messages={"required": "Write your question", "max_length": too_long(LONGEST_TEXT)},
    )

    written_fields = ["question"]
    worded_fields = ["question"]
    field_order = ["question", "sender_agency", "sender_name", "sender_email"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        school, address = self.fields["sender_agency"], self.fields["sender_email"]
        school.label = "Your school or college"
        school.required = address.required = True
        school.error_messages["required"] = "Enter the name of your school or college"
        address.error_messages["required"] = "Enter your e-mail address, so that we can answer"
        address.help_text = "Only to answer you."


class FormatForm(EnquiryForm):
    """Asks which format somebody needs, and how it reaches them."""

    wanted = forms.ChoiceField(
        label="Which format do you need?",
        choices=Format,
        widget=Choices,
        error_messages={"required": "Choose the format that you need", "invalid_choice": "Choose one of these formats"},
    )
    details = Paragraphs(
        label="Tell us more",
        rows=3,
        required=False,
        help_text="If you need another language or something else, say which. You can also name the size of print, or "
        "whatever else helps us to get it right.",
        error_messages={"max_length": too_long(LONGEST_TEXT)},
    )
    other_way = Paragraphs(
        label="Another way to reach you",
        rows=3,
        max_length=LONGEST_WAY,
        required=False,
        help_text="If you do not use e-mail, or need it by post: a telephone or text relay number, or your address.",
        error_messages={"max_length": too_long(LONGEST_WAY)},
    )
    # Who asks for a format asks for themselves.
    sender_agency = None

    # Not the way to reach somebody: an address has a postcode.
    written_fields = ["details"]
    field_order = ["wanted", "details", "sender_name", "sender_email", "other_way"]
    # One of these is needed, and it does not matter which.
    ways = ("sender_email", "other_way")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sender_email"].help_text = "Where we send the file, or tell you how you get it."
        for name in ("details", *self.ways):
            # Then the label does not call it optional.
            self.fields[name].says_when_needed = True

    def clean(self):
        """Insist on the words that some formats need, and on a way to answer."""
        cleaned = super().clean()
        # A field with a mistake is not empty.
        missing = {name for name in self.fields if name not in self.errors and not cleaned.get(name)}
        if cleaned.get("wanted") in SAY_MORE and "details" in missing:
            which = "Say which language" if cleaned["wanted"] == Format.LANGUAGE else "Say what you need"
            self.add_error("details", which)
        if missing.issuperset(self.ways):
            self.add_error("sender_email", "Enter an e-mail address, or another way to reach you")
        return cleaned
