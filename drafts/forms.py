"""The form under a draft, and the one that makes a link."""

from django import forms

from drafts.models import LONGEST_COMMENT
from drafts.services import DAYS
from enquiries.details import details_in
from enquiries.fields import Line, Paragraphs, too_long
from enquiries.guards import GuardedForm

LONGEST_NAME = 80
# More than a chapter has.
MOST_SECTIONS = 300


class CommentForm(GuardedForm):
    """What somebody says of a draft, and who it is. Warns, once, of what looks like a child's details."""

    name = Line(
        label="Your name",
        max_length=LONGEST_NAME,
        help_text="So that the people who write this page know whom to ask.",
        error_messages={"required": "Enter your name", "max_length": too_long(LONGEST_NAME)},
    )
    section = forms.ChoiceField(
        label="What is it about?",
        required=False,
        error_messages={"invalid_choice": "This part is not in the draft any more. Choose again."},
    )
    text = Paragraphs(
        label="Your comment",
        max_length=LONGEST_COMMENT,
        help_text="Quote the words that you mean. Leave out anything about a real child or family.",
        error_messages={"required": "Write your comment", "max_length": too_long(LONGEST_COMMENT)},
    )
    # Filled in when the warning has been shown; sending again is then a decision.
    warned = Line(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, page, **kwargs):
        super().__init__(*args, **kwargs)
        self.sections = sections_of(page)
        self.fields["section"].choices = [("", "The whole page"), *self.sections.items()]
        self.fields["section"].says_when_needed = True
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["name"].widget.attrs.pop("maxlength", None)

    def clean(self):
        """Warn of a child's details."""
        cleaned = super().clean()
        details = details_in(cleaned.get("text") or "")
        cleaned["may_hold_details"] = bool(details)
        if details and not cleaned.get("warned"):
            self.replace("warned", "yes")
            self.add_error(
                "text",
                f"This looks as if it holds {' and '.join(details)}. Take out anything about a real child or family. "
                "If there is nothing of that kind, send it again as it is.",
            )
        return cleaned

    def comment_fields(self) -> dict:
        """Return what was written, for `drafts.services.add_comment`."""
        asked = {name: self.cleaned_data[name] for name in ("name", "text", "may_hold_details")}
        anchor = self.cleaned_data["section"]
        return asked | {"form_key": self.form_key, "anchor": anchor, "section": self.sections.get(anchor, "")[:255]}


def sections_of(page) -> dict[str, str]:
    """Return {anchor: title} for the places of a draft, as its type declares them to the search. Files are none."""
    places = [passage for passage in page.declared_passages() if passage.anchor and not passage.document_id]
    return {place.anchor: place.title for place in places[:MOST_SECTIONS] if len(place.anchor) <= 255}


class LinkForm(forms.Form):
    """How long a link works, and for whom it is."""

    days = forms.TypedChoiceField(
        label="How long should it work?",
        coerce=int,
        choices=[(days, "1 day" if days == 1 else f"{days} days") for days in DAYS],
        initial=7,
        widget=forms.RadioSelect,
    )
    about = Line(
        label="Who is it for?",
        required=False,
        max_length=80,
        help_text="So that you know later which link is whose, for example: the head teachers’ group.",
    )
