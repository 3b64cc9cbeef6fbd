"""The form in which people send news for the bulletin."""

from django import forms

from enquiries.fields import LONGEST_TEXT, Line, Paragraphs, too_long
from enquiries.forms import EnquiryForm
from enquiries.models import NewsSubmission
from enquiries.uploads import LARGEST_FILE, CannotCheck, check_file
from files.refusals import Refused, in_words

LONGEST_TITLE = NewsSubmission._meta.get_field("title").max_length
LONGEST_CONTACT = NewsSubmission._meta.get_field("contact").max_length
CHOOSE_AGAIN = "Choose the file again. A browser does not keep it while you put something right."


class NewsForm(EnquiryForm):
    """Asks for a piece of news as readers will see it, and for a file that belongs to it."""

    title = Line(
        label="Title",
        max_length=LONGEST_TITLE,
        help_text="What it is about, in a few plain words.",
        error_messages={"required": "Give it a title", "max_length": too_long(LONGEST_TITLE)},
    )
    text = Paragraphs(
        label="Your news",
        rows=10,
        help_text="Up to 200 words are best. Say when it happens, or by when people should answer.",
        error_messages={"required": "Write your news", "max_length": too_long(LONGEST_TEXT)},
    )
    contact = Line(
        label="Whom can readers ask?",
        max_length=LONGEST_CONTACT,
        required=False,
        help_text="A team or a name, with a telephone number or e-mail address. We print this.",
        error_messages={"max_length": too_long(LONGEST_CONTACT)},
    )
    file = forms.FileField(
        label="A file that belongs to it",
        required=False,
        help_text=f"A poster or form, for example: PDF, Word, Excel, PowerPoint, OpenDocument, RTF, text or CSV, "
        f"{in_words(LARGEST_FILE)} at most. If something is not right with the form, choose it again.",
        error_messages={
            "empty": "This file is empty. Check that it is the right one, and that it was saved.",
            "invalid": "This file did not reach us. Choose it again.",
            "missing": "This file did not reach us. Choose it again.",
        },
    )

    written_fields = ["title", "text"]
    worded_fields = ["title", "text"]
    field_order = ["title", "text", "contact", "file", "sender_name", "sender_agency", "sender_email"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, missing in (
            ("sender_agency", "Enter your agency or team: readers see who it comes from"),
            ("sender_email", "Enter your e-mail address, so that we can answer"),
        ):
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = missing
        self.fields["sender_agency"].help_text = "We print this, so that readers know who it comes from."
        self.fields["sender_name"].help_text = "Not printed."
        self.fields["sender_email"].help_text = "Not printed. Only to tell you what became of it."

    def _post_clean(self):
        """Look into the file last: that takes a while, and only what is otherwise right is worth it."""
        super()._post_clean()
        file = self.cleaned_data.get("file")
        if file and self.errors:
            self.add_error("file", CHOOSE_AGAIN)
        elif file:
            try:
                check_file(file)
            except (Refused, CannotCheck) as refused:
                self.add_error("file", str(refused))

    def enquiry_fields(self) -> dict:
        """Return what was asked; the file as `upload`."""
        fields = super().enquiry_fields()
        return fields | {"upload": fields.pop("file")}
